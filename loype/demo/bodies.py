"""Bodies in the demo: councils with mandates, a subject group, a steering group, a committee."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from loype.bodies.actions import (
    activate_council,
    appoint_to_seat,
    call_meeting,
    decide_by_instruction,
    end_finished_bodies,
    end_term,
    finish_on_wheel,
    plan_meeting,
    promise_introduction,
)
from loype.bodies.loading import load_actor
from loype.bodies.models import Body, Seat, Term
from loype.bodies.packing import establish_from_pack, load_pack, take_up_pack
from loype.councils.citing import citable_points, cite_points
from loype.councils.models import Decision
from loype.demo.stage import Stage
from loype.organisations.actor import Actor

YEAR_DAYS = 420
GROUP_DAYS_AGO = 240
STEERING_DAYS_AGO = 330
COMMITTEE_DAYS_AGO = 190
COMMITTEE_ENDED_DAYS_AGO = 45
LEFT_DAYS_AGO = 25
# Which points of the usual mandate a decision rests on, by what it says.
POINTS = {"go_on": (3, 6), "merge": (4,), "return": (3,), "reject": (3,), "park": (4,)}


def plan_bodies(stage: Stage) -> None:
    """What the councils go by, and the other bodies beside them."""
    for council in stage.tables["council"]:
        began = int(council["active_from_days_ago"])
        moment = stage.moment(began - 1, hour=6)
        stage.plan(moment, partial(_give_papers, stage, council["organisation"]))
    for days_ago in range(YEAR_DAYS, -1, -1):
        stage.plan(stage.moment(days_ago, hour=14, minute=50), partial(_cite, stage))
    stage.plan(stage.moment(GROUP_DAYS_AGO), partial(_subject_group, stage))
    stage.plan(stage.moment(STEERING_DAYS_AGO), partial(_steering_group, stage))
    stage.plan(stage.moment(COMMITTEE_DAYS_AGO), partial(_committee, stage))
    stage.plan(
        stage.moment(COMMITTEE_ENDED_DAYS_AGO - 1, hour=1), lambda at: end_finished_bodies(at=at)
    )


def _give_papers(stage: Stage, key: str, at: datetime) -> None:
    """The usual mandate and rules, adopted by whoever decides in the municipality."""
    decider = stage.actor(stage.holder_of("decider", key), at)
    take_up_pack(stage.councils[key], pack=load_pack("no-ror"), actor=decider, at=at)


def _cite(stage: Stage, at: datetime) -> None:
    """After a meeting the secretary notes which points the day's decisions rest on."""
    today = Decision.objects.filter(
        decided_at__date=at.date(), body__isnull=False, locked_at=None
    ).select_related("body__organisation")
    keys = {one.pk: key for key, one in stage.councils.items()}
    for decision in today:
        wanted = POINTS.get(decision.outcome, ())
        points = [one for one in citable_points(decision) if one.number in wanted]
        if points and decision.body_id in keys:
            secretary = stage.actor(stage.secretary_of(keys[decision.body_id]), at)
            cite_points(decision, points=points, actor=secretary, at=at)


def _fresh(stage: Stage, key: str, at: datetime) -> Actor:
    """Somebody with the seats they hold now; what the stage keeps is from before."""
    person = stage.people[key]
    return load_actor(person.pk, name=person.name, day=at.date())


def _fill(stage: Stage, seat: Seat, *, home: str, person: str, at: datetime) -> Term:
    role = "administrator" if seat.kind == "federation" else "decider"
    return appoint_to_seat(
        seat, person=stage.people[person], from_date=at.date(),
        actor=_fresh(stage, stage.holder_of(role, home), at), at=at,
    )  # fmt: skip


def _workers(stage: Stage, organisation: str) -> list[str]:
    """Those who work in an organisation without deciding there."""
    return [
        str(person["key"])
        for person in stage.tables["person"]
        if person["organisation"] == organisation and "decider" not in person["roles"]
    ]


def _subject_group(stage: Stage, at: datetime) -> None:
    """Health and welfare across the municipalities, led from Elvestrand."""
    host = "fjordlaget-ikt"
    keys = {one.pk: key for key, one in stage.organisations.items()}
    body = establish_from_pack(
        stage.organisations[host], pack=load_pack("no-ror"), kind="subject_group",
        name="Faggruppe for helse og velferd", federation=stage.federations["fjordlaget"],
        leader_party=stage.organisations["elvestrand"],
        actor=_fresh(stage, stage.holder_of("decider", host), at), at=at,
    )  # fmt: skip
    taken: set[str] = set()
    for seat in body.seats.all():
        home = keys[seat.home_id(body)]
        person = next(one for one in _workers(stage, home) if one not in taken)
        taken.add(person)
        _fill(stage, seat, home=home, person=person, at=at)
    head = _fresh(stage, stage.holder_of("decider", host), at)
    activate_council(body, actor=head, at=at)
    stage.plan(stage.moment(2), partial(_plan_group_meeting, stage, body))


def _plan_group_meeting(stage: Stage, body: Body, at: datetime) -> None:
    """The next meeting, called by the leader."""
    body.refresh_from_db()
    held = Term.objects.filter(seat__body=body, seat__is_leader=True).on(at.date())
    leader = held.select_related("person").get().person
    actor = load_actor(leader.pk, name=leader.name, day=at.date())
    meeting = plan_meeting(
        body, starts_at=_weekday(at + timedelta(days=18)), place="Teams", actor=actor, at=at
    )
    call_meeting(meeting, actor=actor, at=at)


def _weekday(moment: datetime) -> datetime:
    while moment.weekday() > 4:
        moment += timedelta(days=1)
    return moment


def _steering_group(stage: Stage, at: datetime) -> None:
    """A steering group of three parties around an agency's shared service."""
    host = "servicestyrelsen"
    homes = {"state": host, "municipalities": "sundkobing", "regions": "vestlia"}
    head = _fresh(stage, stage.holder_of("decider", host), at)
    body = establish_from_pack(
        stage.organisations[host], pack=load_pack("dk-coi"), kind="steering_group",
        name="Styregruppen for fælles borgerservice",
        parties={key: stage.organisations[home] for key, home in homes.items()},
        actor=head, at=at,
    )  # fmt: skip
    for home in homes.values():
        seats = body.seats.filter(party=stage.organisations[home]).order_by("-is_leader", "pk")
        for seat, person in zip(seats, _workers(stage, home), strict=False):
            _fill(stage, seat, home=home, person=person, at=at)
    activate_council(body, actor=head, at=at)
    stage.plan(stage.moment(LEFT_DAYS_AGO), partial(_somebody_leaves, stage, body))
    stage.plan(stage.moment(60), partial(_year, stage, body))
    stage.plan(stage.moment(12), partial(_questions, stage, body))


def _somebody_leaves(stage: Stage, body: Body, at: datetime) -> None:
    """A member of the region's steps down, and nobody is named yet."""
    term = Term.objects.filter(seat__body=body, seat__party=stage.organisations["vestlia"]).last()
    if term is not None:
        decider = _fresh(stage, stage.holder_of("decider", "vestlia"), at)
        end_term(term, to_date=at.date(), actor=decider, at=at)


def _year(stage: Stage, body: Body, at: datetime) -> None:
    """The evaluation of the year, and one meeting in the calendar where three are asked for."""
    head = _fresh(stage, stage.holder_of("decider", "servicestyrelsen"), at)
    body.refresh_from_db()
    evaluation = body.wheel_items.filter(kind="evaluation").first()
    if evaluation is not None:
        finish_on_wheel(
            evaluation, result="Borgerne får svar hurtigere; to opgaver bør lægges sammen.",
            follow_up="Forslag til handlingsplan på næste møde.", actor=head, at=at,
        )  # fmt: skip
    leader = Term.objects.filter(seat__body=body, seat__is_leader=True).on(at.date()).get()
    actor = load_actor(leader.person_id, name="", day=at.date())
    plan_meeting(body, starts_at=_weekday(at + timedelta(days=90)), actor=actor, at=at)


def _questions(stage: Stage, body: Body, at: datetime) -> None:
    """Within the limit the head decides; above it, the group does. And a promise."""
    head = _fresh(stage, stage.holder_of("decider", "servicestyrelsen"), at)
    for title, amount in (("Ny kø-løsning i kundecentret", 180_000), ("Fælles portal", 1_250_000)):
        decide_by_instruction(
            body, matter="Indkøb", title=title, amount=Decimal(amount), currency="DKK",
            reasons="Det nuværende system kan ikke følge med.", actor=head, at=at,
        )  # fmt: skip
    member = Term.objects.filter(
        seat__body=body, seat__party=stage.organisations["sundkobing"]
    ).on(at.date())[0]  # fmt: skip
    promise_introduction(
        body, whom="Styrelsens kundecenter", to_whom="Kommunernes netværk for borgerservice",
        purpose="At dele erfaringer med kø-løsninger", due_date=at.date() + timedelta(days=40),
        actor=load_actor(member.person_id, name="", day=at.date()), at=at,
    )  # fmt: skip


def _committee(stage: Stage, at: datetime) -> None:
    """A task committee that has ended by itself, and a forum that goes on."""
    home = "sundkobing"
    decider = _fresh(stage, stage.holder_of("decider", home), at)
    last = at.date() + timedelta(days=COMMITTEE_DAYS_AGO - COMMITTEE_ENDED_DAYS_AGO)
    committee = establish_from_pack(
        stage.organisations[home], pack=load_pack("dk-coi"), kind="task_committee",
        commission="Se på, hvordan borgere uden digital post får svar fra kommunen.",
        delivery="Et notat med højst fem forslag.", ends_date=last, actor=decider, at=at,
    )  # fmt: skip
    forum = establish_from_pack(
        stage.organisations[home], pack=load_pack("dk-coi"), kind="forum", actor=decider, at=at
    )
    for body, person in zip((committee, forum), _workers(stage, home), strict=False):
        _fill(stage, body.seats.get(is_leader=True), home=home, person=person, at=at)
        activate_council(body, actor=decider, at=at)
