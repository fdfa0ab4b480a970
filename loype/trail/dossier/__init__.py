"""The complete dossier of one case, for access requests and the archive.

Everything on the trail of an idea that the one who asks may see, as a ZIP: readable pages, the
same as data, every file, and sums by which anybody can see that nothing was changed afterwards.
`sources.py` says what belongs to it, `gathering.py` reads it, `pages.py` and `zipping.py` write it.
"""
