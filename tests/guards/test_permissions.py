"""Guard 5: every address, asked as every member of the cast, answers as the matrix says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.asking import BESIDES, CAST, ask, entries, label, page_names
from tests.trail_world import TrailWorld


def test_it_names_every_address() -> None:
    missing = sorted(page_names() - {entry["url"] for entry in entries()})
    assert not missing, f"addresses without an entry in the matrix: {missing}"


@pytest.mark.parametrize("entry", entries(), ids=label)
def test_it_answers_as_the_matrix_says(
    entry: dict[str, Any], trail: TrailWorld, client_of: Callable[[str], Client]
) -> None:
    wrong = {}
    for name in (*CAST, *(one for one in BESIDES if one in entry["expect"])):
        with transaction.atomic():
            status = ask(entry, trail=trail, client=client_of(name)).status_code
            transaction.set_rollback(True)
        if status != entry["expect"][name]:
            wrong[name] = f"expected {entry['expect'][name]}, got {status}"
    assert not wrong
