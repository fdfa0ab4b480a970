"""What the building of the demo keeps in mind: the clock, the people, the things made so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any

from loype.accounts.models import Person
from loype.bodies.loading import load_actor
from loype.bodies.models import Body, Meeting
from loype.demo.reading import Row
from loype.ideas.models import Idea
from loype.organisations.actor import Actor
from loype.organisations.models import Federation, Organisation, Unit
from loype.portfolio.models import Activity

Act = Callable[[datetime], Any]


@dataclass
class Stage:
    """The demo while it is being built."""

    now: datetime
    tables: dict[str, list[Row]]
    people: dict[str, Person] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    units: dict[tuple[str, str], Unit] = field(default_factory=dict)
    federations: dict[str, Federation] = field(default_factory=dict)
    councils: dict[str, Body] = field(default_factory=dict)
    meetings: dict[tuple[str, int], Meeting] = field(default_factory=dict)
    ideas: dict[str, Idea] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)
    _order: Iterator[int] = field(default_factory=count)
    _planned: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _actors: dict[tuple[str, date], Actor] = field(default_factory=dict)

    def moment(self, days_ago: int, *, hour: int = 9, minute: int = 0) -> datetime:
        """A time of day so many days ago (in UTC, which is early enough for a Nordic work day)."""
        day = self.now - timedelta(days=days_ago)
        return day.replace(hour=hour, minute=minute, second=0, microsecond=0)

    def plan(self, moment: datetime, act: Act) -> None:
        """Let something happen at a moment; what would lie ahead of now is left out."""
        if moment <= self.now:
            heappush(self._planned, (moment, next(self._order), act))

    def play(self) -> int:
        """Let everything happen in order of time, also what is planned on the way; how much?"""
        done = 0
        while self._planned:
            moment, _order, act = heappop(self._planned)
            act(moment)
            done += 1
        return done

    def actor(self, key: str, at: datetime) -> Actor:
        """A person as the rules see them on a day."""
        found = self._actors.get((key, at.date()))
        if found is None:
            person = self.people[key]
            found = load_actor(person.pk, name=person.name, day=at.date())
            self._actors[key, at.date()] = found
        return found

    def forget_actors(self) -> None:
        """Roles or seats changed: ask anew."""
        self._actors.clear()

    def decider_of(self, organisation: str) -> str:
        """Who writes decisions down there: the council's leader, else the named decider."""
        for seat in self.tables["seat"]:
            if seat["organisation"] == organisation and seat["kind"] == "leader":
                return str(seat["person"])
        return self.holder_of("decider", organisation)

    def holder_of(self, role: str, organisation: str) -> str:
        """Somebody who has a role in an organisation."""
        return next(
            str(person["key"])
            for person in self.tables["person"]
            if person["organisation"] == organisation and role in person["roles"]
        )

    def secretary_of(self, organisation: str) -> str:
        """Who prepares the cases there."""
        for council in self.tables["council"]:
            if council["organisation"] == organisation:
                return str(council["secretary"])
        return self.decider_of(organisation)
