"""The things that something new was compared with, as far as a reader may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from loype.organisations.actor import Actor
from loype.search.models import SearchText

MOST = 20
LONGEST_NUMBER = 15


@dataclass(frozen=True)
class Compared:
    """One of them."""

    kind: str
    thing_id: int
    page_id: int
    title: str
    language: str
    organisation: str


def compared(pairs: Iterable[tuple[str, int]], *, actor: Actor) -> list[Compared]:
    """Those of these kinds and ids that the reader may see now, in the same order."""
    wanted = list(dict.fromkeys(pairs))[:MOST]
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, thing in wanted:
        ids[kind].append(thing)
    if not ids:
        return []
    any_of = Q()
    for kind, things in ids.items():
        any_of |= Q(kind=kind, thing_id__in=things)
    rows = (
        SearchText.objects.visible_to(actor)
        .filter(any_of)
        .values_list("kind", "thing_id", "page_id", "title", "language", "organisation__name")
    )
    found = {(row[0], row[1]): Compared(*row) for row in rows}
    return [found[pair] for pair in wanted if pair in found]


def pairs_of(kept: Iterable[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """Kinds and ids as an answer keeps them."""
    return [(str(one["kind"]), int(one["id"])) for one in kept]


def pairs_sent(written: Iterable[str]) -> list[tuple[str, int]]:
    """Kinds and ids as a form sends them ("idea-12"); what is not of that form is left out."""
    found = []
    for one in written:
        kind, dash, number = one.partition("-")
        if dash and number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER:
            found.append((kind, int(number)))
    return found
