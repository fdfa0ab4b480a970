"""Activities from start to end."""
