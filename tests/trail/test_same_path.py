"""Five municipalities walk the same path: texts of their own, stages and figures in common."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from loype.bodies.actions import activate_council, appoint_to_seat, call_meeting, plan_meeting
from loype.bodies.models import Body
from loype.bodies.packing import establish_from_pack, load_pack
from loype.councils.actions import (
    DecisionWords,
    agree_on_proposal,
    appoint_responsible,
    propose,
    put_on_agenda,
)
from loype.councils.models import Case
from loype.history.models import Event
from loype.ideas.models import Idea
from loype.organisations.actions import found_organisation, give_role, join_federation
from loype.organisations.actor import HOUSE
from loype.portfolio.models import Activity
from loype.trail.federation.reading import read_overview
from loype.trail.flow import measure_flow
from loype.trail.handovers import council_to_portfolio, start_running
from loype.trail.monthly import report_month
from tests.cast import BEGINNING, TODAY, World, _person, everybody_comes
from tests.trail_world import idea_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("ROR-01")]

# Who leads where, and what they call their council there.
COUNCILS = {
    "elvestrand": ("mia", "Idérådet"),
    "skogbygda": ("gro", "Nyskapingsrådet"),
    "nesbygda": ("nora", "Fornyingsrådet"),
    "vikstranda": ("vera", "Utviklingsrådet"),
    "holmsund": ("hedda", ""),
}
DAY = TODAY.date()
MEETS = TODAY + timedelta(days=8)


@pytest.fixture
def five(world: World) -> World:
    """Five municipalities of the federation that took the same pack, and one outside it."""
    assert world.federation is not None
    for key in ("nesbygda", "vikstranda", "holmsund"):
        leader = COUNCILS[key][0]
        world.organisations[key] = found_organisation(
            name=f"{key.capitalize()} kommune", short_name=key[:3].upper(), kind="municipality",
            language="nb", actor=HOUSE, at=BEGINNING,
        )  # fmt: skip
        world.people[leader] = _person(leader)
        for role in ("employee", "administrator", "decider"):
            give_role(
                world.people[leader], organisation=world.organisations[key], role=role,
                actor=HOUSE, at=BEGINNING,
            )  # fmt: skip
        join_federation(
            world.federation, organisation=world.organisations[key], from_date=BEGINNING.date(),
            actor=HOUSE, at=BEGINNING,
        )  # fmt: skip
    return world


def council_in(world: World, place: str) -> Body:
    """A council from the pack, under the name they give it, at work."""
    leader, name = COUNCILS[place]
    body = establish_from_pack(
        world.organisations[place], pack=load_pack("no-ror"), kind="innovation_council",
        federation=world.federation, name=name, actor=world.actor(leader), at=TODAY,
    )  # fmt: skip
    for kind, who in (("municipality", leader), ("federation", "fia")):
        seat = body.seats.filter(kind=kind).order_by("-is_leader")[0]
        appoint_to_seat(
            seat, person=world.people[who], from_date=DAY, actor=world.actor(who), at=TODAY
        )
    return activate_council(body, actor=world.actor(leader), at=TODAY)


def walk(world: World, place: str) -> Activity:
    """An idea from the first word to something that runs, as each of them does it."""
    body, (leader, _name) = council_in(world, place), COUNCILS[place]
    by: dict[str, Any] = {"actor": world.actor(leader), "at": TODAY}
    idea = idea_of(world, text=f"Lys i løypa i {place}.", by=leader)
    case = appoint_responsible(Case.objects.get(idea=idea), person=world.people[leader], **by)
    meeting = call_meeting(plan_meeting(body, starts_at=MEETS, **by), **by)
    item = put_on_agenda(case, meeting=meeting, **by)
    everybody_comes(meeting, **by)
    agree_on_proposal(propose(item, text="Vi prøver det.", **by), **by)
    words = DecisionWords(
        outcome="go_on", form="experiment", course="own_pilot", scale="small",
        reasons=f"Slik vil {place}.", responsible=world.people[leader],
    )  # fmt: skip
    decision = council_to_portfolio(case, words=words, meeting=meeting, **by)
    return start_running(Activity.objects.get(decision=decision), **by)


def steps_of(activity: Activity) -> list[str]:
    """What happened to the idea, its case and its activity, in order."""
    things = (("idea", activity.idea_id), ("case", activity.idea.case.pk),
              ("decision", activity.decision_id), ("activity", activity.pk))  # fmt: skip
    found = [
        (event.pk, event.verb)
        for kind, key in things
        for event in Event.objects.filter(thing_kind=kind, thing_id=key)
    ]
    return [verb for _number, verb in sorted(found)]


def test_the_same_path_with_words_of_their_own(five: World) -> None:
    walked = {place: walk(five, place) for place in COUNCILS}
    names = {place: one.decision.body.name for place, one in walked.items() if one.decision.body}
    assert names == {place: name or "Innovasjonsrådet" for place, (_who, name) in COUNCILS.items()}
    assert {one.decision.reasons for one in walked.values()} == {
        f"Slik vil {place}." for place in COUNCILS
    }
    first, *others = [steps_of(one) for one in walked.values()]
    assert {"submit_idea", "appoint_responsible", "put_on_agenda", "decide_case"} <= set(first)
    assert others == [first] * 4
    points = [
        list(one.decision.body.mandates.get().points.values_list("number", "text"))
        for one in walked.values()
        if one.decision.body
    ]
    assert points == [points[0]] * 5
    assert len(points[0]) == 6


def test_the_same_figures_for_each_and_for_all(five: World) -> None:
    for place in COUNCILS:
        walk(five, place)
    idea_of(five, text="Utenfor samarbeidet.", by="olaf")
    homes = [five.organisations[place] for place in COUNCILS]
    period = {"since": TODAY - timedelta(days=1), "until": TODAY + timedelta(days=1), "at": TODAY}
    together = measure_flow([one.pk for one in homes], **period)
    assert (together.handed_in, together.decided, together.opened, together.started) == (5,) * 4
    assert together.outcomes == {"go_on": 5}
    each = [measure_flow([home.pk], **period) for home in homes]
    assert sum(one.decided for one in each) == together.decided
    reported = [
        report_month(home, month=date(2026, 3, 1), at=datetime(2026, 4, 1, 2, tzinfo=TODAY.tzinfo))
        for home in homes
    ]
    assert [one.figures["volume"]["decided"] for one in reported] == [1] * 5
    assert len({(one.definition, tuple(one.figures)) for one in reported}) == 1


def test_the_coordinator_reads_them_in_one_table(five: World) -> None:
    for place in COUNCILS:
        council_in(five, place)
        idea_of(five, text=f"Venter i {place}.", by=COUNCILS[place][0])
    idea_of(five, text="Utenfor samarbeidet.", by="olaf")
    assert five.federation is not None
    seen = read_overview(five.federation, actor=five.actor("fia"), at=TODAY)
    rows = {one.organisation: (one.council, one.undecided) for one in seen.councils}
    ours = {
        five.organisations[place].name: (name or "Innovasjonsrådet", 1)
        for place, (_who, name) in COUNCILS.items()
    }
    assert rows == ours | {"Fjordvik kommune": ("Innovasjonsrådet i Fjordvik", 0)}
    assert Idea.objects.count() == 6
    assert seen.undecided == 5
