"""The pages of organisations, one file a subject."""
