"""The views of the pages of bodies, by subject."""
