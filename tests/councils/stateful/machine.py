"""What every act of the play leans on: who does it, whether it was refused, and how often it
succeeded."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import IntegrityError, connection, transaction
from hypothesis import currently_in_test_context, event, strategies as some
from hypothesis.stateful import RuleBasedStateMachine

from loype.bodies.models import Body, Seat, Term
from loype.kernel.errors import Refusal
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from tests.councils.stateful.keeping import Keeping
from tests.councils.stateful.quorums import Quorums
from tests.councils.stateful.town import BEGINNING, PEOPLE, Town
from tests.promises import settle_promises

AnyThing = TypeVar("AnyThing")

number = some.integers(0, 999)
"""Which of the things that are there."""
who = some.one_of(some.just(""), some.just(""), some.just(""), some.sampled_from(PEOPLE))
"""Whoever may (mostly), or anybody at all."""

_THERE = """
    SELECT (SELECT count(*) FROM bodies_meeting WHERE state = 'planned') AS planned,
        (SELECT count(*) FROM bodies_meeting WHERE state = 'called') AS called,
        (SELECT count(*) FROM bodies_meeting WHERE state = 'held') AS held,
        (SELECT count(*) FROM councils_case WHERE state <> 'closed') AS cases,
        (SELECT count(*) FROM councils_agendaitem WHERE removed_at IS NULL) AS items,
        (SELECT count(*) FROM councils_proposal) AS proposals,
        (SELECT count(*) FROM councils_decision) AS decisions,
        (SELECT count(*) FROM councils_decision WHERE locked_at IS NOT NULL) AS locked,
        (SELECT count(*) FROM councils_jointinvitation) AS invitations,
        (SELECT count(*) FROM councils_jointterms) AS terms,
        (SELECT count(*) FROM portfolio_activity) AS activities,
        (SELECT count(*) FROM portfolio_election) AS elections,
        (SELECT count(*) FROM bodies_body WHERE state = 'draft') AS drafts
"""


class Play(RuleBasedStateMachine):
    """The town while its days go by; each play begins where the town was built."""

    def __init__(self, town: Town, tally: Counter[str]) -> None:
        super().__init__()
        self.town, self.tally = town, tally
        self.at = BEGINNING
        self.begun = transaction.savepoint()
        self.quorums, self.kept = Quorums(), Keeping()
        self.there: dict[str, int] = {}
        self.concerned: set[str] = set()
        self.acts = 0
        self.tally["plays"] += 1
        self.count_what_is_there()

    def teardown(self) -> None:
        """Look as everybody once more, then let it be as if it never happened."""
        try:
            if sys.exc_info()[0] is None:
                self.at_the_end()
        finally:
            transaction.savepoint_rollback(self.begun)

    def at_the_end(self) -> None:
        """What is looked at once a play; the whole play says what."""

    # --- acting ------------------------------------------------------------------------------

    @property
    def day(self) -> date:
        """Today."""
        return self.at.date()

    def attempt(self, act: Callable[..., AnyThing], *things: Any, **facts: Any) -> AnyThing | None:
        """Do it now, or be refused in words; anything but a refusal in words is a fault."""
        self.at += timedelta(minutes=1)
        self.acts += 1
        self.tally["acts"] += 1
        name = act.__name__
        try:
            with transaction.atomic():
                made = act(*things, at=self.at, **facts)
                settle_promises()
        except Refusal as said:
            self._note(f"{name} refused", f"{name}: {type(said).__name__}")
            return None
        self._note(name, f"{name}: done")
        self.kept.look(day=self.day)
        self.count_what_is_there()
        return made

    def go_round(self, name: str, statement: str, facts: Mapping[str, Any]) -> None:
        """Write past the verbs; the database must refuse whatever is touched."""
        self.refused_by_database(name, lambda: _run(statement, facts))

    def refused_by_database(self, name: str, write: Callable[[], int]) -> None:
        """The database refuses this write by one of its own promises, if it touches anything."""
        try:
            with transaction.atomic():
                touched = write()
                settle_promises()
        except IntegrityError:
            self._note(f"database: {name}", f"database: {name}")
            return
        assert not touched, f"The database let this through: {name}"

    def _note(self, counted: str, happened: str) -> None:
        """Count it; Hypothesis shows it with `--hypothesis-show-statistics`."""
        self.tally[counted] += 1
        if currently_in_test_context():
            event(happened)

    def count_what_is_there(self) -> None:
        """How many things of each kind there are, for the rules to be chosen by."""
        with connection.cursor() as cursor:
            cursor.execute(_THERE)
            names = [column.name for column in cursor.description]
            self.there = dict(zip(names, cursor.fetchone(), strict=True))

    # --- choosing ----------------------------------------------------------------------------

    def actor(self, chosen: str, *, apt: str = "") -> Actor:
        """Who acts: the one who was chosen, else the one who may."""
        return self.town.actor(chosen or apt, at=self.at)

    def home(self, place: str) -> Organisation:
        """A municipality or an office."""
        return self.town.organisations[place]

    def head_of(self, organisation_id: int) -> str:
        """The head of an organisation by name."""
        return f"{self.town.places[organisation_id]}_head"

    def secretary_of(self, organisation_id: int) -> str:
        """The secretary of a municipality by name."""
        return f"{self.town.places[organisation_id]}_secretary"

    def leader_of(self, body: Body | None, *, organisation_id: int) -> str:
        """Who leads a body today by name; the head where there is no body or no leader."""
        terms = Term.objects.filter(seat__body=body, seat__is_leader=True, is_deputy=False)
        term = terms.on(self.day).first() if body else None
        name = self.town.names.get(term.person_id, "") if term else ""
        return name or self.head_of(organisation_id)

    def appointer_of(self, seat: Seat) -> str:
        """Whoever names the holder of a seat, by name."""
        return self.head_of(seat.home_id(seat.body))


def one_of(things: Sequence[AnyThing], chosen: int) -> AnyThing | None:
    """One of the things that are there, None where nothing is."""
    return things[chosen % len(things)] if things else None


def _run(statement: str, facts: Mapping[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        return int(cursor.rowcount)
