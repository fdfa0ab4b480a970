"""Plans, what their aims weigh, and where selections went, as JSON."""
