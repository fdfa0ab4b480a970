"""The story of a thing, and the figures of the flow."""
