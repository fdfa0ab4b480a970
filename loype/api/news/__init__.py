"""News: reading it, and an editor's work on it."""
