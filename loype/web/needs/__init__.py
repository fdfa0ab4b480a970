"""Pages about the same need in several places: the list to answer, and the map."""
