"""Pages about oneself: signing in, one's profile, API tokens."""
