"""Who may do what with an idea; sums over memory, no database."""

from __future__ import annotations

from collections.abc import Collection

from loype.ideas.models import Comment, Idea
from loype.ideas.states import OPEN_FOR_EDIT, WAITING
from loype.organisations.actor import Actor
from loype.organisations.labels import Role
from loype.organisations.visibility import may_read


def can_hand_in(actor: Actor, organisation_id: int) -> bool:
    """Everybody who belongs to an organisation may hand in ideas there."""
    return actor.belongs_to(organisation_id)


def is_giver(actor: Actor, idea: Idea, *, co_author_ids: Collection[int] = ()) -> bool:
    """The giver and the co-authors speak for the idea."""
    if not actor.is_signed_in:
        return False
    return idea.giver_id == actor.person_id or actor.person_id in co_author_ids


def can_edit_idea(actor: Actor, idea: Idea, *, co_author_ids: Collection[int] = ()) -> bool:
    """Those who wrote it may change it until it is taken up."""
    return is_giver(actor, idea, co_author_ids=co_author_ids) and idea.state in OPEN_FOR_EDIT


def can_withdraw_idea(actor: Actor, idea: Idea) -> bool:
    """Only the giver withdraws."""
    return actor.is_signed_in and idea.giver_id == actor.person_id


def can_support_idea(actor: Actor, idea: Idea) -> bool:
    """Anybody who may read it and belongs somewhere says "we have this too", but not the giver."""
    return bool(actor.organisation_ids) and idea.giver_id != actor.person_id


def can_comment_on_idea(actor: Actor, idea: Idea) -> bool:
    """Anybody who may read it and belongs somewhere may comment."""
    return bool(actor.organisation_ids)


def can_remove_comment(actor: Actor, comment: Comment) -> bool:
    """One's own comment, or as administrator of the idea's organisation."""
    return comment.author_id == actor.person_id or actor.has_role(
        Role.ADMINISTRATOR, comment.idea.organisation_id
    )


def can_widen_visibility(actor: Actor, idea: Idea) -> bool:
    """The owner organisation alone lets more people read: the giver before it is taken up,
    else the council room."""
    owns = actor.belongs_to(idea.organisation_id)
    if owns and idea.organisation_id in actor.council_room_ids:
        return True
    return can_edit_idea(actor, idea)


def can_answer_reuse(actor: Actor, idea: Idea, *, co_author_ids: Collection[int] = ()) -> bool:
    """Those who wrote it while it is open, and its council at any time, say whether what others
    have can be used."""
    if idea.state in ("withdrawn", "merged"):
        return False
    if idea.organisation_id in actor.council_room_ids:
        return idea.state != "draft"
    is_open = idea.state in OPEN_FOR_EDIT | WAITING
    return is_open and is_giver(actor, idea, co_author_ids=co_author_ids)


def can_read_reuse(actor: Actor, idea: Idea, *, co_author_ids: Collection[int] = ()) -> bool:
    """The answer is for those who wrote the idea, their colleagues, and its council; of those who
    may read the idea at all."""
    if actor.is_house or is_giver(actor, idea, co_author_ids=co_author_ids):
        return True
    return idea.organisation_id in actor.organisation_ids | actor.council_room_ids


def can_import_ideas(actor: Actor, organisation_id: int) -> bool:
    """The operator, or the organisation's administrator."""
    return actor.is_house or actor.has_role(Role.ADMINISTRATOR, organisation_id)


def shows_names(actor: Actor) -> bool:
    """Colleagues here and in other organisations see names; the open web sees roles."""
    return actor.is_house or bool(actor.organisation_ids)


def can_read_idea(actor: Actor, idea: Idea) -> bool:
    """Whether this reader may know of the idea: the rule of `visible_to` for one row in memory,
    but for co-authors of drafts and withdrawn ideas, who are rows of their own."""
    if actor.is_house or (actor.is_signed_in and idea.giver_id == actor.person_id):
        return True
    if idea.state in ("draft", "withdrawn"):
        return False
    return may_read(actor, organisation_id=idea.organisation_id, visibility=idea.visibility)


def shows_giver(actor: Actor, idea: Idea) -> bool:
    """Whether this reader may see the names of those who wrote it."""
    if actor.is_signed_in and idea.giver_id == actor.person_id:
        return True
    return shows_names(actor) and not idea.is_anonymous
