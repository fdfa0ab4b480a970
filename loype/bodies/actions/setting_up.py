"""Setting up a body, filling its seats, and ending it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loype.accounts.models import Person
from loype.bodies.composition import (
    refuse_gap,
    refuse_incomplete,
    refuse_loss,
    refuse_misplaced,
)
from loype.bodies.models import AppointingRole, Body, BodyKind, Seat, SeatKind, Term
from loype.bodies.rules import can_appoint, can_establish_body
from loype.bodies.states import BODY, BodyState
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.words import clean_line
from loype.organisations.actor import Actor
from loype.organisations.models import Federation, FederationMembership, Membership, Organisation


@transaction.atomic
def establish_council(
    organisation: Organisation,
    *,
    name: str,
    federation: Federation,
    actor: Actor,
    at: datetime,
    decision_reference: str = "",
) -> Body:
    """Set up an innovation council with its leader's seat and the federation's seat, both empty."""
    if not can_establish_body(actor, organisation.pk):
        raise NotAllowed(_("Only the organisation itself sets up its council."))
    refuse_stranger(organisation, federation=federation, day=at.date())
    body = Body.objects.create(
        organisation=organisation,
        kind=BodyKind.INNOVATION_COUNCIL,
        name=clean_line(name)[:160] or _("Innovation council"),
        federation=federation,
        decision_reference=clean_line(decision_reference)[:160],
    )
    Seat.objects.create(body=body, kind=SeatKind.MUNICIPALITY, is_leader=True)
    Seat.objects.create(body=body, kind=SeatKind.FEDERATION)
    record("establish_council", thing=body, actor=actor, at=at, organisation_id=organisation.pk)
    return body


def refuse_stranger(organisation: Organisation, *, federation: Federation, day: date) -> None:
    member = FederationMembership.objects.filter(
        Q(to_date=None) | Q(to_date__gte=day),
        federation=federation, organisation=organisation, from_date__lte=day,
    )  # fmt: skip
    if not member.exists():
        raise BadInput({"federation": _("The organisation is not a member of this federation.")})


@transaction.atomic
def add_seat(
    body: Body,
    *,
    actor: Actor,
    at: datetime,
    title: str = "",
    discipline: str = "",
    kind: str = SeatKind.MUNICIPALITY,
    party: Organisation | None = None,
    has_vote: bool = True,
    appointing_role: str = "",
    is_leader: bool = False,
) -> Seat:
    """Add a seat to a body of the organisation, where the rules have room for it."""
    if not can_establish_body(actor, body.organisation_id):
        raise NotAllowed(_("Only the organisation itself decides on its seats."))
    body = Body.objects.select_for_update().get(pk=body.pk)
    if body.state == BodyState.CLOSED:
        raise WrongMoment(_("This body is closed."))
    seat = Seat(
        body=body,
        kind=kind,
        party=party,
        has_vote=has_vote and kind != SeatKind.CONSULTATIVE,
        appointing_role=appointing_role,
        is_leader=is_leader,
        title=clean_line(title)[:120],
        discipline=clean_line(discipline)[:80],
        from_date=at.date(),
    )
    _refuse_bad_seat(seat, body=body)
    refuse_misplaced(seat, day=at.date())
    seat.save()
    record("add_seat", thing=seat, actor=actor, at=at, organisation_id=body.organisation_id)
    return seat


def _refuse_bad_seat(seat: Seat, *, body: Body) -> None:
    problems: dict[str, Any] = {}
    if seat.kind not in SeatKind.values:
        problems["kind"] = _("Choose one from the list.")
    if seat.kind == SeatKind.FEDERATION:
        standing = body.seats.filter(kind=SeatKind.FEDERATION, closed_date=None).exists()
        if body.federation_id is None:
            problems["kind"] = _("This body belongs to no federation.")
        elif standing:
            problems["kind"] = _("The federation has its seat already.")
    if seat.kind == SeatKind.PARTY and seat.party is None:
        problems["party"] = _("Say which party the seat is for.")
    if seat.kind == SeatKind.FEDERATION and seat.party is not None:
        problems["party"] = _("The federation's seat is for nobody else.")
    if body.is_council and seat.kind == SeatKind.MUNICIPALITY and seat.party is not None:
        problems["party"] = _("The council's own seats are the organisation's.")
    if seat.appointing_role and seat.appointing_role not in AppointingRole.values:
        problems["appointing_role"] = _("Choose one from the list.")
    if problems:
        raise BadInput(problems)


@transaction.atomic
def appoint_to_seat(
    seat: Seat,
    *,
    person: Person,
    from_date: date,
    actor: Actor,
    at: datetime,
    is_deputy: bool = False,
    decision_reference: str = "",
) -> Term:
    """Let somebody hold a seat from a day on; who held it before steps down the day before."""
    body = (
        Body.objects.select_for_update(of=("self",))
        .select_related("federation")
        .get(pk=seat.body_id)
    )
    seat = Seat.objects.get(pk=seat.pk)
    if not can_appoint(actor, body=body, seat=seat):
        raise NotAllowed(appointing_words(seat))
    if seat.closed_date is not None or body.state == "closed":
        raise WrongMoment(_("This seat is no longer there."))
    _refuse_outsider(body, seat=seat, person=person, day=max(from_date, at.date()))
    seat.body = body
    refuse_misplaced(seat, day=from_date)
    _step_down(seat, is_deputy=is_deputy, day=from_date)
    try:
        with transaction.atomic():
            term = Term.objects.create(
                seat=seat, person=person, is_deputy=is_deputy, from_date=from_date,
                decision_reference=clean_line(decision_reference)[:160],
                appointed_date=at.date(), appointed_by_id=actor.person_id,
            )  # fmt: skip
    except IntegrityError as problem:
        raise BadInput({"from_date": _("Somebody holds the seat in that period.")}) from problem
    record(
        "appoint_to_seat", thing=term, actor=actor, at=at, organisation_id=body.organisation_id,
        change={"seat": seat.pk, "person": person.pk, "deputy": is_deputy},
    )  # fmt: skip
    return term


def appointing_words(seat: Seat) -> str:
    """Who names the holder of a seat, for those who may not."""
    if seat.kind == SeatKind.FEDERATION:
        return _("Only the federation names who holds its own seat.")
    if seat.appointing_role:
        return _("Only this fills the seat: %(role)s.") % {
            "role": seat.get_appointing_role_display()
        }
    if seat.party_id is not None:
        return _("Only the organisation that the seat is for names who holds it.")
    return _("Only the municipality appoints the leader and members of its council.")


def _refuse_outsider(body: Body, *, seat: Seat, person: Person, day: date) -> None:
    """A seat is held by somebody who works where the seat comes from."""
    home = seat.home_id(body)
    if not Membership.objects.filter(person=person, organisation=home).on(day).exists():
        raise BadInput({"person": _("This person does not work where the seat comes from.")})


def _step_down(seat: Seat, *, is_deputy: bool, day: date) -> None:
    Term.objects.filter(seat=seat, is_deputy=is_deputy, to_date=None, from_date__lt=day).update(
        to_date=day - timedelta(days=1)
    )


@transaction.atomic
def end_term(term: Term, *, to_date: date, actor: Actor, at: datetime) -> Term:
    """Let somebody step down from a seat after a day, without naming the next holder yet."""
    seat = Seat.objects.select_related("body").get(pk=term.seat_id)
    body = Body.objects.select_for_update().get(pk=seat.body_id)
    if not can_appoint(actor, body=body, seat=seat):
        raise NotAllowed(appointing_words(seat))
    term = Term.objects.select_for_update().get(pk=term.pk)
    if term.to_date is not None and term.to_date <= to_date:
        raise WrongMoment(_("This person has already stepped down."))
    if to_date < term.from_date:
        raise BadInput({"to_date": _("The last day is before the first.")})
    if seat.kind == SeatKind.FEDERATION and not term.is_deputy and body.state == "active":
        raise WrongMoment(
            _("The federation's seat is never left empty: name who holds it from now on instead.")
        )
    term.to_date = to_date
    term.save(update_fields=["to_date"])
    record(
        "end_term", thing=term, actor=actor, at=at, organisation_id=body.organisation_id,
        change={"seat": seat.pk, "person": term.person_id, "to_date": str(to_date)}, follow=False,
    )  # fmt: skip
    return term


@transaction.atomic
def close_seat(seat: Seat, *, actor: Actor, at: datetime) -> Seat:
    """Take a member's seat away; who held it stays in the council's history."""
    body = Body.objects.select_for_update().get(pk=seat.body_id)
    if not can_establish_body(actor, body.organisation_id):
        raise NotAllowed(_("Only the organisation itself decides on its seats."))
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    if seat.is_leader or seat.kind == SeatKind.FEDERATION:
        raise WrongMoment(_("The leader's seat and the federation's seat always stay."))
    if seat.closed_date is not None:
        return seat
    if body.state == BodyState.ACTIVE:
        refuse_loss(seat, day=at.date())
    seat.closed_date = at.date()
    seat.save(update_fields=["closed_date"])
    seat.terms.filter(from_date__lte=at.date(), to_date=None).update(to_date=at.date())
    record(
        "close_seat", thing=seat, actor=actor, at=at, organisation_id=body.organisation_id,
        follow=False,
    )  # fmt: skip
    return seat


@transaction.atomic
def activate_council(body: Body, *, actor: Actor, at: datetime) -> Body:
    """Let a body begin its work; refused with everything that its rules find missing."""
    if not can_establish_body(actor, body.organisation_id):
        raise NotAllowed(_("Only the organisation itself sets up its council."))
    body = Body.objects.select_for_update().get(pk=body.pk)
    if not BODY.may_move(before=body.state, after="active"):
        raise WrongMoment(_("This council is already active or closed."))
    _refuse_leaving(body, day=at.date())
    refuse_incomplete(body, day=at.date(), beginning=True)
    refuse_gap(body, day=at.date())
    body.state, body.established_date = "active", at.date()
    try:
        with transaction.atomic():
            body.save(update_fields=["state", "established_date"])
    except IntegrityError as problem:
        raise WrongMoment(
            _("The organisation already has an active council; close that one first.")
        ) from problem
    record("activate_council", thing=body, actor=actor, at=at, organisation_id=body.organisation_id)
    return body


def _refuse_leaving(body: Body, *, day: date) -> None:
    """Stop a council from beginning where its organisation has left the federation, or will."""
    if not body.is_council:
        return
    memberships = FederationMembership.objects.filter(
        federation=body.federation_id, organisation=body.organisation_id
    )
    if not memberships.filter(from_date__lte=day, to_date=None).exists():
        raise WrongMoment(
            _(
                "The organisation has left this federation, or will. Set up a council with a "
                "federation in which it stays."
            )
        )


def filled_seats(body: Body, *, day: date) -> list[Seat]:
    """The seats that somebody holds on a day."""
    return list(Seat.objects.filter(body=body).held_on(day))


@transaction.atomic
def close_council(body: Body, *, actor: Actor, at: datetime) -> Body:
    """End the council; its cases go on with the named decider and its history stays."""
    if not can_establish_body(actor, body.organisation_id):
        raise NotAllowed(_("Only the organisation itself closes its council."))
    body = Body.objects.select_for_update().get(pk=body.pk)
    if not BODY.may_move(before=body.state, after="closed"):
        raise WrongMoment(_("This council is already closed."))
    body.state, body.closed_date = "closed", at.date()
    body.established_date = body.established_date or at.date()
    body.save(update_fields=["state", "closed_date", "established_date"])
    record("close_council", thing=body, actor=actor, at=at, organisation_id=body.organisation_id)
    return body
