"""Pages of the trail itself: the story of a thing, and how everything flows."""
