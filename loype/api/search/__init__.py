"""Searching, and what one wants to hear of again."""
