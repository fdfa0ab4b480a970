"""Pages about an organisation's plans, what their aims weigh, and where selections went."""
