"""How news looks, and what is sent to edit, tell, correct and withdraw it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, Field

from loype.api.paging import Paging
from loype.api.shapes import Id, Line, OrganisationRef, Text, Version, Wanted, organisation_ref


class NewsKindName(StrEnum):
    """What news tells of."""

    DECIDED = "decided"
    TOGETHER = "together"
    JOINED = "joined"
    STARTED = "started"
    GATE = "gate"
    EVALUATED = "evaluated"
    SOLUTION = "solution"
    IN_USE = "in_use"


class Width(StrEnum):
    """Who may read news."""

    ORGANISATION = "organisation"
    FEDERATION = "federation"
    PUBLIC = "public"


class NewsFilters(Paging):
    """Which news is wanted."""

    organisation_id: Id | None = None
    kind: NewsKindName | None = None


class NewsShape(BaseModel):
    """A news item with its words as they stand now."""

    id: int
    kind: str
    state: str
    headline: str
    text: str
    language: str
    visibility: str = Field(description="Empty until it is told.")
    organisation: OrganisationRef
    idea_id: int | None = Field(description="What it all began with; you may not see it.")
    activity_id: int | None
    solution_id: int | None
    happened_at: datetime
    published_at: datetime | None
    corrected_at: datetime | None
    correction: str = Field(description="What was wrong, where something was put right.")
    version: int


class NewsWordsWanted(Wanted):
    """The words of a draft."""

    headline: Line
    text: Text
    version: Version | None = None


class PublishWanted(Wanted):
    """For whom a draft is told; words that are left out stay."""

    visibility: Width
    version: Version | None = None


class CorrectionWanted(NewsWordsWanted):
    """The words from now on, and what was wrong."""

    note: Text


class LeaveOutWanted(Wanted):
    """The version that was read."""

    version: Version | None = None


class WithdrawNewsWanted(Wanted):
    """Why it is taken back."""

    reason: Text
    version: Version | None = None


def news_shape(item: Any) -> NewsShape:
    """An item loaded `with_words`."""
    return NewsShape(
        id=item.pk,
        kind=item.kind,
        state=item.state,
        headline=item.now_headline,
        text=item.now_text,
        language=item.language,
        visibility=item.visibility,
        organisation=organisation_ref(item.organisation),
        idea_id=item.idea_id,
        activity_id=item.activity_id,
        solution_id=item.solution_id,
        happened_at=item.happened_at,
        published_at=item.published_at,
        corrected_at=item.corrected_at,
        correction=item.correction or "",
        version=item.version,
    )
