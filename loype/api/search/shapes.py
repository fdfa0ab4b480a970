"""How hits, counts, saved searches and keywords look, and what is sent to ask and to keep."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from loype.api.shapes import NO_NUL, Id, Keyword, OrganisationRef, Wanted
from loype.organisations.labels import Language
from loype.search.chosen import LONGEST_ASKED, MOST_CHOICES
from loype.search.explanation import told
from loype.search.finding import POOL, Found
from loype.search.labels import Band, Kind
from loype.search.ranking import Hit
from loype.search.saved.actions import LONGEST_NAME
from loype.search.saved.models import SavedSearch

LONGEST_LIKE = 4_000
SHOWN_TEXT = 400

Question = Annotated[str, StringConstraints(max_length=LONGEST_ASKED, pattern=NO_NUL)]
Code = Annotated[str, StringConstraints(max_length=30, pattern=r"^[a-z_]+$")]
Year = Annotated[int, Field(ge=1900, le=2099)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME, pattern=NO_NUL)]


class Narrowed(BaseModel):
    """What an answer is narrowed to; several values of one name widen it again."""

    kind: list[Kind] = Field(default_factory=list, max_length=MOST_CHOICES)
    variant: list[Code] = Field(
        default_factory=list, max_length=MOST_CHOICES, description="Of ideas: idea, need, wish."
    )
    state: list[Code] = Field(default_factory=list, max_length=MOST_CHOICES)
    language: list[Language] = Field(default_factory=list, max_length=MOST_CHOICES)
    keyword: list[Keyword] = Field(
        default_factory=list,
        max_length=MOST_CHOICES,
        description="A code, or any word for it in any language.",
    )
    organisation: list[Id] = Field(default_factory=list, max_length=MOST_CHOICES)
    year: list[Year] = Field(default_factory=list, max_length=MOST_CHOICES)
    federation: Id | None = None

    def said(self) -> dict[str, list[str]]:
        """As an address says it."""
        found = self.model_dump(mode="json", include=set(Narrowed.model_fields))
        federation = found.pop("federation")
        kept = {name: [str(value) for value in values] for name, values in found.items()}
        return kept | ({"federation": [str(federation)]} if federation else {})


class SearchWanted(Narrowed):
    """A question, what it is narrowed to, and which page of the answer."""

    q: Question = Field("", description="If left out: the newest.")
    page: Annotated[int, Field(ge=1, le=POOL)] = 1
    per_page: Annotated[int, Field(ge=1, le=100)] = 20
    by_meaning: bool = Field(True, description="False looks for words alone; it is quicker.")


class HitShape(BaseModel):
    """Something that was found, and why."""

    kind: str
    id: int
    page_id: int = Field(description="The thing whose page shows it: a comment's idea.")
    variant: str
    state: str
    title: str
    text: str = Field(description="Its beginning, as the author wrote it.")
    language: str
    organisation: OrganisationRef
    happened_at: datetime
    is_in_use: bool = Field(description="A solution that others use.")
    keywords: list[str]
    band: str = Field(description="same, similar, related, or empty.")
    probability: float = Field(description="That it is the same need as was asked for.")
    words: list[str] = Field(description="Its own words that met the question.")
    reason: str = Field(description="Why it was found, in the reader's language.")


class CountShape(BaseModel):
    """A value of a facet, and how many texts it would leave."""

    value: str
    count: int


class FoundShape(BaseModel):
    """One page of an answer, with counts over all of it."""

    items: list[HitShape]
    count: int
    is_cut: bool = Field(description="There were more than are ranked and counted.")
    by_meaning: bool = Field(description="False where it was found by words alone.")
    page: int
    pages: int
    facets: dict[str, list[CountShape]]
    organisations: dict[str, str] = Field(description="Names of the organisations by number.")


class AlikeWanted(BaseModel):
    """A text whose twins are looked for."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_LIKE, pattern=NO_NUL)]
    language: Language | None = Field(None, description="What it is written in, if you know.")
    least: Band = Field(Band.RELATED, description="How alike at least.")
    limit: Annotated[int, Field(ge=1, le=50)] = 8


class AlikeShape(BaseModel):
    """Solutions in use first, then the most alike."""

    items: list[HitShape]


class SavedWanted(Wanted):
    """A search to keep."""

    q: Question = ""
    narrowed: Narrowed = Narrowed()
    name: Annotated[str, StringConstraints(max_length=LONGEST_NAME, pattern=NO_NUL)] = Field(
        "", description="The question itself if left out."
    )


class NameWanted(Wanted):
    """What it is called from now on."""

    name: Name


class SavedShape(BaseModel):
    """A search that one hears of when something new turns up."""

    id: int
    name: str
    q: str
    narrowed: dict[str, list[str]]
    saved_at: datetime
    run_at: datetime
    told_at: datetime | None


class SavedList(BaseModel):
    """One's own, the newest first."""

    items: list[SavedShape]


class KeywordShape(BaseModel):
    """A controlled keyword: the first word of each language is its label."""

    code: str
    words: dict[str, list[str]]


class KeywordList(BaseModel):
    """All of them, in the order of their codes."""

    items: list[KeywordShape]


def hit_shape(hit: Hit, *, language: str) -> HitShape:
    """A hit with its reason."""
    same = ("kind", "page_id", "variant", "state", "title", "language", "happened_at", "is_in_use",
            "band")  # fmt: skip
    facts: dict[str, Any] = {name: getattr(hit, name) for name in same}
    return HitShape(
        **facts,
        id=hit.thing_id,
        text=hit.body[:SHOWN_TEXT],
        organisation=OrganisationRef(id=hit.organisation_id, name=hit.organisation),
        keywords=list(hit.keywords),
        probability=round(hit.probability, 4),
        words=list(hit.reason.words),
        reason=told(hit, reader_language=language),
    )


def found_shape(found: Found, *, language: str) -> FoundShape:
    """A page of an answer."""
    return FoundShape(
        items=[hit_shape(hit, language=language) for hit in found.hits],
        count=found.count,
        is_cut=found.is_cut,
        by_meaning=found.meaning,
        page=found.page,
        pages=found.pages,
        facets={
            name: [CountShape(value=value, count=count) for value, count in counts]
            for name, counts in found.facets.items()
        },
        organisations=dict(found.organisations),
    )


def saved_shape(saved: SavedSearch) -> SavedShape:
    """A saved search without what it has shown."""
    return SavedShape(
        id=saved.pk,
        name=saved.name,
        q=saved.asked,
        narrowed=saved.narrowed,
        saved_at=saved.saved_at,
        run_at=saved.run_at,
        told_at=saved.told_at,
    )
