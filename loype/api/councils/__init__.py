"""Councils, their cases, meetings and decisions."""
