"""`loype bodies`: default packs, a body on a day, and ending those whose time is up."""

from __future__ import annotations

from datetime import timedelta

from loype.bodies.actions import establish_body
from loype.bodies.models import Body
from loype.kernel.clock import now
from loype.organisations.actor import HOUSE
from tests.cast import World
from tests.cli.conftest import Run


def test_it_lists_packs_with_the_parties_they_ask_for(run: Run) -> None:
    told = run("bodies", "packs")
    assert told.exit_code == 0, told.output
    assert "no-ror: " in told.output
    assert "steering_group (parties: state, municipalities, regions, employees)" in told.output


def test_it_sets_a_council_up_and_says_what_is_missing(world: World, run: Run) -> None:
    told = run("bodies", "pack", "no-ror", "--organisation", "SKO")
    assert told.exit_code == 0, told.output
    assert "The council has no leader yet. Appoint one first." in told.output
    body = Body.objects.get(organisation=world.organisations["skogbygda"])
    assert body.mandates.get().points.count() == 6
    again = run("bodies", "pack", "no-ror", "--organisation", "SKO", "--body", str(body.pk))
    assert "nothing was missing" in again.output


def test_it_refuses_in_plain_words(world: World, run: Run) -> None:
    told = run("bodies", "pack", "dk-coi", "--organisation", "FJO", "--kind", "steering_group")
    assert told.exit_code == 1
    assert "party_regions: Say which organisation this is." in told.output
    unknown = run("bodies", "pack", "magic", "--organisation", "FJO")
    assert "There is no pack of this name: magic." in unknown.output
    odd = run("bodies", "pack", "dk-coi", "--organisation", "FJO", "--party", "regions")
    assert odd.exit_code == 2
    assert "Say --party as key=SHORT_NAME, not regions." in odd.output
    assert Body.objects.filter(kind="steering_group").count() == 0


def test_it_shows_a_body_on_a_day_and_ends_what_is_over(world: World, run: Run) -> None:
    assert world.council is not None
    shown = run("bodies", "show", str(world.council.pk), "--on", "2026-03-02")
    assert "Bo" in shown.output
    assert "2026-03-02: active" in shown.output
    body = establish_body(
        world.fjordvik, kind="task_committee", name="Utvalg", commission="Se på det",
        ends_date=now().date(), actor=HOUSE, at=now(),
    )  # fmt: skip
    Body.objects.filter(pk=body.pk).update(ends_date=now().date() - timedelta(days=1))
    assert "1 ended." in run("bodies", "end").output
