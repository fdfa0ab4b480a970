"""Bodies: setting them up, filling their seats, and seeing them on any day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from ninja import Query

from loype.api.actor import ApiRequest
from loype.api.bodies.shapes import (
    AddedShape,
    BodyDetail,
    BodyFilters,
    BodySeat,
    BodySeatWanted,
    BodyShape,
    BodyWanted,
    EndWanted,
    OnDay,
    PackWanted,
    RuleShape,
    RuleWanted,
    body_detail,
    body_shape,
    seat_shape,
)
from loype.api.councils.meeting_shapes import TermShape, TermWanted
from loype.api.finding import find, maybe
from loype.api.idempotency import Key, create
from loype.api.operations import changing, creating, reading, room
from loype.api.paging import Page, keyset
from loype.api.shapes import Id, somebody
from loype.bodies.actions import (
    activate_council,
    add_composition_rule,
    add_seat,
    appoint_to_seat,
    end_composition_rule,
    establish_body,
    establish_council,
)
from loype.bodies.as_of import SeatThen, body_on
from loype.bodies.models import Body, BodyKind, CompositionRule, Seat
from loype.bodies.packing import establish_from_pack, load_pack, take_up_pack
from loype.councils.actions import close_body
from loype.kernel.clock import now
from loype.kernel.errors import BadInput
from loype.organisations.actor import Actor
from loype.organisations.models import Federation, Organisation

router = room("bodies")


def _bodies(actor: Actor) -> QuerySet[Body]:
    return Body.objects.visible_to(actor).select_related("organisation", "federation")


def load(request: ApiRequest, body_id: int) -> Body:
    """A body one may know of."""
    return find(_bodies(request.actor), body_id)


def _organisation(request: ApiRequest, pk: int | None) -> Organisation | None:
    return maybe(Organisation.objects.visible_to(request.actor), pk)


def _parties(request: ApiRequest, parties: Mapping[str, int]) -> dict[str, Organisation]:
    """The organisations named as parties; one that is not there is left for the verb to miss."""
    rows = Organisation.objects.visible_to(request.actor).filter(pk__in=parties.values())
    found = {one.pk: one for one in rows}
    return {key: found[pk] for key, pk in parties.items() if pk in found}


@router.get(
    "/bodies",
    operation_id="list_bodies",
    **reading(Page[BodyShape], summary="Councils and groups", found=False),
)
def list_bodies(request: ApiRequest, filters: Query[BodyFilters]) -> Page[BodyShape]:
    """Of your organisation, those it works with, and where you sit; newest first."""
    rows = _bodies(request.actor)
    if filters.organisation_id:
        rows = rows.filter(organisation=filters.organisation_id)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.state:
        rows = rows.filter(state=filters.state)
    return keyset(rows, body_shape, paging=filters)


@router.get(
    "/bodies/{body_id}",
    operation_id="get_body",
    **reading(BodyDetail, summary="A body as it was on a day"),
)
def get_body(request: ApiRequest, body_id: Id, day: Query[OnDay]) -> BodyDetail:
    """Who sat on it, by which rules, what it went by, and what was missing."""
    return body_detail(body_on(load(request, body_id), day=day.on or now().date()))


@router.post(
    "/bodies", operation_id="establish_body", **creating(BodyShape, summary="Set up a body")
)
def establish(request: ApiRequest, wanted: BodyWanted, idempotency_key: Key) -> object:
    """For the organisation itself; with a pack it begins with the usual seats, rules and papers."""

    def make(at: datetime) -> BodyShape:
        return body_shape(_establish(request, wanted, at=at))

    return create(request, make, key=idempotency_key, body=wanted)


def _establish(request: ApiRequest, wanted: BodyWanted, *, at: datetime) -> Body:
    """From a pack, or bare; a council has a federation and nothing that ends by itself."""
    home = find(Organisation.objects.visible_to(request.actor), wanted.organisation_id)
    # the verbs see whether the organisation takes part in it
    federation = maybe(Federation.objects.visible_to(request.actor), wanted.federation_id)
    facts: dict[str, Any] = {
        "name": wanted.name,
        "decision_reference": wanted.decision_reference,
        "actor": request.actor,
        "at": at,
    }
    is_council = wanted.kind == BodyKind.INNOVATION_COUNCIL
    if not is_council:
        names = ("commission", "delivery", "ends_date")
        facts |= {name: getattr(wanted, name) for name in names}
    if wanted.pack:
        leader = _organisation(request, wanted.leader_party_id)
        return establish_from_pack(
            home, pack=load_pack(wanted.pack), kind=wanted.kind, federation=federation,
            parties=_parties(request, wanted.parties), leader_party=leader, **facts,
        )  # fmt: skip
    if not is_council:
        leader = _organisation(request, wanted.leader_party_id)
        return establish_body(
            home, kind=wanted.kind, federation=federation, leader_party=leader, **facts
        )
    if federation is None:
        raise BadInput({"federation_id": _("A council has a seat for a federation: say which.")})
    return establish_council(home, federation=federation, **facts)


@router.post(
    "/bodies/{body_id}/pack",
    operation_id="take_up_pack",
    **changing(AddedShape, summary="Take up a default pack"),
)
def take_up(request: ApiRequest, body_id: Id, wanted: PackWanted) -> AddedShape:
    """Adds what the body lacks and leaves what it has; a second time changes nothing."""
    added = take_up_pack(
        load(request, body_id), pack=load_pack(wanted.pack),
        parties=_parties(request, wanted.parties), actor=request.actor, at=now(),
    )  # fmt: skip
    return AddedShape(added=[str(one) for one in added])


@router.post(
    "/bodies/{body_id}/activate",
    operation_id="activate_body",
    **changing(BodyShape, summary="Let a body begin its work"),
)
def activate(request: ApiRequest, body_id: Id) -> BodyShape:
    """Refused with everything that its rules find missing."""
    activate_council(load(request, body_id), actor=request.actor, at=now())
    return body_shape(load(request, body_id))


@router.post(
    "/bodies/{body_id}/close",
    operation_id="close_body",
    **changing(BodyShape, summary="End a body"),
)
def close(request: ApiRequest, body_id: Id) -> BodyShape:
    """Its history stays."""
    close_body(load(request, body_id), actor=request.actor, at=now())
    return body_shape(load(request, body_id))


@router.post(
    "/bodies/{body_id}/seats",
    operation_id="add_body_seat",
    **creating(BodySeat, summary="Add a seat to a body"),
)
def add_a_seat(
    request: ApiRequest, body_id: Id, wanted: BodySeatWanted, idempotency_key: Key
) -> object:
    """For the organisation itself, where the rules have room for it."""

    def make(at: datetime) -> BodySeat:
        facts = wanted.model_dump(exclude={"party_id"})
        seat = add_seat(
            load(request, body_id), party=_organisation(request, wanted.party_id),
            actor=request.actor, at=at, **facts,
        )  # fmt: skip
        return seat_shape(SeatThen(seat, None, None))

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/bodies/{body_id}/seats/{seat_id}/terms",
    operation_id="appoint_to_body_seat",
    **creating(TermShape, summary="Let somebody hold a seat of a body"),
)
def appoint(
    request: ApiRequest, body_id: Id, seat_id: Id, wanted: TermWanted, idempotency_key: Key
) -> object:
    """Whoever the seat speaks for appoints to it; the federation only to its own."""

    def make(at: datetime) -> TermShape:
        body = load(request, body_id)
        seat = find(Seat.objects.visible_to(request.actor).filter(body=body), seat_id)
        term = appoint_to_seat(
            seat, person=somebody(wanted.person_id), from_date=wanted.from_date,
            is_deputy=wanted.is_deputy, decision_reference=wanted.decision_reference,
            actor=request.actor, at=at,
        )  # fmt: skip
        return TermShape.model_validate(term, from_attributes=True)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/bodies/{body_id}/rules",
    operation_id="add_composition_rule",
    **creating(RuleShape, summary="Say who must sit on a body"),
)
def add_rule(request: ApiRequest, body_id: Id, wanted: RuleWanted, idempotency_key: Key) -> object:
    """For the organisation itself; in force from a day on."""

    def make(at: datetime) -> RuleShape:
        facts = wanted.model_dump(exclude={"party_id"})
        rule = add_composition_rule(
            load(request, body_id), party=_organisation(request, wanted.party_id),
            actor=request.actor, at=at, **facts,
        )  # fmt: skip
        return RuleShape.model_validate(rule)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/bodies/{body_id}/rules/{rule_id}/end",
    operation_id="end_composition_rule",
    **changing(RuleShape, summary="Let a rule about who sits on a body end"),
)
def end_rule(request: ApiRequest, body_id: Id, rule_id: Id, wanted: EndWanted) -> RuleShape:
    """It holds for the last time on that day, and stays in the body's history."""
    rules = CompositionRule.objects.visible_to(request.actor).filter(body=body_id)
    rule = find(rules.select_related("body"), rule_id)
    ended = end_composition_rule(rule, to_date=wanted.to_date, actor=request.actor, at=now())
    return RuleShape.model_validate(ended)
