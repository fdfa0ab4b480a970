"""How many statements each operation costs: no more with more rows, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from loype.ideas.models import Idea
from loype.trail.handovers import hand_in
from tests.api.conftest import ApiClient
from tests.api.test_permissions import CAST, ask, entries
from tests.cast import TODAY, World
from tests.trail_world import TrailWorld

MOST = {"list": 8, "detail": 10, "create": 15}


def cost_of(counted: Any) -> int:
    """The statements of a request; where a nested transaction begins and ends is not counted."""
    return sum("SAVEPOINT" not in one["sql"] for one in counted.captured_queries)


def kind_of(entry: dict[str, Any]) -> str:
    """Which budget an operation has."""
    if entry["operation"].startswith("list_"):
        return "list"
    return "create" if 201 in entry["expect"].values() else "detail"


def test_it_stays_within_the_budget(
    trail: TrailWorld,
    program_of: Callable[..., ApiClient],
    statements: Callable[[], Any],
) -> None:
    programs = {name: program_of(name) for name in CAST}
    over = {}
    for entry in entries():
        reads = entry["operation"].startswith(("list_", "get_"))
        if not reads and 201 not in entry["expect"].values():
            continue
        name = next(name for name in CAST if entry["expect"][name] in (200, 201))
        programs[name].headers["Idempotency-Key"] = "once" if not reads else ""
        with transaction.atomic():
            with statements() as counted:
                status = ask(entry, trail=trail, program=programs[name])
            transaction.set_rollback(True)
        assert status in (200, 201)
        most = entry.get("most", MOST[kind_of(entry)])
        if cost_of(counted) > most:
            over[entry["operation"]] = f"needs {cost_of(counted)}, may need {most}"
    assert not over


def many(world: World, count: int) -> list[Idea]:
    """Ideas of Ada's."""
    return [
        hand_in(
            organisation=world.fjordvik, text=f"Idé nummer {number}", kind="wish",
            visibility="public", actor=world.actor("ada"), at=TODAY,
        )
        for number in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["/ideas?limit=200", "/ideas?scope=mine&limit=200", "/cases"])
def test_it_costs_the_same_with_twice_the_rows(
    address: str,
    world: World,
    program_of: Callable[..., ApiClient],
    statements: Callable[[], Any],
) -> None:
    bo = program_of("bo") if "cases" in address else program_of("ada")
    costs, rows = [], []
    for _round in range(2):
        many(world, 6)
        bo.get("/me")
        with statements() as counted:
            answer = bo.get(address)
        costs.append(cost_of(counted))
        rows.append(len(answer.json()["items"]))
    assert rows == [6, 12]
    assert costs[0] == costs[1] <= MOST["list"]
