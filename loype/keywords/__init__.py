"""Controlled keywords: what a text is about, said alike in every language."""
