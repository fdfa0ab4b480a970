"""Search at 100,000 and 1,000,000 texts: how quick, how complete, and beside what."""
