"""Solutions, and who uses them."""
