"""Pages of bodies: who sits on them, what is missing, what they go by, and their year."""
