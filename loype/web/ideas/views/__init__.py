"""The views of ideas, one file a subject."""
