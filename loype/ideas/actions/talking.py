"""Supporting, commenting and following."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from loype.history.actions import record
from loype.ideas.actions.common import co_author_ids, lock_idea, refuse_unless, refuse_unreadable
from loype.ideas.labels import CommentKind
from loype.ideas.models import Comment, Follow, Idea, Mention, Support
from loype.ideas.rules import (
    can_comment_on_idea,
    can_remove_comment,
    can_support_idea,
    is_giver,
)
from loype.ideas.states import OPEN_FOR_EDIT
from loype.kernel.errors import BadInput, NotFound, WrongMoment
from loype.kernel.words import clean_line, clean_text
from loype.organisations.actor import Actor
from loype.organisations.models import Membership

LONGEST_COMMENT = 5_000
MOST_HELPED = 10_000_000


@transaction.atomic
def support_idea(
    idea: Idea, *, actor: Actor, at: datetime, helps: int | None = None, note: str = ""
) -> Support:
    """Say "we have this too", and how many it would help; said twice, the newer words count."""
    idea = lock_idea(idea)
    refuse_unreadable(actor, idea)
    refuse_unless(can_support_idea(actor, idea), _("You cannot support your own idea."))
    if idea.state == "draft":
        raise WrongMoment(_("The idea is not handed in yet."))
    if helps is not None and not 0 < helps <= MOST_HELPED:
        raise BadInput({"helps": _("Write how many people it would help, as a number.")})
    support, new = Support.objects.update_or_create(
        idea=idea,
        person_id=actor.signed_in_id,
        defaults={"helps": helps, "note": clean_line(note)[:500]},
        create_defaults={
            "helps": helps,
            "note": clean_line(note)[:500],
            "organisation_id": actor.acting_organisation_id,
            "supported_at": at,
        },
    )
    count_supports(idea)
    if new:
        record(
            "support_idea", thing=idea, actor=actor, at=at, organisation_id=idea.organisation_id,
            change={"helps": helps, "organisation": support.organisation_id},
        )  # fmt: skip
    return support


@transaction.atomic
def take_back_support(idea: Idea, *, actor: Actor, at: datetime) -> None:
    """No longer support an idea."""
    idea = lock_idea(idea)
    refuse_unreadable(actor, idea)
    if Support.objects.filter(idea=idea, person_id=actor.signed_in_id).delete()[0]:
        count_supports(idea)
        record(
            "take_back_support", thing=idea, actor=actor, at=at,
            organisation_id=idea.organisation_id, follow=False,
        )  # fmt: skip


def count_supports(idea: Idea) -> None:
    """Keep the counters of an idea in step with its supports; the idea is locked by the caller."""
    counted = Support.objects.filter(idea=idea).aggregate(people=Count("pk"), helped=Sum("helps"))
    idea.support_count = counted["people"]
    idea.helps_count = counted["helped"] or 0
    idea.save(update_fields=["support_count", "helps_count"])


@transaction.atomic
def comment_on_idea(
    idea: Idea,
    *,
    text: str,
    actor: Actor,
    at: datetime,
    mentioned: Collection[int] = (),
    kind: str = CommentKind.COMMENT,
) -> Comment:
    """Say something under the idea; the giver adds to it this way once it is taken up."""
    idea = lock_idea(idea)
    authors = co_author_ids(idea)
    if not is_giver(actor, idea, co_author_ids=authors):
        refuse_unreadable(actor, idea)
    refuse_unless(can_comment_on_idea(actor, idea), _("Only those who take part may comment."))
    text = clean_text(text)
    if not 0 < len(text) <= LONGEST_COMMENT:
        raise BadInput({"text": _("Write from 1 to %(most)s signs.") % {"most": LONGEST_COMMENT}})
    if kind == CommentKind.ADDITION and not is_giver(actor, idea, co_author_ids=authors):
        raise BadInput({"kind": _("Only those who wrote the idea add to it.")})
    if kind == CommentKind.ADDITION and idea.state in OPEN_FOR_EDIT:
        raise WrongMoment(_("The idea is not taken up yet: change its text instead."))
    comment = Comment.objects.create(
        idea=idea, author_id=actor.signed_in_id, kind=kind, text=text, written_at=at
    )
    _mention(comment, people=mentioned, at=at)
    idea.comment_count += 1
    idea.save(update_fields=["comment_count"])
    Follow.objects.get_or_create(idea=idea, person_id=actor.signed_in_id)
    record(
        "comment_on_idea", thing=idea, actor=actor, at=at, organisation_id=idea.organisation_id,
        acting_as="giver" if is_giver(actor, idea, co_author_ids=authors) else "",
        change={"comment": comment.pk, "kind": kind},
    )  # fmt: skip
    return comment


def _mention(comment: Comment, *, people: Collection[int], at: datetime) -> None:
    """Keep mentions of people who may read the idea anyway: colleagues of its organisation."""
    named = set(people)
    if not named:
        named = _named_in(comment.text, organisation_id=comment.idea.organisation_id, at=at)
    colleagues = (
        Membership.objects.filter(organisation=comment.idea.organisation_id, person__in=named)
        .on(at.date())
        .values_list("person_id", flat=True)
        .distinct()
        if named
        else []
    )
    Mention.objects.bulk_create(
        Mention(comment=comment, person_id=person) for person in set(colleagues)
    )


def _named_in(text: str, *, organisation_id: int, at: datetime) -> set[int]:
    """Colleagues written as @Name; a name that two share names nobody."""
    names = {name.lower() for name in re.findall(r"@(\w[\w-]{1,60})", text)}
    if not names:
        return set()
    found: dict[str, set[int]] = {}
    rows = (
        Membership.objects.filter(organisation=organisation_id)
        .on(at.date())
        .values_list("person_id", "person__name")
    )
    for person, full_name in rows:
        for spelling in (full_name.lower(), full_name.lower().split(" ")[0]):
            found.setdefault(spelling.replace(" ", ""), set()).add(person)
    return {next(iter(found[name])) for name in names if len(found.get(name, ())) == 1}


@transaction.atomic
def remove_comment(comment: Comment, *, actor: Actor, at: datetime) -> Comment:
    """Take a comment away; an empty place stays so that answers make sense."""
    refuse_unless(can_remove_comment(actor, comment), _("You can only remove what you wrote."))
    idea = lock_idea(comment.idea)
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    if comment.removed_at is None:
        comment.removed_at = at
        comment.save(update_fields=["removed_at"])
        idea.comment_count -= 1
        idea.save(update_fields=["comment_count"])
        record(
            "remove_comment", thing=comment, actor=actor, at=at,
            organisation_id=idea.organisation_id, follow=False,
        )  # fmt: skip
    return comment


def follow_idea(idea: Idea, *, actor: Actor) -> None:
    """Be told what happens to the idea."""
    try:
        refuse_unreadable(actor, idea)
    except NotFound:
        if not is_giver(actor, idea, co_author_ids=co_author_ids(idea)):
            raise
    Follow.objects.get_or_create(idea=idea, person_id=actor.signed_in_id)


def unfollow_idea(idea: Idea, *, actor: Actor) -> None:
    """No longer be told."""
    Follow.objects.filter(idea=idea, person_id=actor.signed_in_id).delete()
