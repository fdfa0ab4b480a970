"""How a story and the figures of the flow look."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from loype.api.shapes import Day, Id


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
