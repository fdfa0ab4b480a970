"""Five municipalities of one federation, each with a council of its own, and who sits there."""

from __future__ import annotations

from loype.accounts.models import Person
from loype.bodies.actions import (
    activate_council,
    add_seat,
    appoint_to_seat,
    establish_council,
)
from loype.bodies.models import Body, Seat, SeatKind
from loype.organisations.actions import found_organisation, give_role, join_federation
from loype.organisations.actor import HOUSE
from loype.trail.handovers import call_off_meeting
from tests.cast import BEGINNING, World

# Who leads the council of each neighbour.
LEADERS = {"elvestrand": "mia", "skogbygda": "gro", "sundkobing": "olaf", "norrsund": "alva"}
NEW_PEOPLE = {
    "alva": ("norrsund", ("administrator", "decider")),
    "elin": ("norrsund", ()),
    "tor": ("fjordvik", ()),
    "liv": ("fjordvik", ()),
    "una": ("fjordvik", ()),
}
# The seats that Fjordvik's council has beside those of the cast.
TECHNICAL, UNION = "Teknisk", "Tillitsvalgt"


def five_municipalities(world: World) -> World:
    """Sundkøbing and a Swedish neighbour join the three; all have councils."""
    assert world.federation is not None
    world.organisations["norrsund"] = found_organisation(
        name="Norrsunds kommun", short_name="NOR", kind="municipality", language="sv",
        actor=HOUSE, at=BEGINNING,
    )  # fmt: skip
    for key in ("sundkobing", "norrsund"):
        join_federation(
            world.federation, organisation=world.organisations[key], actor=HOUSE,
            from_date=BEGINNING.date(), at=BEGINNING,
        )  # fmt: skip
    for name, (home, roles) in NEW_PEOPLE.items():
        world.people[name] = _person(name, home=home, roles=roles, world=world)
    for place, leader in LEADERS.items():
        _council_of(world, place, leader=leader)
    _more_seats(world)
    assert world.meeting is not None
    call_off_meeting(world.meeting, reason="Flyttet", actor=world.actor("siv"), at=BEGINNING)
    return world


def _person(name: str, *, home: str, roles: tuple[str, ...], world: World) -> Person:
    person = Person.objects.create_user(
        f"{name}@example.test", name=name.capitalize(), language="en"
    )
    for role in ("employee", *roles):
        give_role(
            person, organisation=world.organisations[home], role=role, actor=HOUSE, at=BEGINNING
        )
    return person


def _council_of(world: World, place: str, *, leader: str) -> Body:
    """A council with its leader and the federation's Fia."""
    actor, organisation = world.actor(leader), world.organisations[place]
    body = establish_council(
        organisation, name=f"Rådet i {organisation.name}", federation=world.federation,
        actor=actor, at=BEGINNING,
    )  # fmt: skip
    _seat(world, body.seats.get(is_leader=True), leader, by=leader)
    _seat(world, body.seats.get(kind="federation"), "fia", by="fia")
    return activate_council(body, actor=actor, at=BEGINNING)


def _more_seats(world: World) -> None:
    """The union's seat, and one with a deputy, on Fjordvik's council."""
    assert world.council is not None
    siv = world.actor("siv")
    technical = add_seat(world.council, title=TECHNICAL, actor=siv, at=BEGINNING)
    union = add_seat(world.council, title=UNION, kind=SeatKind.UNION, actor=siv, at=BEGINNING)
    _seat(world, technical, "tor", by="siv")
    _seat(world, technical, "liv", by="siv", is_deputy=True)
    _seat(world, union, "una", by="siv")


def _seat(world: World, seat: Seat, name: str, *, by: str, is_deputy: bool = False) -> None:
    appoint_to_seat(
        seat, person=world.people[name], from_date=BEGINNING.date(), is_deputy=is_deputy,
        actor=world.actor(by), at=BEGINNING,
    )  # fmt: skip
