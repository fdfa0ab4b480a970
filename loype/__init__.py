"""Løype: open-source software for public organisations that innovate together."""

__version__ = "0.1.0"
