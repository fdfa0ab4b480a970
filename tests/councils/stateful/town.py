"""Five municipalities, two federations, and everybody in them; built with verbs.

North, South and East work together in one federation, West in another, Far in none. North, South
and West have councils; in East the named decider decides until somebody sets one up. North also
has a steering group on which somebody from South sits, who has no business in North's council.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from loype.accounts.models import Person
from loype.bodies.actions import (
    activate_council,
    add_seat,
    adopt_rules_of_procedure,
    appoint_to_seat,
    establish_body,
    establish_council,
)
from loype.bodies.actions.papers import Procedural
from loype.bodies.loading import load_actor
from loype.bodies.models import Body, Seat
from loype.councils.models import LegalBasis
from loype.organisations.actions import (
    found_federation,
    found_organisation,
    give_role,
    join_federation,
)
from loype.organisations.actor import HOUSE, Actor
from loype.organisations.models import Federation, Organisation

FOUNDED = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
BEGINNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MUNICIPALITIES = ("north", "south", "east", "west", "far")
OFFICES = ("joint", "apart")
MEMBERS = {"joint": ("north", "south", "east"), "apart": ("west",)}
COUNCILS = {"north": "joint", "south": "joint", "west": "apart"}
POSTS = {
    "head": ("administrator", "decider"),
    "secretary": ("council_secretary",),
    "1": (),
    "2": (),
    "3": (),
}
"""Who works in a municipality: the head, the council's secretary, and three employees."""
OFFICE_POSTS: dict[str, tuple[str, ...]] = {
    "head": ("administrator", "coordinator"),
    "1": (),
    "2": (),
}
RULES = {
    "north": Procedural(allows_written=True, allows_urgent=True),
    "south": Procedural(
        notice_days=1, quorum="two_thirds", allows_written=True, allows_urgent=True
    ),
    "west": Procedural(quorum="all", decides_by="consensus", allows_written=True),
}
PEOPLE = tuple(
    f"{place}_{post}"
    for places, posts in ((MUNICIPALITIES, POSTS), (OFFICES, OFFICE_POSTS))
    for place in places
    for post in posts
)


@dataclass
class Town:
    """Everything that is there when a play begins."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    federations: dict[str, Federation] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)

    def actor(self, name: str, *, at: datetime) -> Actor:
        """Somebody as the rules see them on a day; nobody has no name."""
        if not name:
            return Actor()
        return load_actor(self.people[name].pk, name=name, day=at.date())


def build_town() -> Town:
    """Everybody, with three active councils."""
    town = Town()
    for place in (*MUNICIPALITIES, *OFFICES):
        is_office = place in OFFICES
        town.organisations[place] = found_organisation(
            name=place.capitalize(), short_name=place[:3].upper(), language="nb",
            kind="joint_body" if is_office else "municipality", inhabitants=1000 * len(place),
            actor=HOUSE, at=FOUNDED,
        )  # fmt: skip
        for post, roles in (OFFICE_POSTS if is_office else POSTS).items():
            _employ(town, place=place, post=post, roles=roles)
    for office, members in MEMBERS.items():
        _federate(town, office=office, members=members)
    for place, office in COUNCILS.items():
        _found_council(town, place=place, office=office)
    _found_steering_group(town)
    LegalBasis.objects.get_or_create(code="x", country="no", reference="§ 1", words="A person")
    return town


def _employ(town: Town, *, place: str, post: str, roles: tuple[str, ...]) -> None:
    name = f"{place}_{post}"
    person = Person.objects.create_user(f"{name}@example.test", name=name, language="en")
    home = town.organisations[place]
    town.people[name], town.names[person.pk], town.places[home.pk] = person, name, place
    for role in ("employee", *roles):
        give_role(person, organisation=home, role=role, actor=HOUSE, at=FOUNDED)


def _federate(town: Town, *, office: str, members: tuple[str, ...]) -> None:
    federation = found_federation(
        name=office, coordinator=town.organisations[office], actor=HOUSE, at=FOUNDED
    )
    town.federations[office] = federation
    for place in members:
        join_federation(
            federation, organisation=town.organisations[place], from_date=FOUNDED.date(),
            actor=HOUSE, at=FOUNDED,
        )  # fmt: skip


def _found_council(town: Town, *, place: str, office: str) -> None:
    """A council of a leader, two members and the federation."""
    head, office_head = (town.actor(f"{one}_head", at=FOUNDED) for one in (place, office))
    body = establish_council(
        town.organisations[place], name=f"Council of {place}", actor=head, at=FOUNDED,
        federation=town.federations[office],
    )  # fmt: skip
    for title in ("Health", "Schools"):
        add_seat(body, title=title, actor=head, at=FOUNDED)
    seats = body.seats.exclude(kind="federation").order_by("-is_leader", "pk")
    for seat, post in zip(seats, ("1", "2", "3"), strict=True):
        _appoint(town, seat, f"{place}_{post}", by=head)
    _appoint(town, body.seats.get(kind="federation"), f"{office}_1", by=office_head)
    activate_council(body, actor=head, at=FOUNDED)
    if place in RULES:
        adopt_rules_of_procedure(
            body, procedure=RULES[place], from_date=FOUNDED.date(), actor=head, at=FOUNDED
        )


def _found_steering_group(town: Town) -> None:
    north, south = (town.actor(f"{one}_head", at=FOUNDED) for one in ("north", "south"))
    body: Body = establish_body(
        town.organisations["north"], kind="steering_group", name="Steering group", actor=north,
        at=FOUNDED,
    )  # fmt: skip
    seat = add_seat(body, kind="party", party=town.organisations["south"], actor=north, at=FOUNDED)
    _appoint(town, body.seats.get(is_leader=True), "north_2", by=north)
    _appoint(town, seat, "south_3", by=south)
    activate_council(body, actor=north, at=FOUNDED)


def _appoint(town: Town, seat: Seat, name: str, *, by: Actor) -> None:
    appoint_to_seat(seat, person=town.people[name], from_date=FOUNDED.date(), actor=by, at=FOUNDED)
