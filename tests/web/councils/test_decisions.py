"""The log of decisions: who reads what, and the filters."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import World
from tests.councils.test_decide_case import decide, on_agenda


@pytest.fixture
def log(world: World) -> dict[str, int]:
    """Three decisions that different people may read."""
    facts = {
        "inside": {"outcome": "park"},
        "shared": {"form": "project"},
        "open": {"outcome": "reject", "reasons": "Det er alt løst."},
    }
    widths = {"inside": "organisation", "shared": "federation", "open": "public"}
    return {
        name: decide(
            world, on_agenda(world, text=f"Sak {name}", visibility=widths[name]), **more
        ).pk
        for name, more in facts.items()
    }


@pytest.mark.parametrize(
    ("who", "seen"),
    [("ada", 3), ("fia", 3), ("dee", 2), ("olaf", 1), ("eve", 1)],
)
def test_it_is_read_by_who_may_read_the_idea(
    log: dict[str, int], client_of: Callable[[str], Client], who: str, seen: int
) -> None:
    client = client_of(who)
    rows = client.get("/council/decisions/", {"organisation": "all"}).context["rows"]
    assert len(rows) == seen
    statuses = [client.get(f"/council/decisions/{pk}/").status_code for pk in log.values()]
    assert statuses.count(200) == seen
    assert statuses.count(404) == 3 - seen


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 3),
        ({"outcome": "reject"}, 1),
        ({"form": "project"}, 1),
        ({"year": "2026"}, 3),
        ({"year": "2025"}, 0),
        ({"year": "nonsense", "outcome": "x"}, 3),
        ({"organisation": "999999"}, 0),
    ],
)
def test_it_is_narrowed(
    log: dict[str, int], client_of: Callable[[str], Client], query: dict[str, str], count: int
) -> None:
    assert len(client_of("bo").get("/council/decisions/", query).context["rows"]) == count


def test_it_names_the_council_and_not_a_person(
    log: dict[str, int], client_of: Callable[[str], Client]
) -> None:
    page = client_of("eve").get(f"/council/decisions/{log['open']}/").content.decode()
    assert "Innovasjonsrådet i Fjordvik decided" in page
    assert "Det er alt løst." in page
    assert not re.search(r"\bBo\b", page[page.index("<main") : page.index("</main")])
    shared = client_of("dee").get(f"/council/decisions/{log['shared']}/").content.decode()
    assert "a named colleague in Fjordvik kommune" in shared
    assert "Cai" in client_of("ada").get(f"/council/decisions/{log['shared']}/").content.decode()
