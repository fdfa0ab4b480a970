"""What happened that I should know."""
