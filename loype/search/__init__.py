"""Who has had this before? Finds what is alike in any of the five languages, of what a reader sees.

`finding.py` is the interface that the rest of the house leans on; how it finds may change.
"""
