"""The trail's fourth stage: what came of an activity.

A plan says what is asked and measured; measurements follow; a verdict ends it, with what nobody
expected.
"""
