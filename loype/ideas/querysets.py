"""What may be asked of many ideas at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from loype.ideas.states import DECIDED, WAITING
from loype.organisations.visibility import readable_by

if TYPE_CHECKING:
    from loype.ideas.models import Comment, Idea  # noqa: F401
    from loype.organisations.actor import Actor


class IdeaQuerySet(models.QuerySet["Idea"]):
    """Ideas."""

    def visible_to(self, actor: Actor) -> Self:
        """Ideas the actor may read: drafts and withdrawn ones only by those who wrote them."""
        from loype.ideas.models import CoAuthor  # noqa: PLC0415  the models need this class first

        if actor.is_house:
            return self
        readable = readable_by(actor) & ~Q(state__in=("draft", "withdrawn"))
        if actor.is_signed_in:
            readable |= Q(giver=actor.person_id)
            readable |= Q(pk__in=CoAuthor.objects.filter(person=actor.person_id).values("idea"))
        return self.filter(readable)

    def waiting(self) -> Self:
        """Handed in and not yet settled."""
        return self.filter(state__in=WAITING)

    def settled(self) -> Self:
        """Those the council has settled."""
        return self.filter(state__in=DECIDED)

    def newest_first(self) -> Self:
        """The order of lists; keyset paging leans on it."""
        return self.order_by("-submitted_at", "-id")


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments."""

    def visible_to(self, actor: Actor) -> Self:
        """Comments on ideas the actor may read; a removed one leaves an empty place."""
        from loype.ideas.models import Idea  # noqa: PLC0415  the models need this class first

        return self.filter(idea__in=Idea.objects.visible_to(actor))
