"""Counting statements; `python -m tests.statements` writes what it finds to tests/budgets.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loype.search.candidates import forget_estimates
from tests.asking import ask, entries, label
from tests.trail_world import TrailWorld

BUDGETS = Path(__file__).parent / "budgets.toml"
# Savepoints are not statements that the database has to think about.
FREE = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


def measured(
    entry: dict[str, Any], *, trail: TrailWorld, client_of: Callable[[str], Client]
) -> int:
    """How many statements the address needs for the first of the cast who may ask for it.

    The planner's estimates that search keeps for a minute are asked for anew, so that the number
    is the same, and the largest, whatever this process was asked before.
    """
    who = (one for one in entry["expect"] if one != "eve")
    name = next((one for one in who if entry["expect"][one] in (200, 302, 303)), "ada")
    client = client_of(name)
    forget_estimates()
    with transaction.atomic():
        with CaptureQueriesContext(connection) as counted:
            ask(entry, trail=trail, client=client)
        transaction.set_rollback(True)
    return sum(1 for query in counted if not query["sql"].startswith(FREE))


def budgets() -> dict[str, int]:
    """What each address may need."""
    return tomllib.loads(BUDGETS.read_text()) if BUDGETS.exists() else {}


def write_budgets(found: dict[str, int]) -> None:
    """Keep what was found; the difference is read in the review."""
    lines = [f'"{key}" = {number}' for key, number in sorted(found.items())]
    head = "# SQL statements each address needs; written by `python -m tests.statements`.\n"
    BUDGETS.write_text(head + "\n".join(lines) + "\n")


def wanted() -> list[dict[str, Any]]:
    """The entries that have a budget: all of them."""
    return sorted(entries(), key=label)
