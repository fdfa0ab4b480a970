"""The part of a text that is worth showing in a list, with the words that met marked."""

from __future__ import annotations

from collections.abc import Collection

from loype.search.explanation import marked

LONGEST = 260
BEFORE = 90  # signs before the first word that met


def excerpt(text: str, *, title: str, words: Collection[str]) -> str:
    """The part of a text around the first word that met; its beginning where none did.

    Nothing where the text says no more than its title.
    """
    if text.casefold().rstrip(".") == title.casefold().rstrip("."):
        return ""
    met = _first_met(text, words=words)
    start = 0 if met < LONGEST - BEFORE else text.rfind(" ", 0, met - BEFORE) + 1
    end = len(text) if start + LONGEST >= len(text) else text.rfind(" ", start, start + LONGEST)
    cut = text[start : end if end > start else start + LONGEST]
    before, after = "… " if start else "", " …" if start + len(cut) < len(text) else ""
    return f"{before}{cut.rstrip(' ,;:')}{after}"


def _first_met(text: str, *, words: Collection[str]) -> int:
    place = 0
    for piece, is_met in marked(text, words):
        if is_met:
            return place
        place += len(piece)
    return 0
