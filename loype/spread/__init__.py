"""The trail's fifth stage: solutions that others reuse.

What worked is published as a solution; other organisations take it up step by step. It counts as
spread only when the taker confirms that it is in use there.
"""
