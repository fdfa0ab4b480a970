"""Saying whether what others already have can be used, before something new is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loype.history.actions import record
from loype.ideas.actions.common import (
    co_author_ids,
    lock_idea,
    refuse_unless,
    refuse_unreadable,
)
from loype.ideas.labels import ReuseChoice
from loype.ideas.models import Idea, ReuseAnswer
from loype.ideas.rules import can_answer_reuse, is_giver
from loype.kernel.errors import BadInput, Stale
from loype.kernel.words import clean_text
from loype.organisations.actor import Actor

LONGEST_REASON = 2_000
MOST_SEEN = 20

Seen = Iterable[tuple[str, int]]


@dataclass(frozen=True, kw_only=True)
class ReuseWords:
    """The answer, its reason, and what was compared: kinds and ids of things."""

    answer: str
    reason: str = ""
    seen: tuple[tuple[str, int], ...] = ()


def reuse_problems(words: ReuseWords) -> dict[str, Any]:
    """What is wrong with an answer, by field."""
    reason = clean_text(words.reason)
    if words.answer not in ReuseChoice.values:
        return {"answer": _("Choose one from the list.")}
    if words.answer == ReuseChoice.NONE and not reason:
        return {"reason": _("Say why none fits: the next one who looks reads it.")}
    if len(reason) > LONGEST_REASON:
        return {"reason": _("Write at most %(most)s signs.") % {"most": LONGEST_REASON}}
    return {}


@transaction.atomic
def answer_reuse(
    idea: Idea,
    *,
    answer: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
    seen: Seen = (),
    version: int | None = None,
) -> ReuseAnswer:
    """Say whether what others have is copied, adapted, an inspiration, or why none of it fits.

    `version` is that of the answer one read, 0 where there was none.
    """
    idea = lock_idea(idea)
    authors = co_author_ids(idea)
    wrote = is_giver(actor, idea, co_author_ids=authors)
    if not wrote:
        refuse_unreadable(actor, idea)
    refuse_unless(
        can_answer_reuse(actor, idea, co_author_ids=authors),
        _("Those who wrote the idea answer this while it is open, and its council."),
    )
    before = ReuseAnswer.objects.filter(idea=idea).first()
    _refuse_stale(before, version)
    words = ReuseWords(answer=answer, reason=reason, seen=tuple(seen))
    if problems := reuse_problems(words):
        raise BadInput(problems)
    answered_before = before.answer if before else ""
    kept = _keep(idea, words, before=before, actor=actor, at=at)
    record(
        "answer_reuse", thing=idea, actor=actor, at=at, organisation_id=idea.organisation_id,
        acting_as="giver" if wrote else "council", reason=kept.reason, follow=False,
        change={"answer": [answered_before, kept.answer], "seen": kept.seen},
    )  # fmt: skip
    return kept


def _refuse_stale(before: ReuseAnswer | None, version: int | None) -> None:
    """409 when somebody answered after the form was read."""
    if version is not None and version != (before.version if before else 0):
        raise Stale(
            _("Somebody answered this after you opened it. Read the answer, then try again.")
        )


def _keep(
    idea: Idea, words: ReuseWords, *, before: ReuseAnswer | None, actor: Actor, at: datetime
) -> ReuseAnswer:
    kept = before or ReuseAnswer(idea=idea, version=0)
    kept.answer, kept.reason = words.answer, clean_text(words.reason)
    kept.seen = [{"kind": kind, "id": thing} for kind, thing in dict.fromkeys(words.seen)][
        :MOST_SEEN
    ]
    kept.answered_by_id, kept.answered_at = actor.signed_in_id, at
    kept.version += 1
    kept.save()
    return kept
