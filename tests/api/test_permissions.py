"""Guard 5 for programs: every operation, asked as every member of the cast."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

import loype.api
from loype.api.house import METHODS
from loype.api.urls import api
from tests.api.conftest import ApiClient
from tests.trail_world import TrailWorld

MATRIX = Path(loype.api.__file__).parent / "permissions.toml"
CAST = ("ada", "bo", "cai", "siv", "fia", "dee", "mia", "gro", "olaf", "eve")


def entries() -> list[dict[str, Any]]:
    """The whole matrix."""
    found: list[dict[str, Any]] = tomllib.loads(MATRIX.read_text())["entry"]
    return found


def operations() -> dict[str, tuple[str, str]]:
    """Each operation's method and address."""
    return {
        details["operationId"]: (method, address.removeprefix("/api/v1"))
        for address, methods in api.description_document["paths"].items()
        for method, details in methods.items()
        if method in METHODS
    }


def label(entry: dict[str, Any]) -> str:
    """How the entry is called in the test's output."""
    return " ".join([entry["operation"], *map(str, entry.get("args", {}).values())])


def rooms() -> dict[str, list[dict[str, Any]]]:
    """The entries by the room their operation is in: each room is asked in one world."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in entries():
        room = operations()[entry["operation"]][1].split("/")[1]
        found.setdefault(room, []).append(entry)
    return found


def test_it_names_every_operation() -> None:
    named = {entry["operation"] for entry in entries()}
    assert named == set(operations())


@pytest.mark.parametrize("room", rooms())
def test_it_answers_as_the_matrix_says(
    room: str, trail: TrailWorld, program_of: Callable[..., ApiClient]
) -> None:
    programs = {name: program_of(name) for name in CAST}
    wrong = {}
    for entry in rooms()[room]:
        for name, program in programs.items():
            with transaction.atomic():
                status = ask(entry, trail=trail, program=program)
                transaction.set_rollback(True)
            if status != entry["expect"][name]:
                wrong[f"{label(entry)} as {name}"] = (entry["expect"][name], status)
    assert not wrong, "asked: (expected, got)"


def ask(entry: dict[str, Any], *, trail: TrailWorld, program: ApiClient) -> int:
    """The status that one operation gives one program."""
    method, address = operations()[entry["operation"]]
    for key, value in entry.get("args", {}).items():
        address = address.replace(f"{{{key}}}", said(value, trail))
    if query := entry.get("query"):
        address += "?" + "&".join(f"{key}={number(one, trail)}" for key, one in query.items())
    body = {key: number(value, trail) for key, value in entry.get("data", {}).items()}
    if "file" in body:
        sent = SimpleUploadedFile(body["file"], b"Et notat.", content_type="text/plain")
        return int(program.upload(address, body | {"file": sent}).status_code)
    answer = program.ask(method, address, body if "data" in entry else None)
    return int(answer.status_code)


def said(value: str, trail: TrailWorld) -> str:
    """A part of an address: `=word` is the word itself, anything else the number of a thing."""
    return value[1:] if value.startswith("=") else str(number(f"${value.lstrip('$')}", trail))


def number(value: Any, trail: TrailWorld) -> Any:
    """A value of the matrix: `$name` is the number of a thing, a person or an organisation."""
    if isinstance(value, list):
        return [number(one, trail) for one in value]
    if isinstance(value, dict):
        return {key: number(one, trail) for key, one in value.items()}
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    for place in (trail.things, trail.world.people, trail.world.organisations):
        if value[1:] in place:
            return place[value[1:]].pk
    raise KeyError(value)
