"""The trail itself: `handovers` starts each next stage, `timeline` tells the story, `flow` counts.

A newcomer reads `handovers.py` first.
"""
