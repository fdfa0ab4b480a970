"""Who may do what, read from the same files that the tests read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from loype.web import shared

MATRIX = Path(shared.__file__).parent / "permissions"

# Each member of the standing cast of the tests, as what they stand for.
WHO: tuple[tuple[str, str | Promise], ...] = (
    ("ada", gettext_lazy("Employee who has the idea")),
    ("bo", gettext_lazy("Leader of the council")),
    ("cai", gettext_lazy("Council member who leads the activity")),
    ("siv", gettext_lazy("Administrator, decider and secretary")),
    ("fia", gettext_lazy("The federation's coordinator")),
    ("dee", gettext_lazy("Employee of another member of the federation")),
    ("olaf", gettext_lazy("Somebody in an organisation outside")),
    ("eve", gettext_lazy("Not signed in")),
)
ROOMS: Mapping[str, str | Promise] = {
    "home": gettext_lazy("Home"),
    "ideas": gettext_lazy("Ideas"),
    "councils": gettext_lazy("Council"),
    "councils_meetings": gettext_lazy("The council's meetings"),
    "ranking": gettext_lazy("Assessing and ranking"),
    "strategy": gettext_lazy("Plans and priorities"),
    "portfolio": gettext_lazy("Activities"),
    "evaluation": gettext_lazy("Evaluation"),
    "spread": gettext_lazy("Solutions and reuse"),
    "trail": gettext_lazy("Trail and flow"),
    "news": gettext_lazy("News"),
    "notices": gettext_lazy("Notices"),
    "organisations": gettext_lazy("Organisations"),
    "accounts": gettext_lazy("One's own account"),
    "about": gettext_lazy("About Løype"),
}


@dataclass(frozen=True, slots=True)
class Right:
    """Something one can do, and for each of the cast whether they may: yes, no or unseen."""

    words: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """The rights of one room."""

    key: str
    label: Any
    rights: tuple[Right, ...]


def answer(status: int | None) -> str:
    """What a status means to a reader: yes, not now, no, or as if it did not exist."""
    if status is None:
        return "unsaid"
    if status < 400 or status == 422:
        return "yes"
    return {409: "later", 404: "unseen", 410: "unseen"}.get(status, "no")


@lru_cache(maxsize=1)
def entries() -> tuple[tuple[str, tuple[dict[str, Any], ...]], ...]:
    """The entries of each room's file, in the order of the house."""
    found = {file.stem: file for file in sorted(MATRIX.glob("*.toml"))}
    order = [name for name in ROOMS if name in found]
    order += [name for name in found if name not in ROOMS]
    return tuple(
        (name, tuple(tomllib.loads(found[name].read_text(encoding="utf-8"))["entry"]))
        for name in order
    )


def rooms() -> list[Room]:
    """Every room with its rights, in the reader's language."""
    return [
        Room(key=name, label=ROOMS.get(name, name), rights=tuple(rights_of(told)))
        for name, told in entries()
    ]


def rights_of(told: tuple[dict[str, Any], ...]) -> list[Right]:
    """The rights of one room; entries with the same words are one right."""
    found: dict[str, Right] = {}
    for entry in told:
        words = _(entry["words"])
        answers = tuple(said(entry, name) for name, _who in WHO)
        found.setdefault(words, Right(words=words, answers=answers))
    return list(found.values())


def said(entry: dict[str, Any], name: str) -> str:
    """One answer; being sent to sign-in is a no, as it is for everybody signed out."""
    status = entry["expect"].get(name)
    if name == "eve" and status == 302 and entry["expect"].get("ada") != 302:
        return "no"
    if name == "eve" and status == 302 and entry["method"] == "POST" and not entry.get("anybody"):
        return "no"
    return answer(status)
