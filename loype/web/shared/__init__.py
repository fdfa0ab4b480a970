"""What every page shares: the base page, its building blocks, charts and the one way to render."""
