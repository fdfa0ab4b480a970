"""Ideas, and what is said and attached under them."""
