"""Searches that people keep, to hear when something new turns up."""
