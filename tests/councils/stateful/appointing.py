"""Councils are set up, seats are filled and left, people come and go, days pass."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as some
from hypothesis.stateful import rule

from loype.bodies.actions import (
    activate_council,
    add_seat,
    adopt_rules_of_procedure,
    appoint_to_seat,
    close_seat,
    end_term,
    establish_council,
)
from loype.bodies.actions.papers import Procedural
from loype.bodies.models import Body, Seat, Term
from loype.councils.actions import close_body
from loype.organisations.actions import (
    end_federation_membership,
    end_membership,
    give_role,
    join_federation,
    leave_organisation,
)
from loype.organisations.models import FederationMembership, Membership, Organisation
from tests.councils.stateful.machine import Play, number, one_of, who
from tests.councils.stateful.town import MUNICIPALITIES, OFFICES, PEOPLE

days_around = some.sampled_from((-20, -3, 0, 0, 0, 0, 1, 4, 15, 60))
quorums = some.sampled_from(("half", "two_thirds", "all", "none", "number"))


class Appointing(Play):
    """Who sits where, and who works where."""

    @rule(days=some.sampled_from((1, 1, 1, 2, 5, 12, 40)))
    def time_passes(self, days: int) -> None:
        self.at += timedelta(days=days)
        self.acts += 1
        self.tally["time_passes"] += 1
        self.kept.look(day=self.day)

    @rule(chosen=number, person=number, who=who, days=days_around, is_deputy=some.booleans())
    def appoint(self, chosen: int, person: int, who: str, days: int, is_deputy: bool) -> None:
        seats = Seat.objects.standing().exclude(body__state="closed").order_by("pk")
        if seat := one_of(list(seats.select_related("body__federation")), chosen):
            self._fill(seat, chosen=person, who=who, days=days, is_deputy=is_deputy)

    def _fill(
        self, seat: Seat, *, chosen: int, who: str, days: int, is_deputy: bool = False
    ) -> None:
        """Mostly with somebody who works where the seat comes from."""
        home = self.town.places[seat.home_id(seat.body)]
        colleagues = [name for name in PEOPLE if name.startswith(home)]
        name = one_of(colleagues if chosen % 4 else [*colleagues, *PEOPLE], chosen)
        if name is not None:
            self.attempt(
                appoint_to_seat, seat, person=self.town.people[name], is_deputy=is_deputy,
                from_date=self.day + timedelta(days=days),
                actor=self.actor(who, apt=self.appointer_of(seat)),
            )  # fmt: skip

    @rule(chosen=number, who=who, days=days_around)
    def step_down(self, chosen: int, who: str, days: int) -> None:
        terms = Term.objects.exclude(seat__body__state="closed").on_or_after(self.day)
        rows = terms.select_related("seat__body__federation").order_by("pk")
        if term := one_of(list(rows), chosen):
            self.attempt(
                end_term, term, to_date=self.day + timedelta(days=days),
                actor=self.actor(who, apt=self.appointer_of(term.seat)),
            )  # fmt: skip

    @rule(chosen=number, who=who, adds=some.booleans(), party=some.booleans())
    def change_seats(self, chosen: int, who: str, adds: bool, party: bool) -> None:
        """A seat is added and filled, also one for another municipality, or taken away."""
        if adds:
            self._add_seat(chosen, who=who, party=self.home("south") if party else None)
            return
        seats = Seat.objects.standing().exclude(body__state="closed").select_related("body")
        plain = seats.exclude(kind="federation") if chosen % 3 else seats
        if seat := one_of(list(plain.order_by("pk")), chosen):
            actor = self.actor(who, apt=self.head_of(seat.body.organisation_id))
            self.attempt(close_seat, seat, actor=actor)

    def _add_seat(self, chosen: int, *, who: str, party: Organisation | None) -> None:
        body = one_of(list(Body.objects.exclude(state="closed").order_by("pk")), chosen)
        if body is None or Seat.objects.filter(body=body).standing().count() > 6:
            return
        seat = self.attempt(
            add_seat, body, title="More", party=party, has_vote=bool(chosen % 4),
            kind="party" if party else "municipality",
            actor=self.actor(who, apt=self.head_of(body.organisation_id)),
        )  # fmt: skip
        if seat is not None:
            seat.body = body
            self._fill(seat, chosen=chosen, who=who, days=0)

    @rule(chosen=number, who=who, place=some.sampled_from(MUNICIPALITIES), act=number)
    def change_body(self, chosen: int, who: str, place: str, act: int) -> None:
        """A council is set up, begins, or ends; ending one is rarer."""
        drafts = list(Body.objects.filter(state="draft").order_by("pk"))
        if body := one_of(drafts, chosen) if act % 3 else None:
            actor = self.actor(who, apt=self.head_of(body.organisation_id))
            self.attempt(activate_council, body, actor=actor)
        elif act % 5 == 0:
            self._end_one(chosen, who=who)
        else:
            self._set_up(place, who=who, chosen=chosen)

    def _set_up(self, place: str, *, who: str, chosen: int) -> None:
        """Mostly where there is none; the federation is mostly the municipality's own."""
        bodies = Body.objects.councils().exclude(state="closed")
        if bodies.filter(organisation=self.home(place)).exists():
            place = "east"
        office = "apart" if place == "west" or chosen % 5 == 0 else "joint"
        body = self.attempt(
            establish_council, self.home(place), name="Council",
            actor=self.actor(who, apt=f"{place}_head"), federation=self.town.federations[office],
        )  # fmt: skip
        if body is not None:
            for seat in body.seats.all():
                self._fill(seat, chosen=1, who="", days=0)
            if chosen % 3:
                self.attempt(activate_council, body, actor=self.actor(who, apt=f"{place}_head"))

    def _end_one(self, chosen: int, *, who: str) -> None:
        if body := one_of(list(Body.objects.active().order_by("pk")), chosen):
            actor = self.actor(who, apt=self.head_of(body.organisation_id))
            self.attempt(close_body, body, actor=actor)

    @rule(chosen=number, who=who, quorum=quorums, votes=some.booleans(), notice=number)
    def adopt_rules(self, chosen: int, who: str, quorum: str, votes: bool, notice: int) -> None:
        if body := one_of(list(Body.objects.exclude(state="closed").order_by("pk")), chosen):
            leader = self.leader_of(body, organisation_id=body.organisation_id)
            rules = Procedural(
                notice_days=notice % 3, quorum=quorum, quorum_number=2,
                decides_by="vote" if votes else "consensus", allows_written=True,
                allows_urgent=True,
            )  # fmt: skip
            self.attempt(
                adopt_rules_of_procedure, body, procedure=rules,
                from_date=self.day + timedelta(days=notice % 5),
                actor=self.actor(who, apt=leader),
            )  # fmt: skip

    @rule(
        person=some.sampled_from(PEOPLE),
        place=some.sampled_from((*MUNICIPALITIES, *OFFICES)),
        role=some.sampled_from(("employee", "decider", "council_secretary", "coordinator")),
        who=who,
        leaves=number,
    )
    def change_work(self, person: str, place: str, role: str, who: str, leaves: int) -> None:
        """People begin somewhere, also in another municipality; lose a role; or leave wholly."""
        if leaves % 2:
            self.attempt(
                give_role, self.town.people[person], organisation=self.home(place), role=role,
                actor=self.actor(who, apt=f"{place}_head"),
            )  # fmt: skip
            return
        held = Membership.objects.on(self.day).exclude(role="administrator")
        plain = held.filter(person=self.town.people[person]).select_related("organisation")
        if membership := one_of(list(plain.order_by("pk")), leaves):
            actor = self.actor(who, apt=self.head_of(membership.organisation_id))
            self.concerned.add(person)
            if leaves % 4:
                self.attempt(end_membership, membership, actor=actor)
            else:
                self.attempt(
                    leave_organisation, membership.organisation,
                    person=self.town.people[person], actor=actor,
                )  # fmt: skip

    @rule(place=some.sampled_from(MUNICIPALITIES), office=some.sampled_from(OFFICES), who=who)
    def change_company(self, place: str, office: str, who: str) -> None:
        """A municipality leaves a federation it is in, which no council's may, or joins one."""
        federation = self.town.federations[office]
        members = FederationMembership.objects.filter(federation=federation)
        standing = members.on(self.day).filter(organisation=self.home(place), to_date=None).first()
        actor = self.actor(who, apt=f"{office}_head")
        if standing is not None:
            self.attempt(
                end_federation_membership, standing, to_date=self.day - timedelta(days=1),
                actor=actor,
            )  # fmt: skip
        else:
            self.attempt(
                join_federation, federation, organisation=self.home(place), from_date=self.day,
                actor=actor,
            )  # fmt: skip
