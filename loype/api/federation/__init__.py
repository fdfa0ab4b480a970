"""What members of a federation have in the works, what they run together, and what they share."""
