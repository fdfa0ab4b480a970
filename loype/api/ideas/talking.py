"""Supporting, following and commenting; writing together."""

from __future__ import annotations

from datetime import datetime

from ninja import Query
from ninja.responses import Status

from loype.api.actor import ApiRequest, acting_in
from loype.api.finding import find
from loype.api.ideas.shapes import (
    CommentShape,
    CommentWanted,
    SupportShape,
    SupportWanted,
    comment_shape,
    support_shape,
)
from loype.api.idempotency import Key, create
from loype.api.operations import DONE, changing, creating, reading, room
from loype.api.paging import Page, Paging, keyset
from loype.api.shapes import Id, somebody
from loype.ideas.actions import (
    add_co_author,
    comment_on_idea,
    follow_idea,
    remove_co_author,
    remove_comment,
    support_idea,
    take_back_support,
    unfollow_idea,
)
from loype.ideas.models import Comment, Idea
from loype.kernel.clock import now
from loype.trail.handovers import give_information

router = room("ideas")


def _visible(request: ApiRequest, idea_id: int) -> Idea:
    return find(Idea.objects.visible_to(request.actor).defer("words"), idea_id)


@router.put(
    "/{idea_id}/support",
    operation_id="support_idea",
    **changing(SupportShape, summary="Say “we have this too”"),
)
def support(request: ApiRequest, idea_id: Id, wanted: SupportWanted) -> SupportShape:
    """And how many it would help; said twice, the newer words count."""
    actor = acting_in(request.actor, wanted.organisation_id)
    given = support_idea(
        _visible(request, idea_id), helps=wanted.helps, note=wanted.note, actor=actor, at=now()
    )
    return support_shape(given)


@router.delete(
    "/{idea_id}/support",
    operation_id="take_back_support",
    **changing(None, summary="No longer support an idea"),
)
def take_back(request: ApiRequest, idea_id: Id) -> Status[None]:
    """No harm if you did not support it."""
    take_back_support(_visible(request, idea_id), actor=request.actor, at=now())
    return DONE


@router.put(
    "/{idea_id}/follow",
    operation_id="follow_idea",
    **changing(None, summary="Be told what happens to an idea"),
)
def follow(request: ApiRequest, idea_id: Id) -> Status[None]:
    """No harm if you follow it already."""
    follow_idea(_visible(request, idea_id), actor=request.actor)
    return DONE


@router.delete(
    "/{idea_id}/follow",
    operation_id="unfollow_idea",
    **changing(None, summary="No longer be told"),
)
def unfollow(request: ApiRequest, idea_id: Id) -> Status[None]:
    """No harm if you did not follow it."""
    unfollow_idea(_visible(request, idea_id), actor=request.actor)
    return DONE


@router.get(
    "/{idea_id}/comments",
    operation_id="list_comments",
    **reading(Page[CommentShape], summary="What is said under an idea", open_to_all=True),
)
def list_comments(request: ApiRequest, idea_id: Id, paging: Query[Paging]) -> Page[CommentShape]:
    """Oldest first; a removed comment leaves an empty place."""
    idea = _visible(request, idea_id)
    rows = Comment.objects.visible_to(request.actor).filter(idea=idea).select_related("author")
    writers = _hidden_writers(idea)
    return keyset(
        rows,
        lambda comment: comment_shape(comment, idea=idea, actor=request.actor, writer_ids=writers),
        paging=paging,
        order=("id",),
    )


def _hidden_writers(idea: Idea) -> frozenset[int]:
    """Who writes together with a giver who is not to be seen; asked only where that is so."""
    if not idea.is_anonymous:
        return frozenset()
    return frozenset(idea.co_authors.values_list("person_id", flat=True))


@router.post(
    "/{idea_id}/comments",
    operation_id="comment_on_idea",
    **creating(CommentShape, summary="Comment, ask, or add to one's own idea"),
)
def comment(
    request: ApiRequest, idea_id: Id, wanted: CommentWanted, idempotency_key: Key
) -> object:
    """Colleagues named as @Name are told. The giver's addition answers what the council asked."""

    def make(at: datetime) -> CommentShape:
        idea, actor = _visible(request, idea_id), request.actor
        if wanted.kind == "addition":
            said = give_information(idea, text=wanted.text, actor=actor, at=at)
        else:
            said = comment_on_idea(idea, text=wanted.text, kind=wanted.kind, actor=actor, at=at)
        said.author = request.person
        return comment_shape(said, idea=idea, actor=actor, writer_ids=_hidden_writers(idea))

    return create(request, make, key=idempotency_key, body=wanted)


@router.delete(
    "/{idea_id}/comments/{comment_id}",
    operation_id="remove_comment",
    **changing(None, summary="Take a comment away"),
)
def remove(request: ApiRequest, idea_id: Id, comment_id: Id) -> Status[None]:
    """One's own, or as administrator of the idea's organisation."""
    rows = Comment.objects.visible_to(request.actor).filter(idea=idea_id).select_related("idea")
    remove_comment(find(rows, comment_id), actor=request.actor, at=now())
    return DONE


@router.put(
    "/{idea_id}/co-authors/{person_id}",
    operation_id="add_co_author",
    **changing(None, summary="Let a colleague write along"),
)
def add_author(request: ApiRequest, idea_id: Id, person_id: Id) -> Status[None]:
    """For the giver; the co-author works in the same organisation."""
    idea = _visible(request, idea_id)
    add_co_author(idea, person=somebody(person_id), actor=request.actor, at=now())
    return DONE


@router.delete(
    "/{idea_id}/co-authors/{person_id}",
    operation_id="remove_co_author",
    **changing(None, summary="End a co-authorship"),
)
def remove_author(request: ApiRequest, idea_id: Id, person_id: Id) -> Status[None]:
    """For the giver, or the co-author."""
    idea = _visible(request, idea_id)
    remove_co_author(idea, person=somebody(person_id), actor=request.actor, at=now())
    return DONE
