"""Texts that hold any of some words, for the lists of ideas and solutions: without meaning."""

from __future__ import annotations

import re

from django.contrib.postgres.search import SearchQuery

MOST_WORDS = 12
CONFIGURATIONS = ("danish", "norwegian", "swedish", "english")


def any_word(text: str) -> SearchQuery | None:
    """A query for texts that hold any of the words, in whichever Nordic language they stem."""
    words = sorted(set(re.findall(r"\w{3,}", text.lower())), key=len, reverse=True)[:MOST_WORDS]
    query: SearchQuery | None = None
    for configuration in CONFIGURATIONS if words else ():
        one = SearchQuery(" or ".join(words), config=configuration, search_type="websearch")
        query = one if query is None else query | one
    return query
