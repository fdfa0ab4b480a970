"""The standing cast and a small world for it, built with verbs only.

Ada proposes, Bo chairs the council, Cai leads activities, Fia sits for the federation, Dee is in
another organisation of the federation, Olaf is outside it, Eve is not signed in. Beside them
stand Siv, who administers Ada's municipality, Gro, who decides in a municipality without a
council, and Mia, who decides in Dee's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from loype.accounts.models import Person
from loype.bodies.actions import (
    activate_council,
    add_seat,
    appoint_to_seat,
    call_meeting,
    establish_council,
    plan_meeting,
    register_attendance,
)
from loype.bodies.loading import load_actor
from loype.bodies.models import Body, Meeting, Seat
from loype.organisations.actions import (
    add_unit,
    found_federation,
    found_organisation,
    give_role,
    join_federation,
)
from loype.organisations.actor import HOUSE, Actor
from loype.organisations.models import Federation, Organisation, Unit

BEGINNING = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
TODAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "a long walk uphill"


@dataclass
class World:
    """Five organisations, one federation, one council, and everybody in it."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    unit: Unit | None = None
    federation: Federation | None = None
    council: Body | None = None
    meeting: Meeting | None = None

    @property
    def fjordvik(self) -> Organisation:
        """The municipality with the council."""
        return self.organisations["fjordvik"]

    def actor(self, name: str, *, at: datetime = TODAY) -> Actor:
        """Somebody of the cast as the rules see them on a day; Eve is nobody."""
        if name == "eve":
            return Actor()
        person = self.people[name]
        return load_actor(person.pk, name=person.name, day=at.date())


ORGANISATIONS = {
    "fjordvik": ("Fjordvik kommune", "FJO", "municipality", "nb"),
    "elvestrand": ("Elvestrand kommune", "ELV", "municipality", "nb"),
    "skogbygda": ("Skogbygda kommune", "SKO", "municipality", "nn"),
    "fjordlaget": ("Fjordlaget IKT", "FLI", "joint_body", "nb"),
    "sundkobing": ("Sundkøbing Kommune", "SUN", "municipality", "da"),
}
ROLES = {
    "ada": ("fjordvik", ()),
    "bo": ("fjordvik", ()),
    "cai": ("fjordvik", ()),
    "siv": ("fjordvik", ("administrator", "decider", "council_secretary")),
    "fia": ("fjordlaget", ("administrator", "coordinator")),
    "dee": ("elvestrand", ()),
    "mia": ("elvestrand", ("administrator", "decider")),
    "gro": ("skogbygda", ("administrator", "decider")),
    "olaf": ("sundkobing", ("administrator", "decider")),
}


def build_world() -> World:
    """Everybody, with an active council in Fjordvik that has a meeting called for tomorrow."""
    world = World()
    for key, (name, short, kind, language) in ORGANISATIONS.items():
        world.organisations[key] = found_organisation(
            name=name, short_name=short, kind=kind, language=language, actor=HOUSE, at=BEGINNING
        )
    for name, (home, roles) in ROLES.items():
        world.people[name] = _person(name)
        for role in ("employee", *roles):
            give_role(
                world.people[name],
                organisation=world.organisations[home],
                role=role,
                actor=HOUSE,
                at=BEGINNING,
            )
    world.unit = add_unit(world.fjordvik, name="Hjemmetjenesten", actor=HOUSE, at=BEGINNING)
    _found_federation(world)
    _found_council(world)
    return world


def _person(name: str) -> Person:
    # An unusable password keeps the cast quick to make; clients sign in with force_login.
    return Person.objects.create_user(f"{name}@example.test", name=name.capitalize(), language="en")


def _found_federation(world: World) -> None:
    world.federation = found_federation(
        name="Fjordlaget",
        coordinator=world.organisations["fjordlaget"],
        actor=HOUSE,
        at=BEGINNING,
    )
    for key in ("fjordvik", "elvestrand", "skogbygda"):
        join_federation(
            world.federation,
            organisation=world.organisations[key],
            from_date=BEGINNING.date(),
            actor=HOUSE,
            at=BEGINNING,
        )


def _found_council(world: World) -> None:
    assert world.federation is not None
    siv, fia = world.actor("siv"), world.actor("fia")
    body = establish_council(
        world.fjordvik,
        name="Innovasjonsrådet i Fjordvik",
        federation=world.federation,
        actor=siv,
        at=BEGINNING,
    )
    leader = Seat.objects.get(body=body, is_leader=True)
    federation_seat = Seat.objects.get(body=body, kind="federation")
    member = add_seat(body, title="Helse og omsorg", discipline="health", actor=siv, at=BEGINNING)
    day = BEGINNING.date()
    for seat, name, who in (
        (leader, "bo", siv),
        (member, "cai", siv),
        (federation_seat, "fia", fia),
    ):
        appoint_to_seat(seat, person=world.people[name], from_date=day, actor=who, at=BEGINNING)
    world.council = activate_council(body, actor=siv, at=BEGINNING)
    meeting = plan_meeting(
        world.council,
        starts_at=TODAY + timedelta(days=1),
        place="Rådhuset",
        actor=world.actor("bo"),
        at=BEGINNING,
    )
    called = call_meeting(meeting, actor=world.actor("bo"), at=BEGINNING)
    world.meeting = everybody_comes(called, actor=world.actor("bo"), at=BEGINNING)


def everybody_comes(meeting: Meeting, *, actor: Actor, at: datetime) -> Meeting:
    """Every seat that is called is there, so that something can be decided."""
    seats = meeting.calls.values_list("seat_id", flat=True)
    return register_attendance(meeting, present=dict.fromkeys(seats), actor=actor, at=at)
