"""The same need in two places: found at night, shown to who may read both, answered by a council.

A pair is found by likeness and is a proposal, no more. A council or the federation says whether it
is the same need, links the two, merges them, or says no, which is remembered for good.
"""
