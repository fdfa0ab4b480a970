"""What the verbs of ideas share."""

from __future__ import annotations

from django.utils.translation import gettext as _

from loype.ideas.models import CoAuthor, Idea
from loype.ideas.states import IDEA
from loype.kernel.errors import NotAllowed, NotFound, Stale, WrongMoment
from loype.organisations.actor import Actor
from loype.organisations.visibility import may_read


def lock_idea(idea: Idea) -> Idea:
    """The idea as it is now, held until the transaction ends."""
    return (
        Idea.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=idea.pk)
    )


def co_author_ids(idea: Idea) -> frozenset[int]:
    """Who writes the idea together with the giver."""
    return frozenset(CoAuthor.objects.filter(idea=idea).values_list("person_id", flat=True))


def refuse_unreadable(actor: Actor, idea: Idea) -> None:
    """Nobody acts on what they may not read."""
    if actor.is_signed_in and idea.giver_id == actor.person_id:
        return
    hidden = idea.state in ("draft", "withdrawn")
    readable = may_read(actor, organisation_id=idea.organisation_id, visibility=idea.visibility)
    if hidden or not readable:
        raise NotFound(_("There is no such idea."))


def refuse_unless(allowed: bool, words: str) -> None:
    """403 with plain words."""
    if not allowed:
        raise NotAllowed(words)


def refuse_move(idea: Idea, after: str) -> None:
    """409 when the idea is in a state that this cannot follow."""
    if not IDEA.may_move(before=idea.state, after=after):
        raise WrongMoment(
            _("The idea is “%(state)s” now, so this can no longer be done.")
            % {"state": idea.get_state_display()}
        )


def refuse_stale(idea: Idea, version: int | None) -> None:
    """409 when somebody changed the idea after the form was read."""
    if version is not None and version != idea.version:
        raise Stale(
            _("Somebody changed this after you opened it. Look at the new text, then try again.")
        )
