"""Organisations, their units and their people."""
