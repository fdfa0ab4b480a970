"""Pages of a federation: what its members have in the works, what they run together, and how its
councils stand."""
