"""Guard 5: every address, asked as every member of the cast, answers as the matrix says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from tests.asking import BESIDES, CAST, ask, entries, label, page_names, rooms
from tests.trail_world import TrailWorld


def test_it_names_every_address() -> None:
    missing = sorted(page_names() - {entry["url"] for entry in entries()})
    assert not missing, f"addresses without an entry in the matrix: {missing}"


@pytest.mark.parametrize("room", rooms())
def test_it_answers_as_the_matrix_says(
    room: str, trail: TrailWorld, client_of: Callable[[str], Client]
) -> None:
    wrong = {}
    clients = {name: client_of(name) for name in (*CAST, *BESIDES)}
    for entry in rooms()[room]:
        for name, expected in entry["expect"].items():
            with transaction.atomic():
                status = ask(entry, trail=trail, client=clients[name]).status_code
                transaction.set_rollback(True)
            if status != expected:
                wrong[f"{label(entry)} as {name}"] = f"expected {expected}, got {status}"
        assert set(CAST) <= set(entry["expect"]), label(entry)
    assert not wrong
