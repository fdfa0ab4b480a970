"""One colleague follows each idea up; the room shows who is still missing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from loype.councils.actions import appoint_responsible
from loype.councils.models import Case
from loype.ideas.models import Idea
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.trail.handovers import withdraw
from tests.cast import TODAY, World
from tests.councils.test_decide_case import waiting_case
from tests.trail_world import idea_of


@pytest.mark.requirement("ROR-20")
def test_it_takes_the_idea_up(world: World) -> None:
    case = waiting_case(world)
    appoint_responsible(case, person=world.people["cai"], actor=world.actor("bo"), at=TODAY)
    case.refresh_from_db()
    assert (case.responsible, case.responsible_since) == (world.people["cai"], TODAY)
    assert Idea.objects.get(pk=case.idea_id).state == "taken_up"


@pytest.mark.requirement("ROR-20")
def test_it_is_always_one_colleague(world: World) -> None:
    case, bo = waiting_case(world), world.actor("bo")
    for outsider in ("dee", "fia", "olaf"):
        with pytest.raises(BadInput):
            appoint_responsible(case, person=world.people[outsider], actor=bo, at=TODAY)
    for name in ("cai", "ada"):
        appoint_responsible(case, person=world.people[name], actor=bo, at=TODAY)
    case.refresh_from_db()
    assert case.responsible == world.people["ada"]


@pytest.mark.requirement("ROR-20")
@pytest.mark.parametrize("who", ["ada", "cai", "fia", "dee"])
def test_only_leader_and_secretary_appoint(world: World, who: str) -> None:
    case = waiting_case(world)
    with pytest.raises(NotAllowed):
        appoint_responsible(case, person=world.people["cai"], actor=world.actor(who), at=TODAY)
    appoint_responsible(case, person=world.people["cai"], actor=world.actor("siv"), at=TODAY)


def test_it_is_refused_for_a_withdrawn_idea(world: World) -> None:
    case = waiting_case(world)
    withdraw(case.idea, actor=world.actor("ada"), at=TODAY)
    with pytest.raises(WrongMoment):
        appoint_responsible(case, person=world.people["cai"], actor=world.actor("bo"), at=TODAY)


@pytest.mark.requirement("ROR-20")
def test_the_room_counts_those_without(world: World, client_of: Callable[[str], Client]) -> None:
    cases = [waiting_case(world, text=f"Forslag {turn} om lyset i gangen") for turn in range(3)]
    bo = client_of("bo")
    assert "ideas have nobody responsible" in bo.get("/council/").content.decode()
    for case in cases:
        answer = bo.post(
            f"/council/cases/{case.pk}/responsible/",
            {"person": world.people["cai"].pk, "version": case.version},
        )
        assert answer.status_code == 302
    page = bo.get("/council/").content.decode()
    assert "have nobody responsible" not in page
    assert "everyone is looked after" in page
    assert "Responsible: Cai" in page


@pytest.mark.requirement("ROR-20")
def test_the_filters_narrow_the_queue(world: World, client_of: Callable[[str], Client]) -> None:
    mine, nobodys = waiting_case(world, text="Min egen sak"), waiting_case(world, text="Ingens sak")
    appoint_responsible(mine, person=world.people["bo"], actor=world.actor("bo"), at=TODAY)
    bo = client_of("bo")
    wanted = {"": {mine, nobodys}, "nobody": {nobodys}, "mine": {mine}, "information": set()}
    for show, cases in wanted.items():
        rows = bo.get("/council/", {"show": show}).context["rows"]
        assert {row.case for row in rows} == cases, show


def test_a_stale_form_is_refused(world: World, client_of: Callable[[str], Client]) -> None:
    case = waiting_case(world)
    appoint_responsible(case, person=world.people["cai"], actor=world.actor("bo"), at=TODAY)
    answer = client_of("bo").post(
        f"/council/cases/{case.pk}/responsible/",
        {"person": world.people["ada"].pk, "version": case.version},
    )
    assert answer.status_code == 409
    assert "Somebody changed this case" in answer.content.decode()
    assert Case.objects.get(pk=case.pk).responsible == world.people["cai"]


def test_the_responsible_reads_the_case_without_the_room(
    world: World, client_of: Callable[[str], Client]
) -> None:
    case = Case.objects.get(idea=idea_of(world, text="Bare for rådet.", visibility="confidential"))
    ada = client_of("ada")
    assert ada.get(f"/council/cases/{case.pk}/").status_code == 404
    appoint_responsible(case, person=world.people["ada"], actor=world.actor("bo"), at=TODAY)
    page = ada.get(f"/council/cases/{case.pk}/")
    assert page.status_code == 200
    assert "Appoint" not in page.content.decode()
