"""Ideas as pages show them: what may be told to this reader, ready for the template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from loype.councils.models import Decision
from loype.ideas.labels import CommentKind
from loype.ideas.models import Comment
from loype.ideas.rules import can_remove_comment, shows_giver, shows_names
from loype.ideas.states import OPEN_FOR_EDIT
from loype.organisations.actor import Actor
from loype.organisations.visibility import may_read
from loype.portfolio.models import Activity
from loype.trail.standing import Standing, standings
from loype.trail.together import activities_joined
from loype.web.ideas.loading import writer_ids, wrote
from loype.web.shared.context import address

MOST_COMMENTS = 50


@dataclass(frozen=True)
class Row:
    """One idea in a list."""

    idea: Any
    standing: Standing
    giver: str


def list_rows(ideas: Iterable[Any], *, actor: Actor) -> list[Row]:
    """Ideas of a list with where each stands; one statement for all of them."""
    ideas = list(ideas)
    stands = standings(ideas, actor=actor)
    return [Row(idea, stands[idea.pk], giver_name(idea, actor=actor)) for idea in ideas]


def giver_name(idea: Any, *, actor: Actor) -> str:
    """The giver's name where this reader may see it and the giver still works there."""
    if idea.giver is None or not shows_giver(actor, idea):
        return ""
    is_self = idea.giver_id == actor.person_id
    return idea.giver.name if idea.giver_works_here or is_self else ""


def writers_shown(idea: Any, *, actor: Actor) -> list[dict[str, Any]]:
    """The co-authors; hidden with the giver, but never from each other."""
    return idea.writers if shows_giver(actor, idea) or wrote(actor, idea) else []


@dataclass(frozen=True)
class Said:
    """One piece of the conversation."""

    id: int
    name: str
    role: str
    kind: str
    kind_label: str
    text: str
    at: datetime
    is_removed: bool
    can_remove: bool


def conversation(comments: Iterable[Any], *, idea: Any, actor: Actor) -> list[Said]:
    """What was said under an idea; those who wrote an anonymous one stay unnamed here too."""
    return [_said(comment, idea=idea, actor=actor) for comment in comments]


def _said(comment: Any, *, idea: Any, actor: Actor) -> Said:
    is_writer = comment.author_id == idea.giver_id or comment.author_id in writer_ids(idea)
    hidden = is_writer and not shows_giver(actor, idea)
    own = comment.author_id == actor.person_id
    named = own or (shows_names(actor) and comment.author_works_here and not hidden)
    role = _("who wrote it") if is_writer else ""
    comment.idea = idea
    return Said(
        id=comment.pk,
        name=comment.author.name if named else "",
        role=role or ("" if named else _("A colleague")),
        kind=comment.kind,
        kind_label="" if comment.kind == CommentKind.COMMENT else comment.get_kind_display(),
        text="" if comment.removed_at else comment.text,
        at=comment.written_at,
        is_removed=comment.removed_at is not None,
        can_remove=actor.is_signed_in and can_remove_comment(actor, comment),
    )


def last_comments(idea: Any, *, everything: bool) -> tuple[list[Comment], bool]:
    """The conversation, oldest first, and whether earlier words were left out."""
    rows = idea.comments.with_authors(localdate()).order_by("-pk")
    found = list(rows if everything else rows[: MOST_COMMENTS + 1])
    more = not everything and len(found) > MOST_COMMENTS
    return (found[:MOST_COMMENTS] if more else found)[::-1], more


def comment_kinds(idea: Any, *, actor: Actor) -> list[tuple[str, Any]]:
    """What this reader may say under the idea; the likeliest first."""
    if not wrote(actor, idea):
        return [
            (CommentKind.COMMENT.value, _("a comment")),
            (CommentKind.QUESTION.value, _("a question to the giver")),
        ]
    if idea.state in OPEN_FOR_EDIT:
        return [(CommentKind.COMMENT.value, _("a comment"))]
    return [
        (CommentKind.ADDITION.value, _("an addition to the idea")),
        (CommentKind.COMMENT.value, _("a comment")),
    ]


@dataclass(frozen=True)
class Decided:
    """A decision with its reasons, as the giver reads it."""

    decision: Decision
    who: str
    merged_title: str
    merged_url: str
    url: str
    joined_title: str = ""
    joined_url: str = ""

    @property
    def joins_now(self) -> bool:
        """Whether it holds and joins what others run."""
        return self.decision.in_force and self.decision.joins_id is not None


def decisions_about(idea: Any, *, actor: Actor) -> list[Decided]:
    """What was decided about the idea, newest first."""
    rows = (
        Decision.objects.visible_to(actor)
        .filter(case__idea=idea)
        .select_related("body", "merged_into")
        .defer("merged_into__words")
        .with_joined()
        .order_by("-decided_at", "-pk")
    )
    decisions = list(rows)
    joined = activities_joined(decisions, actor=actor)
    return [_decided(one, actor=actor, joined=joined.get(one.pk)) for one in decisions]


def _decided(decision: Decision, *, actor: Actor, joined: Activity | None) -> Decided:
    target = readable_target(decision.merged_into, actor=actor)
    return Decided(
        decision=decision,
        who=decision.body.name if decision.body else _("the named decider"),
        merged_title=target.title if target else "",
        merged_url=address("idea_page", target.pk) if target else "",
        url=address("decision_page", decision.pk),
        joined_title=joined.title if joined else "",
        joined_url=address("activity_page", joined.pk) if joined else "",
    )


def readable_target(target: Any, *, actor: Actor) -> Any:
    """The idea that another was merged into, if the reader may read it."""
    if target is None or target.state in ("draft", "withdrawn"):
        return None
    seen = may_read(
        actor, organisation_id=target.organisation_id, visibility=target.visibility
    ) or (actor.is_signed_in and target.giver_id == actor.person_id)
    return target if seen else None
