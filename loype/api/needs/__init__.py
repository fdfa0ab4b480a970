"""The same need in several places: pairs to answer, and groups."""
