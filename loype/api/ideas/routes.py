"""Reading ideas, writing them, handing them in and taking them back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query

from loype.api.actor import ApiRequest
from loype.api.finding import find, maybe
from loype.api.ideas.reading import detail, matching
from loype.api.ideas.shapes import (
    IdeaDetail,
    IdeaEdit,
    IdeaFilters,
    IdeaShape,
    IdeaWanted,
    VisibilityWanted,
    WithdrawalWanted,
    idea_shape,
)
from loype.api.idempotency import Key, create
from loype.api.operations import changing, creating, reading, room
from loype.api.paging import Page, keyset
from loype.api.shapes import Id
from loype.ideas.actions import change_visibility, draft_idea, edit_idea
from loype.ideas.models import Idea
from loype.kernel.clock import now
from loype.kernel.errors import BadInput
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation, Unit
from loype.trail.handovers import hand_in, idea_to_council, withdraw

router = room("ideas")


@router.get(
    "",
    operation_id="list_ideas",
    **reading(Page[IdeaShape], summary="Ideas, newest first", open_to_all=True, found=False),
)
def list_ideas(request: ApiRequest, filters: Query[IdeaFilters]) -> Page[IdeaShape]:
    """Ideas that you may read; without signing in, the public ones."""
    rows, order = matching(request.actor, filters)
    return keyset(
        rows, lambda idea: idea_shape(idea, actor=request.actor), paging=filters, order=order
    )


@router.post(
    "",
    operation_id="hand_in_idea",
    **creating(IdeaShape, summary="Hand in an idea, need or wish, or keep a draft"),
)
def hand_in_idea(request: ApiRequest, wanted: IdeaWanted, idempotency_key: Key) -> object:
    """The answer carries the case number; GET the idea to read what happens next and by when."""

    def make(at: datetime) -> IdeaShape:
        actor = request.actor
        begin = hand_in if wanted.hand_in else draft_idea
        idea = begin(
            organisation=_home(actor, wanted.organisation_id), actor=actor, at=at,
            **_facts(wanted, actor=actor),
        )  # fmt: skip
        idea.giver = request.person
        return idea_shape(idea, actor=actor)

    return create(request, make, key=idempotency_key, body=wanted)


def _home(actor: Actor, organisation_id: int | None) -> Organisation:
    """Where the idea is handed in."""
    wanted = organisation_id or actor.acting_organisation_id
    home = maybe(Organisation.objects.visible_to(actor), wanted)
    if home is None:
        raise BadInput({"organisation": _("You do not belong to this organisation.")})
    return home


def _facts(wanted: IdeaWanted | IdeaEdit, *, actor: Actor) -> dict[str, Any]:
    """What was filled in, with the unit in place of its number."""
    own = {"organisation_id", "unit_id", "hand_in", "version"}
    facts = wanted.model_dump(exclude_none=True, exclude=own)
    if wanted.unit_id is not None:
        facts["unit"] = maybe(Unit.objects.visible_to(actor).open(), wanted.unit_id)
        if facts["unit"] is None:
            raise BadInput({"unit": _("The unit must be in the same organisation.")})
    return facts


@router.get(
    "/{idea_id}",
    operation_id="get_idea",
    **reading(IdeaDetail, summary="An idea", open_to_all=True),
)
def get_idea(request: ApiRequest, idea_id: Id) -> IdeaDetail:
    """Its words, files and co-authors, what happens next, and what you may do with it."""
    return detail(idea_id, actor=request.actor)


@router.patch(
    "/{idea_id}", operation_id="edit_idea", **changing(IdeaDetail, summary="Change an idea")
)
def edit_an_idea(request: ApiRequest, idea_id: Id, wanted: IdeaEdit) -> IdeaDetail:
    """For those who wrote it, until it is taken up; 409 when somebody changed it meanwhile."""
    actor = request.actor
    idea = edit_idea(
        _visible(actor, idea_id), actor=actor, at=now(), version=wanted.version,
        **_facts(wanted, actor=actor),
    )  # fmt: skip
    return detail(idea.pk, actor=actor)


def _visible(actor: Actor, idea_id: int) -> Idea:
    return find(Idea.objects.visible_to(actor).defer("words"), idea_id)


@router.post(
    "/{idea_id}/submit",
    operation_id="submit_idea",
    **changing(IdeaDetail, summary="Hand in a draft, or a returned idea anew"),
)
def submit(request: ApiRequest, idea_id: Id) -> IdeaDetail:
    """For its giver; it gets its case number and waits in the council's queue."""
    idea_to_council(_visible(request.actor, idea_id), actor=request.actor, at=now())
    return detail(idea_id, actor=request.actor)


@router.post(
    "/{idea_id}/withdraw",
    operation_id="withdraw_idea",
    **changing(IdeaDetail, summary="Withdraw an idea"),
)
def withdraw_it(request: ApiRequest, idea_id: Id, wanted: WithdrawalWanted) -> IdeaDetail:
    """For its giver; what was said and decided about it stays in the account."""
    idea = _visible(request.actor, idea_id)
    withdraw(idea, actor=request.actor, at=now(), reason=wanted.reason)
    return detail(idea_id, actor=request.actor)


@router.put(
    "/{idea_id}/visibility",
    operation_id="change_idea_visibility",
    **changing(IdeaDetail, summary="Let more or fewer people read an idea"),
)
def change_who_reads(request: ApiRequest, idea_id: Id, wanted: VisibilityWanted) -> IdeaDetail:
    """The owner organisation alone widens it."""
    idea = _visible(request.actor, idea_id)
    change_visibility(idea, visibility=wanted.visibility, actor=request.actor, at=now())
    return detail(idea_id, actor=request.actor)
