"""A centre that three parties own, and bodies to try the rules on; built with verbs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from loype.accounts.models import Person
from loype.bodies.actions import appoint_to_seat, establish_body
from loype.bodies.loading import load_actor
from loype.bodies.models import Body, Seat
from loype.bodies.packing import establish_from_pack, load_pack
from loype.organisations.actions import found_organisation, give_role
from loype.organisations.actor import HOUSE, Actor
from loype.organisations.models import Organisation
from tests.cast import BEGINNING, TODAY, World


@dataclass
class Centre:
    """A national centre with a steering group of three parties, and its people."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    group: Body | None = None

    @property
    def body(self) -> Body:
        """The steering group."""
        assert self.group is not None
        return self.group

    def actor(self, name: str, *, at: datetime = TODAY) -> Actor:
        """Somebody of the centre as the rules see them."""
        person = self.people[name]
        return load_actor(person.pk, name=person.name, day=at.date())

    def person(self, name: str, home: str, *roles: str) -> Person:
        """Somebody who works in one of the organisations."""
        made = Person.objects.create_user(f"{name}@example.test", name=name.capitalize())
        for role in ("employee", *roles):
            give_role(
                made, organisation=self.organisations[home], role=role, actor=HOUSE, at=BEGINNING
            )
        self.people[name] = made
        return made

    def seats_of(self, party: str) -> list[Seat]:
        """The seats of a party, the leader's first."""
        seats = self.body.seats.filter(party=self.organisations[party])
        return list(seats.order_by("-is_leader", "id"))


PARTIES = {
    "centre": ("Center for offentlig nytænkning", "CON", "national_centre"),
    "state": ("Statsministeriet for orden", "SFO", "ministry"),
    "municipalities": ("Kommunernes samvirke", "KSV", "association"),
    "regions": ("Regionernes samvirke", "RSV", "association"),
    "employees": ("Medarbejdernes hovedorganisation", "MHO", "union"),
}


def build_centre() -> Centre:
    """The centre with its steering group set up from the pack; nobody sits on it yet."""
    centre = Centre()
    for key, (name, short, kind) in PARTIES.items():
        centre.organisations[key] = found_organisation(
            name=name, short_name=short, kind=kind, language="da", actor=HOUSE, at=BEGINNING
        )
    centre.person("hans", "centre", "administrator", "decider")
    centre.person("sofie", "centre", "council_secretary")
    for party in ("state", "municipalities", "regions", "employees"):
        centre.person(f"{party}_admin", party, "administrator")
    for party in ("state", "municipalities", "regions"):
        for number in range(3):
            centre.person(f"{party}_{number}", party)
    centre.person("employees_0", "employees")
    parties = {key: one for key, one in centre.organisations.items() if key != "centre"}
    centre.group = establish_from_pack(
        centre.organisations["centre"], pack=load_pack("dk-coi"), kind="steering_group",
        parties=parties, actor=centre.actor("hans"), at=TODAY,
    )  # fmt: skip
    return centre


def fill(centre: Centre, *parties: str, most: int = 3) -> None:
    """Let each party name its members."""
    for party in parties:
        for number, seat in enumerate(centre.seats_of(party)[:most]):
            appoint_to_seat(
                seat, person=centre.people[f"{party}_{number}"], from_date=TODAY.date(),
                actor=centre.actor(f"{party}_admin"), at=TODAY,
            )  # fmt: skip


def subject_group(world: World) -> Body:
    """A subject group of the federation, led from Fjordvik, with rules from the pack."""
    return establish_from_pack(
        world.organisations["fjordlaget"], pack=load_pack("no-ror"), kind="subject_group",
        federation=world.federation, leader_party=world.fjordvik,
        actor=world.actor("fia"), at=TODAY,
    )  # fmt: skip


def forum(world: World) -> Body:
    """A forum in Fjordvik."""
    return establish_body(
        world.fjordvik, kind="forum", name="Forum", actor=world.actor("siv"), at=TODAY
    )
