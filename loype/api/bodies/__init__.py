"""Bodies for programs: who sits on them, what they go by, and their year."""
