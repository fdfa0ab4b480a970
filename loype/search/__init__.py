"""Who has had this before? Finds similar ideas and solutions that the reader may see.

`find_similar` is the interface that the rest of the house leans on; how it finds may change.
"""
