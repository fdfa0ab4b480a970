"""How ideas look, and what is sent to make and change them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from loype.api.paging import Paging
from loype.api.shapes import (
    NO_NUL,
    Id,
    Keywords,
    Line,
    OrganisationRef,
    PersonShape,
    SearchText,
    Text,
    ThingRef,
    UnitRef,
    Version,
    Wanted,
    organisation_ref,
    person_shape,
    thing_ref,
    unit_ref,
)
from loype.ideas.actions.handing_in import LONGEST_TEXT
from loype.ideas.actions.talking import LONGEST_COMMENT, MOST_HELPED
from loype.ideas.labels import Anonymity, CommentKind, IdeaKind
from loype.ideas.models import Comment, Idea, IdeaFile, ReuseAnswer, Support
from loype.ideas.rules import can_read_idea, shows_giver, shows_names
from loype.ideas.states import IdeaState
from loype.organisations.actor import Actor
from loype.organisations.labels import Language, Visibility
from loype.search.compared import compared, pairs_of

OwnWords = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT, pattern=NO_NUL)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_COMMENT, pattern=NO_NUL)]


class Digital(StrEnum):
    """How much of it is digital; empty where nobody said."""

    UNKNOWN = ""
    NONE = "none"
    SOME = "some"
    MAIN = "main"


class Scope(StrEnum):
    """Whose ideas."""

    ALL = "all"
    MINE = "mine"
    ORGANISATION = "organisation"
    FOLLOWED = "followed"


class IdeaFilters(Paging):
    """Which ideas are wanted."""

    q: SearchText | None = Field(None, description="Words, part of the title, or a case number.")
    kind: IdeaKind | None = None
    state: IdeaState | None = None
    organisation_id: Id | None = None
    scope: Scope = Field(
        Scope.ALL,
        description=(
            "All that you may read; those you wrote (drafts too); those of the organisation you "
            "act in; or those you follow."
        ),
    )


class IdeaShape(BaseModel):
    """An idea in a list."""

    id: int
    case_number: str | None
    organisation: OrganisationRef
    unit: UnitRef | None
    giver: PersonShape | None = Field(description="Null where the name is hidden or not known.")
    is_anonymous: bool
    kind: str
    title: str
    language: str
    keywords: list[str] = Field(description="Codes of controlled keywords, and free words.")
    changes_service: bool | None
    employee_driven: bool | None = Field(
        description="Whether the giver worked outside management and IT; null: not told."
    )
    digital_element: str
    visibility: str
    state: str
    version: int
    created_at: datetime
    submitted_at: datetime | None
    settled_at: datetime | None
    support_count: int
    helps_count: int
    comment_count: int
    source: str


class FileShape(BaseModel):
    """A file under an idea."""

    id: int
    name: str
    media_type: str
    size: int
    alt_text: str
    uploaded_at: datetime


class SupportShape(BaseModel):
    """That one supports an idea."""

    helps: int | None
    note: str
    organisation_id: int
    supported_at: datetime


class NextStep(BaseModel):
    """What happens next, and by when."""

    responsible_by: str
    decision_by: str


class ComparedShape(BaseModel):
    """A thing that was compared, if you may see it."""

    kind: str
    id: int
    title: str
    organisation: str


class ReuseShape(BaseModel):
    """The answer to the reuse question."""

    answer: str
    reason: str
    compared: list[ComparedShape]
    answered_at: datetime
    version: int


class IdeaDetail(IdeaShape):
    """An idea with all that is written in it."""

    text: str
    merged_into: ThingRef | None
    co_authors: list[PersonShape]
    files: list[FileShape]
    my_support: SupportShape | None
    i_follow: bool
    reuse: ReuseShape | None = Field(
        description="Whether what others have can be used; for colleagues and the council."
    )
    next_step: NextStep | None = Field(
        description="For those who wrote it, while it waits for the council."
    )
    may: list[str] = Field(description="What you may do with it now.")


class IdeaWanted(Wanted):
    """A new idea, need or wish: two choices and some words are enough."""

    text: OwnWords
    kind: IdeaKind
    organisation_id: Id | None = Field(None, description="One of yours; the first if left out.")
    title: Line | None = None
    unit_id: Id | None = None
    keywords: Keywords | None = None
    changes_service: bool | None = None
    digital_element: Digital = Digital.UNKNOWN
    language: Language | None = None
    visibility: Visibility = Visibility.ORGANISATION
    anonymity: Anonymity = Anonymity.OPEN
    hand_in: bool = Field(True, description="Hand it in at once; false keeps a draft.")


class IdeaEdit(Wanted):
    """What to change; what is left out or null stays."""

    version: Version
    text: OwnWords | None = None
    title: Line | None = None
    kind: IdeaKind | None = None
    unit_id: Id | None = None
    keywords: Keywords | None = None
    changes_service: bool | None = None
    digital_element: Digital | None = None
    language: Language | None = None
    visibility: Visibility | None = None
    anonymity: Anonymity | None = None


class WithdrawalWanted(Wanted):
    """Why an idea is withdrawn, if one wants to say."""

    reason: Text = ""


class SupportWanted(Wanted):
    """We have this too."""

    helps: Annotated[int, Field(ge=1, le=MOST_HELPED)] | None = None
    note: Annotated[str, StringConstraints(max_length=500, pattern=NO_NUL)] = ""
    organisation_id: Id | None = Field(None, description="For which of your organisations.")


class VisibilityWanted(Wanted):
    """Who may read it from now on."""

    visibility: Visibility


class CommentWanted(Wanted):
    """Something to say under an idea."""

    text: Said
    kind: CommentKind = CommentKind.COMMENT


class CommentShape(BaseModel):
    """What somebody said; text and author are null where it was removed or is hidden."""

    id: int
    kind: str
    author: PersonShape | None
    by_giver: bool
    text: str | None
    written_at: datetime
    removed_at: datetime | None


def idea_facts(idea: Idea, *, actor: Actor) -> dict[str, Any]:
    """What is the same in the list and in the detail."""
    return {
        "id": idea.pk,
        "case_number": idea.case_number,
        "organisation": organisation_ref(idea.organisation),
        "unit": unit_ref(idea.unit),
        "giver": person_shape(idea.giver) if shows_giver(actor, idea) else None,
        "is_anonymous": idea.is_anonymous,
        "kind": idea.kind,
        "title": idea.title,
        "language": idea.language,
        "keywords": idea.keywords,
        "changes_service": idea.changes_service,
        "employee_driven": idea.is_employee_driven,
        "digital_element": idea.digital_element,
        "visibility": idea.visibility,
        "state": idea.state,
        "version": idea.version,
        "created_at": idea.created_at,
        "submitted_at": idea.submitted_at,
        "settled_at": idea.settled_at,
        "support_count": idea.support_count,
        "helps_count": idea.helps_count,
        "comment_count": idea.comment_count,
        "source": idea.source,
    }


def idea_shape(idea: Idea, *, actor: Actor) -> IdeaShape:
    """An idea in a list."""
    return IdeaShape(**idea_facts(idea, actor=actor))


def idea_ref(idea: Idea | None, *, actor: Actor) -> ThingRef | None:
    """Another idea by its title, if the reader may know of it."""
    return thing_ref(idea) if idea is not None and can_read_idea(actor, idea) else None


def file_shape(attached: IdeaFile) -> FileShape:
    """A file under an idea."""
    stored = attached.file
    return FileShape(
        id=attached.pk,
        name=stored.name,
        media_type=stored.media_type,
        size=stored.size,
        alt_text=stored.alt_text,
        uploaded_at=stored.uploaded_at,
    )


def support_shape(support: Support) -> SupportShape:
    """One's own support."""
    return SupportShape(
        helps=support.helps,
        note=support.note,
        organisation_id=support.organisation_id,
        supported_at=support.supported_at,
    )


def comment_shape(
    comment: Comment, *, idea: Idea, actor: Actor, writer_ids: Collection[int]
) -> CommentShape:
    """A comment, named to colleagues here and elsewhere; those who wrote a hidden giver's idea
    (`writer_ids` with the giver) stay hidden when they speak under it."""
    by_giver = idea.giver_id is not None and comment.author_id == idea.giver_id
    wrote = by_giver or comment.author_id in writer_ids
    own = actor.is_signed_in and comment.author_id == actor.person_id
    named = own or (shows_names(actor) and (not wrote or shows_giver(actor, idea)))
    removed = comment.removed_at is not None
    return CommentShape(
        id=comment.pk,
        kind=comment.kind,
        author=person_shape(comment.author) if named and not removed else None,
        by_giver=by_giver,
        text=None if removed else comment.text,
        written_at=comment.written_at,
        removed_at=comment.removed_at,
    )


def reuse_shape(kept: ReuseAnswer, *, actor: Actor) -> ReuseShape:
    """An answer, with what was compared as far as this reader may see it now."""
    return ReuseShape(
        answer=kept.answer,
        reason=kept.reason,
        compared=[
            ComparedShape(
                kind=one.kind, id=one.thing_id, title=one.title, organisation=one.organisation
            )
            for one in compared(pairs_of(kept.seen), actor=actor)
        ],
        answered_at=kept.answered_at,
        version=kept.version,
    )
