"""Setting up boards, groups, committees and forums, and ending those whose time is up."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loype.bodies.actions.meetings import cancel_meeting
from loype.bodies.actions.setting_up import refuse_stranger
from loype.bodies.composition import refuse_misplaced
from loype.bodies.models import Body, BodyKind, Meeting, Seat, SeatKind
from loype.bodies.rules import can_establish_body
from loype.bodies.states import BodyState
from loype.history.actions import record
from loype.history.models import Event
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.words import clean_line, clean_text
from loype.organisations.actor import HOUSE, Actor
from loype.organisations.labels import OrganisationKind
from loype.organisations.models import Federation, Organisation

WARN_AHEAD = timedelta(days=14)


@transaction.atomic
def establish_body(
    organisation: Organisation,
    *,
    kind: str,
    name: str,
    actor: Actor,
    at: datetime,
    federation: Federation | None = None,
    leader_party: Organisation | None = None,
    decision_reference: str = "",
    ends_date: date | None = None,
    commission: str = "",
    delivery: str = "",
) -> Body:
    """Set up a body other than a council, with its leader's seat; a council has a verb of its own.

    The leader's seat is bound to `leader_party` where one is named.
    """
    if not can_establish_body(actor, organisation.pk):
        raise NotAllowed(_("Only the organisation itself sets up its bodies."))
    body = Body(
        organisation=organisation,
        kind=kind,
        name=clean_line(name)[:160],
        federation=federation,
        decision_reference=clean_line(decision_reference)[:160],
        ends_date=ends_date,
        commission=clean_text(commission),
        delivery=clean_text(delivery),
    )
    _refuse_bad_body(body, leader_party=leader_party, day=at.date())
    body.save()
    Seat.objects.create(
        body=body, kind=_leader_kind(body, leader_party), party=leader_party, is_leader=True,
        from_date=at.date(),
    )  # fmt: skip
    if kind == BodyKind.SUBJECT_GROUP:
        Seat.objects.create(body=body, kind=SeatKind.FEDERATION, from_date=at.date())
    record("establish_body", thing=body, actor=actor, at=at, organisation_id=organisation.pk)
    return body


def _leader_kind(body: Body, party: Organisation | None) -> str:
    if party is None or body.kind == BodyKind.SUBJECT_GROUP:
        return SeatKind.MUNICIPALITY
    return SeatKind.PARTY


def _refuse_bad_body(body: Body, *, leader_party: Organisation | None, day: date) -> None:
    problems: dict[str, Any] = {}
    if body.kind not in BodyKind.values or body.is_council:
        problems["kind"] = _("Choose one from the list.")
    if not body.name:
        problems["name"] = _("Give it a name.")
    if body.kind == BodyKind.TASK_COMMITTEE and not body.commission:
        problems["commission"] = _("Say what the committee is to do.")
    if body.kind == BodyKind.TASK_COMMITTEE and body.ends_date is None:
        problems["ends_date"] = _("Say on which day the committee ends.")
    if body.ends_date is not None and body.ends_date < day:
        problems["ends_date"] = _("That day has already passed.")
    if body.kind == BodyKind.SUBJECT_GROUP:
        problems |= _group_problems(body, leader_party=leader_party)
    if problems:
        raise BadInput(problems)
    if body.federation is not None and body.federation.coordinator_id != body.organisation_id:
        refuse_stranger(body.organisation, federation=body.federation, day=day)


def _group_problems(body: Body, *, leader_party: Organisation | None) -> dict[str, Any]:
    """A subject group belongs to a federation and is led from one of its municipalities."""
    problems: dict[str, Any] = {}
    if body.federation is None:
        problems["federation"] = _("A subject group belongs to a federation: say which.")
    if (leader_party or body.organisation).kind != OrganisationKind.MUNICIPALITY:
        problems["leader_party"] = _("A subject group is led from a municipality: say which.")
    return problems


@transaction.atomic
def hand_over_leading(
    body: Body, *, actor: Actor, at: datetime, party: Organisation | None = None
) -> Seat:
    """Let the leader come from elsewhere: the old leader's seat ends and another, empty one begins.

    For a council the leader is always the municipality's own, so it keeps its seat.
    """
    if not can_establish_body(actor, body.organisation_id):
        raise NotAllowed(_("Only the organisation itself decides on its seats."))
    body = Body.objects.select_for_update(of=("self",)).select_related("organisation").get(
        pk=body.pk
    )  # fmt: skip
    if body.is_council or body.state == BodyState.CLOSED:
        raise WrongMoment(_("The leader's seat of this body stays where it is."))
    if body.kind == BodyKind.SUBJECT_GROUP:
        problems = _group_problems(body, leader_party=party)
        problems.pop("federation", None)
        if problems:
            raise BadInput({"party": problems["leader_party"]})
    day = at.date()
    old = body.seats.select_for_update().filter(is_leader=True, closed_date=None).first()
    seat = Seat(
        body=body, kind=_leader_kind(body, party), party=party, is_leader=True, from_date=day
    )
    refuse_misplaced(seat, day=day, instead_of=old)
    if old is not None:
        old.closed_date = day
        old.save(update_fields=["closed_date"])
        old.terms.filter(from_date__lt=day, to_date=None).update(to_date=day - timedelta(days=1))
    seat.save()
    record(
        "hand_over_leading", thing=seat, actor=actor, at=at, organisation_id=body.organisation_id,
        change={"from": old.pk if old else None}, follow=False,
    )  # fmt: skip
    return seat


def warn_of_ends(*, at: datetime) -> int:
    """Say once of each body whose last day is near that it ends; gives of how many."""
    today = at.date()
    near = Body.objects.filter(
        state=BodyState.ACTIVE, ends_date__gte=today, ends_date__lte=today + WARN_AHEAD
    )
    return sum(_warn(body, at=at) for body in near.order_by("pk"))


@transaction.atomic
def _warn(body: Body, *, at: datetime) -> bool:
    body = Body.objects.select_for_update().get(pk=body.pk)
    last_day = str(body.ends_date)
    told = Event.objects.filter(
        thing_kind=Body.history_kind, thing_id=body.pk, verb="warn_of_end",
        change__last_day=last_day,
    )  # fmt: skip
    if body.state != BodyState.ACTIVE or told.exists():
        return False
    record(
        "warn_of_end", thing=body, actor=HOUSE, at=at, organisation_id=body.organisation_id,
        change={"last_day": last_day},
    )  # fmt: skip
    return True


def end_finished_bodies(*, at: datetime) -> int:
    """End every body whose last day is over, and say how many; twice a day does nothing more."""
    over = Body.objects.exclude(state=BodyState.CLOSED).filter(ends_date__lt=at.date())
    ended = 0
    for body in over.order_by("pk"):
        ended += _end(body, at=at)
    return ended


@transaction.atomic
def _end(body: Body, *, at: datetime) -> bool:
    body = Body.objects.select_for_update().get(pk=body.pk)
    if body.state == BodyState.CLOSED or body.ends_date is None:
        return False
    for meeting in Meeting.objects.filter(body=body, state__in=("planned", "called")):
        if meeting.starts_at.date() > body.ends_date:
            cancel_meeting(meeting, reason=_("The committee has ended."), actor=HOUSE, at=at)
    body.state, body.closed_date = "closed", body.ends_date + timedelta(days=1)
    body.established_date = body.established_date or body.ends_date
    body.save(update_fields=["state", "closed_date", "established_date"])
    record(
        "end_body", thing=body, actor=HOUSE, at=at, organisation_id=body.organisation_id,
        change={"last_day": str(body.ends_date)},
    )  # fmt: skip
    return True
