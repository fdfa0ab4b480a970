"""Asking an address of the permission matrix as somebody of the cast."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from loype.notices.stopping import stop_secret
from loype.web import shared
from tests.trail_world import TrailWorld

MATRIX = Path(shared.__file__).parent / "permissions"
CAST = ("ada", "bo", "cai", "fia", "dee", "olaf", "eve")
# Siv administers Ada's municipality; where an administrator differs, the entry names her too.
BESIDES = ("siv",)
# Sign-in belongs to allauth and the admin to Django; both are tested by their own rooms.
ELSEWHERE = ("account_", "mfa_", "usersessions_", "socialaccount_", "admin:")


def entries() -> list[dict[str, Any]]:
    """All entries of all rooms."""
    found = []
    for file in sorted(MATRIX.glob("*.toml")):
        found += tomllib.loads(file.read_text())["entry"]
    return found


def rooms() -> dict[str, list[dict[str, Any]]]:
    """The entries room by room: one world serves a whole room, which is what takes the time."""
    return {
        file.stem: tomllib.loads(file.read_text())["entry"]
        for file in sorted(MATRIX.glob("*.toml"))
    }


def page_names() -> set[str]:
    """The names of all pages of ours."""
    return set(_names(get_resolver().url_patterns))


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace is None:
                yield from _names(pattern.url_patterns)
        elif pattern.name and not pattern.name.startswith(ELSEWHERE):
            yield pattern.name


def label(entry: dict[str, Any]) -> str:
    """How the entry is called in the test's output."""
    return f"{entry['method']} {entry['url']} {entry.get('case', '')}".strip()


def address(entry: dict[str, Any], *, trail: TrailWorld) -> str:
    """The address of an entry with the ids of this world."""
    arguments = {
        key: said(value, trail) if key.endswith("_id") or key == "secret" else value
        for key, value in entry.get("args", {}).items()
    }
    return reverse(entry["url"], kwargs=arguments) + queried(entry.get("query", ""), trail)


def ask(entry: dict[str, Any], *, trail: TrailWorld, client: Client) -> HttpResponseBase:
    """The answer that one address gives one client."""
    place = address(entry, trail=trail)
    if entry["method"] == "GET":
        return client.get(place)
    data = {key: filled(value, trail) for key, value in entry.get("data", {}).items()}
    return client.post(place, data)


def said(value: Any, trail: TrailWorld) -> Any:
    """An argument of an address: a thing's id, a person's (`$ada`), or the text itself."""
    if value == "secret":
        return trail.secret
    if value == "stop_secret":
        return stop_secret(trail.world.people["ada"], kinds=["talk"])
    return trail[value].pk if value in trail.things else filled(value, trail)


def queried(query: str, trail: TrailWorld) -> str:
    """The end of an address, with `=$name` replaced by the id."""
    pieces = query.split("=$")
    return pieces[0] + "".join(f"={filled(f'${name}', trail)}" for name in pieces[1:])


def filled(value: Any, trail: TrailWorld) -> Any:
    """A form's value: `$name` is the id of a thing, a person or an organisation."""
    if isinstance(value, list):
        return [filled(one, trail) for one in value]
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    name = value[1:]
    for place in (trail.things, trail.world.people, trail.world.organisations):
        if name in place:
            return place[name].pk
    raise KeyError(value)
