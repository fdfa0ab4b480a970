"""Plans on pages: written down, weighed, adopted, and held against the year's selections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loype.kernel.clock import now
from loype.strategy.models import ItemWeight, Period, Plan
from tests.cast import World

Clients = Callable[[str], Client]


def place(name: str, world: World, *arguments: Any) -> str:
    """A page about Fjordvik."""
    return f"{reverse(name, args=arguments)}?organisation={world.fjordvik.pk}"


@pytest.mark.requirement("ROR-12")
def test_it_takes_a_plan_from_words_to_weights_that_hold(world: World, client_of: Clients) -> None:
    siv, today = client_of("siv"), now().date()
    assert "Nothing is weighed yet" in siv.get(place("strategy", world)).content.decode()
    siv.post(
        place("plan_new", world),
        {"title": "Kommuneplanen", "kind": "master_plan", "from_date": today.isoformat(),
         "visibility": "public"},
    )  # fmt: skip
    plan = Plan.objects.get()
    for number, title in (("1", "Bo hjemme lenger"), ("2", "Færre skjema")):
        siv.post(
            reverse("plan_item_add", args=[plan.pk]),
            {"number": number, "title": title, "involvement": "involved",
             "involvement_words": "I arbeidsgruppa."},
        )  # fmt: skip
    facts = {"name": "2026–2029", "from_date": today.isoformat()}
    siv.post(place("period_new", world), facts)
    period = Period.objects.get()
    fields = {
        f"item_{item.pk}": points for item, points in zip(plan.items.all(), (3, 1), strict=True)
    }
    siv.post(reverse("period_weigh", args=[period.pk]), fields | {"version": period.version})
    page = siv.get(reverse("period_page", args=[period.pk])).content.decode()
    assert "75 %" in page
    assert "Adopt" in page
    siv.post(reverse("period_adopt", args=[period.pk]), {"decision_reference": "PS 12/26"})
    assert ItemWeight.objects.in_force(world.fjordvik.pk, day=today).count() == 2
    shown = client_of("ada").get(place("strategy", world)).content.decode()
    assert "“Bo hjemme lenger” weighs most in 2026–2029" in shown
    assert "<form" not in shown.split("<main")[1].split("</main>")[0]


def test_it_keeps_what_was_typed_when_something_is_missing(
    world: World, client_of: Clients
) -> None:
    answer = client_of("siv").post(
        place("plan_new", world),
        {"title": " ", "kind": "priorities", "from_date": "2026-05-01", "to_date": "2026-04-01",
         "visibility": "organisation", "decision_reference": "PS 7"},
    )  # fmt: skip
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "Give the plan its title." in words
    assert "The last day comes before the first." in words
    assert 'value="PS 7"' in words


def test_it_shows_a_year_as_a_picture_and_a_table(world: World, client_of: Clients) -> None:
    page = client_of("ada").get(place("direction", world)).content.decode()
    assert "Nothing was weighed and nothing selected" in page
    answer = client_of("ada").get(place("direction_csv", world))
    assert answer["Content-Type"].startswith("text/csv")
    assert answer.content.decode().startswith("\ufeffaim;plan;intended")
