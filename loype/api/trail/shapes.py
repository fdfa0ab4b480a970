"""How a story and the figures of the flow look."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from loype.api.shapes import Day, Id
from loype.trail.participation import Line, Participation


class FromFacts(BaseModel):
    """Filled from what the trail computed."""

    model_config = ConfigDict(from_attributes=True)


class StationShape(FromFacts):
    """One stop on the way."""

    step: str
    title: str
    at: datetime
    who: str = Field(description="By role where somebody is hidden or has left.")
    reason: str
    days_before: int | None = Field(description="Days since the stop before.")
    thing_kind: str
    thing_id: int
    branch: str
    count: int


class LinkShape(FromFacts):
    """Another thing that this story leads to or comes from."""

    kind: str
    id: int
    title: str
    relation: str


class StoryShape(FromFacts):
    """The whole way of a thing, as far as the reader may see."""

    title: str
    kind: str
    id: int
    step: str
    language: str
    days: int
    stations: list[StationShape]
    links: list[LinkShape]
    is_cut: bool = Field(description="Whether the story is longer than what is told.")


class FlowFilters(BaseModel):
    """Of which organisation, and in which period; a year back if left out."""

    organisation_id: Id | None = None
    since: Day | None = None
    until: Day | None = Field(None, description="The first day that no longer counts.")


class StepTimeShape(FromFacts):
    """Days one step took; percentiles only where at least five went through."""

    step: str
    count: int
    low: float | None
    median: float | None
    high: float | None
    longest: float | None


class MonthShape(BaseModel):
    """What came in and what was decided in a month."""

    month: datetime
    handed_in: int
    decided: int


class FlowShape(BaseModel):
    """What came in, what became of it, and how long it took."""

    organisation_id: int
    since: datetime
    until: datetime
    handed_in: int
    with_responsible: int
    decided: int
    outcomes: dict[str, int]
    opened: int
    started: int
    finished: int
    stopped: int
    concluded: int
    published: int
    in_use: int
    waiting_now: int
    without_responsible_now: int
    oldest_waiting_since: datetime | None
    step_times: list[StepTimeShape]
    months: list[MonthShape]


class ParticipationFilters(BaseModel):
    """Of which organisation; the one you act in if left out."""

    organisation_id: Id | None = None


class GiversShape(FromFacts):
    """Givers of a unit or kind of work, or of several small ones together."""

    names: list[str] = Field(description="Units, or codes of works; empty text: not named.")
    people: int
    givers: int | None = Field(description="Null is from 1 to 4.")
    per_hundred: float | None
    carried_on: float | None = Field(description="Share of the ideas answered, from 0 to 1.")
    days: float | None = Field(description="Until the first decision, the middle one.")


class ParticipationShape(BaseModel):
    """Who gave ideas in twelve whole months."""

    organisation_id: int
    since: date
    until: date = Field(description="The first day that no longer counts.")
    people: int
    fewest_givers: int
    most_givers: int
    employee_driven: float | None = Field(description="Share of the ideas, from 0 to 1.")
    carried_on: float | None
    days: float | None
    units: list[GiversShape]
    works: list[GiversShape] | None = Field(description="Null where it would give a few away.")


def participation_shape(found: Participation, organisation_id: int) -> ParticipationShape:
    """The figures as they may be told."""
    return ParticipationShape(
        organisation_id=organisation_id,
        since=found.period.first,
        until=found.period.last_before,
        people=found.people,
        fewest_givers=found.givers[0],
        most_givers=found.givers[-1],
        employee_driven=found.employee_driven,
        carried_on=found.fate.carried_on,
        days=found.fate.days,
        units=[_givers_shape(line) for line in found.units],
        works=None if found.works is None else [_givers_shape(line) for line in found.works],
    )


def _givers_shape(line: Line) -> GiversShape:
    return GiversShape(
        names=list(line.names),
        people=line.people,
        givers=line.givers,
        per_hundred=line.per_hundred,
        carried_on=line.fate.carried_on,
        days=line.fate.days,
    )
