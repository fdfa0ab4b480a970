"""Organisations, their units, the federations they form, and who belongs where since when.

`Actor` is a signed-in person with everything the rules need to know, loaded once a request.
"""
