"""How quick and how large the sums behind ranking and choosing are, beside the simple way."""
