"""News: reading it, approving it, and feeds."""
