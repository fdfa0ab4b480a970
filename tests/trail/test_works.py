"""The register of what all members have in the works: as much as each shares, and no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from loype.bodies.actions import close_council
from loype.councils.openness.actions import AccessWords, assess_openness
from loype.councils.openness.models import LegalBasis
from loype.kernel.errors import BadInput, NotAllowed
from loype.organisations.actions import change_sharing, end_federation_membership
from loype.organisations.actor import HOUSE, Actor
from loype.trail.works import Circle, Wanted, Work, circle_of, works_of
from tests.cast import TODAY, World
from tests.trail_world import TrailWorld, go_on, idea_of

pytestmark = pytest.mark.django_db

SECRET = "Bare rådet vet om dette"
INSIDE = "Nøklene ligger feil"
SHARED = "Felles opplæring av vikarer"


def circle(world: World) -> Circle:
    """The one federation of the world."""
    assert world.federation is not None
    return circle_of(world.federation.pk, day=TODAY.date())


def listed(world: World, name: str, **more: Any) -> list[Work]:
    """What somebody of the cast finds in the register."""
    actor = HOUSE if name == "house" else world.actor(name)
    return works_of(circle(world), Wanted(**more), actor=actor, most=100)


def titles(works: list[Work]) -> set[str]:
    """Only what they are called."""
    return {work.title for work in works}


def three(world: World) -> None:
    """Fjordvik has one idea of each sort."""
    idea_of(world, text=SECRET, visibility="confidential")
    idea_of(world, text=INSIDE)
    idea_of(world, text=SHARED, visibility="federation")


def share(world: World, **more: Any) -> None:
    """Fjordvik chooses what it tells of its ideas."""
    facts: dict[str, Any] = {
        "kind": "idea", "tells_internal": True, "fields": ["title", "state"], **more,
    }  # fmt: skip
    change_sharing(world.fjordvik, actor=world.actor("siv"), at=TODAY, **facts)


@pytest.mark.requirement("ROR-08", "ROR-23")
def test_it_tells_others_only_of_what_is_shared(world: World) -> None:
    three(world)
    assert titles(listed(world, "dee")) == {SHARED}
    assert titles(listed(world, "ada")) == {INSIDE, SHARED}
    assert titles(listed(world, "bo")) == {SECRET, INSIDE, SHARED}
    assert listed(world, "olaf") == []
    assert works_of(circle(world), Wanted(), actor=Actor(), most=9) == []


@pytest.mark.requirement("ROR-08")
def test_it_tells_of_what_stays_inside_in_the_facts_that_are_chosen(world: World) -> None:
    three(world)
    share(world)
    found = {work.title: work for work in listed(world, "dee")}
    assert set(found) == {INSIDE, SHARED}
    inside = found[INSIDE]
    assert (inside.may_open, inside.state, inside.form, inside.since) == (
        False, "submitted", "", None,
    )  # fmt: skip
    assert found[SHARED].may_open
    own = {work.title: work for work in listed(world, "ada")}[INSIDE]
    assert (own.may_open, own.form, own.since) == (True, "idea", TODAY)


@pytest.mark.requirement("ROR-08")
def test_it_leaves_out_a_title_that_is_not_told(world: World) -> None:
    three(world)
    share(world, fields=["state"])
    found = sorted(work.title for work in listed(world, "dee"))
    assert found == ["", SHARED]  # what may be read in full keeps its name


def test_it_never_tells_of_what_is_confidential(world: World) -> None:
    three(world)
    share(world)
    for name in ("dee", "gro", "ada"):
        assert SECRET not in titles(listed(world, name)), name


def test_who_leaves_the_federation_leaves_the_register(world: World) -> None:
    three(world)
    assert world.federation is not None
    assert world.council is not None
    membership = world.federation.memberships.get(organisation=world.fjordvik)
    close_council(world.council, actor=HOUSE, at=TODAY)
    yesterday = TODAY.date() - timedelta(days=1)
    end_federation_membership(membership, to_date=yesterday, actor=HOUSE, at=TODAY)
    assert listed(world, "dee") == []


@pytest.mark.requirement("ROR-08")
def test_it_holds_ideas_decisions_activities_and_solutions(trail: TrailWorld) -> None:
    found = {work.kind for work in listed(trail.world, "dee")}
    assert found == {"idea", "decision", "activity", "solution"}
    drafted = trail["draft_solution"].pk
    assert ("solution", drafted) not in {(w.kind, w.id) for w in listed(trail.world, "house")}


def test_it_gives_every_row_once_page_by_page(trail: TrailWorld) -> None:
    world = trail.world
    for number in range(5):
        idea_of(world, text=f"Enda et behov {number}", visibility="federation")
    whole = [work.place for work in listed(world, "dee")]
    after, found = None, []
    while page := works_of(circle(world), Wanted(after=after), actor=world.actor("dee"), most=3):
        found += [work.place for work in page]
        after = page[-1].place
    assert found == whole
    assert len(set(found)) == len(found) > 8


def test_it_narrows_by_kind_place_state_and_time(world: World) -> None:
    idea_of(world, text="Vår egen felles sak", by="dee", visibility="federation")
    idea = idea_of(world, text="Det er avgjort", visibility="federation")
    go_on(world, idea)
    assert {w.kind for w in listed(world, "ada", kinds=("activity",))} == {"activity"}
    there = world.organisations["elvestrand"].pk
    assert titles(listed(world, "ada", organisation_id=there)) == {"Vår egen felles sak"}
    assert titles(listed(world, "ada", own=False)) == {"Vår egen felles sak"}
    assert listed(world, "ada", since=TODAY + timedelta(seconds=1)) == []
    assert listed(world, "ada", until=TODAY) == []


def test_only_an_administrator_says_what_is_shared(world: World) -> None:
    for name in ("ada", "bo", "fia", "mia"):
        with pytest.raises(NotAllowed):
            change_sharing(
                world.fjordvik, kind="idea", tells_internal=True, fields=["title"],
                actor=world.actor(name), at=TODAY,
            )  # fmt: skip
    with pytest.raises(BadInput):
        share(world, fields=[])
    with pytest.raises(BadInput):
        share(world, kind="people")


def test_a_withheld_decision_stays_at_home(trail: TrailWorld) -> None:
    world, decision = trail.world, trail["decision"]
    assert ("decision", decision.pk) in {(w.kind, w.id) for w in listed(world, "dee")}
    basis = LegalBasis.objects.on(TODAY.date()).order_by("pk").first()
    words = AccessWords(
        access_class="withheld", legal_basis=basis, reasons="Personlige forhold.",
        review_date=TODAY.date() + timedelta(days=30),
    )  # fmt: skip
    assess_openness(decision, words=words, actor=world.actor("bo"), at=TODAY)
    change_sharing(
        world.fjordvik, kind="decision", tells_internal=True, fields=["title"],
        actor=world.actor("siv"), at=TODAY,
    )  # fmt: skip
    assert ("decision", decision.pk) not in {(w.kind, w.id) for w in listed(world, "dee")}
    assert ("decision", decision.pk) in {(w.kind, w.id) for w in listed(world, "ada")}
