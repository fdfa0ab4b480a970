"""A meeting's minutes: read once into plain blocks, then written as HTML, PDF and DOCX.

`document.py` says what a block is, `reading.py` makes them from a meeting, and each `as_….py`
writes them in one format. The three hold the same words.
"""
