"""Who may set up a body, appoint to its seats, and call and close its meetings."""

from __future__ import annotations

from loype.bodies.models import Body, Meeting, Seat, SeatKind
from loype.organisations.actor import Actor
from loype.organisations.labels import Role


def can_establish_body(actor: Actor, organisation_id: int) -> bool:
    """The organisation's own administrators and decider set up and close its council."""
    return (
        actor.is_house
        or actor.has_role(Role.ADMINISTRATOR, organisation_id)
        or actor.has_role(Role.DECIDER, organisation_id)
    )


def can_appoint(actor: Actor, *, body: Body, seat: Seat) -> bool:
    """Whoever a seat speaks for appoints to it; the federation only to its own seat.

    A seat may also ask for one role alone, such as the named decider.
    """
    if actor.is_house:
        return True
    if seat.kind == SeatKind.FEDERATION:
        return body.federation_id in actor.coordinated_federation_ids
    home = seat.home_id(body)
    if seat.appointing_role:
        return actor.has_role(seat.appointing_role, home)
    return can_establish_body(actor, home)


def can_adopt(actor: Actor, *, body: Body) -> bool:
    """The body through its leader, and those who set it up; the secretary only prepares."""
    return actor.leads_body(body.pk) or can_establish_body(actor, body.organisation_id)


def can_keep_year(actor: Actor, *, body: Body) -> bool:
    """Whoever prepares its meetings keeps its year wheel; so may whoever heads the organisation."""
    return can_prepare_meeting(actor, body=body) or actor.has_role(
        Role.DECIDER, body.organisation_id
    )


def can_promise(actor: Actor, *, body: Body) -> bool:
    """Who sits on the body, and who prepares its meetings, promises to bring people together."""
    return actor.sits_on(body.pk) or can_keep_year(actor, body=body)


def can_enter_council_room(actor: Actor, organisation_id: int) -> bool:
    """Members, the secretary and the named decider work in the council room."""
    return actor.is_house or organisation_id in actor.council_room_ids


def can_enter_meeting(actor: Actor, *, meeting: Meeting) -> bool:
    """The council room, and whoever sits on the body that meets."""
    room = can_enter_council_room(actor, meeting.organisation_id)
    return room or actor.sits_on(meeting.body_id)


def can_prepare_meeting(actor: Actor, *, body: Body) -> bool:
    """The leader and the secretary plan, call and write up meetings."""
    return (
        actor.is_house
        or actor.leads_body(body.pk)
        or actor.has_role(Role.COUNCIL_SECRETARY, body.organisation_id)
    )


def can_approve_minutes(actor: Actor, *, meeting: Meeting) -> bool:
    """Only the leader's seat approves minutes; the secretary prepares but cannot approve."""
    return actor.is_house or actor.leads_body(meeting.body_id)
