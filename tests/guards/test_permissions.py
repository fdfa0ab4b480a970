"""Guard 5: every address, asked as every member of the cast, answers as the matrix says."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from loype.web import shared
from tests.trail_world import TrailWorld

MATRIX = Path(shared.__file__).parent / "permissions"
CAST = ("ada", "bo", "cai", "fia", "dee", "olaf", "eve")
# Sign-in belongs to allauth and the admin to Django; both are tested by their own rooms.
ELSEWHERE = ("account_", "mfa_", "usersessions_", "socialaccount_", "admin:")


def entries() -> list[dict[str, Any]]:
    """All entries of all rooms."""
    found = []
    for file in sorted(MATRIX.glob("*.toml")):
        found += tomllib.loads(file.read_text())["entry"]
    return found


def names_of(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of all pages of ours."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace is None:
                yield from names_of(pattern.url_patterns)
        elif pattern.name and not pattern.name.startswith(ELSEWHERE):
            yield pattern.name


def label(entry: dict[str, Any]) -> str:
    """How the entry is called in the test's output."""
    return f"{entry['method']} {entry['url']} {entry.get('case', '')}".strip()


def test_it_names_every_address() -> None:
    named = {entry["url"] for entry in entries()}
    missing = sorted(set(names_of(get_resolver().url_patterns)) - named)
    assert not missing, f"addresses without an entry in the matrix: {missing}"


@pytest.mark.parametrize("entry", entries(), ids=label)
def test_it_answers_as_the_matrix_says(
    entry: dict[str, Any], trail: TrailWorld, client_of: Callable[[str], Client]
) -> None:
    from django.db import transaction

    wrong = {}
    for name in CAST:
        with transaction.atomic():
            status = ask(entry, trail=trail, client=client_of(name))
            transaction.set_rollback(True)
        expected = entry["expect"][name]
        if status != expected:
            wrong[name] = f"expected {expected}, got {status}"
    assert not wrong


def ask(entry: dict[str, Any], *, trail: TrailWorld, client: Client) -> int:
    """The status that one address gives one client."""
    arguments = {
        key: said(value, trail) if key.endswith("_id") or key == "secret" else value
        for key, value in entry.get("args", {}).items()
    }
    address = reverse(entry["url"], kwargs=arguments) + queried(entry.get("query", ""), trail)
    if entry["method"] == "GET":
        return client.get(address).status_code
    data = {key: filled(value, trail) for key, value in entry.get("data", {}).items()}
    return client.post(address, data).status_code


def said(value: Any, trail: TrailWorld) -> Any:
    """An argument of an address: a thing's id, or the text itself."""
    if value == "secret":
        return trail.secret
    return trail[value].pk if value in trail.things else value


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
