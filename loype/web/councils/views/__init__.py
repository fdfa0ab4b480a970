"""The council's pages, by subject."""
