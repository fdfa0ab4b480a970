"""What may be asked of many ideas at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from loype.ideas.states import DECIDED, WAITING
from loype.organisations.models import Membership
from loype.organisations.visibility import readable_by

if TYPE_CHECKING:
    from loype.ideas.models import Comment, Idea, ReuseAnswer  # noqa: F401
    from loype.organisations.actor import Actor


def works_in(person: str, *, day: date, organisation: str = "") -> Exists:
    """Whether the person in a column works in the organisation of another (or anywhere)."""
    roles = Membership.objects.filter(person=OuterRef(person)).on(day)
    return Exists(roles.filter(organisation=OuterRef(organisation)) if organisation else roles)


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

    def written_by(self, actor: Actor) -> Self:
        """Those the actor gave or writes together with the giver."""
        from loype.ideas.models import CoAuthor  # noqa: PLC0415  the models need this class first

        together = CoAuthor.objects.filter(person=actor.person_id).values("idea")
        return self.filter(Q(giver=actor.person_id) | Q(pk__in=together))

    def with_authors(self, day: date) -> Self:
        """With unit and giver, and whether the giver still works there (`giver_works_here`)."""
        return self.select_related("organisation", "unit", "giver").annotate(
            giver_works_here=works_in("giver", organisation="organisation", day=day)
        )

    def with_reader(self, actor: Actor) -> Self:
        """With what the reader has to do with each: `is_followed`, `is_supported`, `helps_here`,
        and those who write together with the giver (`writers`: id and name)."""
        from loype.ideas.models import CoAuthor, Follow, Support  # noqa: PLC0415  as above

        mine = Support.objects.filter(idea=OuterRef("pk"), person=actor.person_id)
        writers = CoAuthor.objects.filter(idea=OuterRef("pk")).order_by("pk")
        return self.annotate(
            is_followed=Exists(Follow.objects.filter(idea=OuterRef("pk"), person=actor.person_id)),
            is_supported=Exists(mine),
            helps_here=Subquery(mine.values("helps")[:1]),
            note_here=Subquery(mine.values("note")[:1]),
            writers=ArraySubquery(
                writers.values(told=JSONObject(id="person_id", name="person__name"))
            ),
        )

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

    def with_authors(self, day: date) -> Self:
        """With each author, and whether the author still works anywhere (`author_works_here`)."""
        return self.select_related("author").annotate(author_works_here=works_in("author", day=day))


class ReuseAnswerQuerySet(models.QuerySet["ReuseAnswer"]):
    """Answers to the question whether what others have can be used."""

    def visible_to(self, actor: Actor) -> Self:
        """For those who wrote the idea, their colleagues who may read it, and its council."""
        from loype.ideas.models import Idea  # noqa: PLC0415  the models need this class first

        ideas = Idea.objects.visible_to(actor)
        if actor.is_house:
            return self.filter(idea__in=ideas)
        homes = sorted(actor.organisation_ids | actor.council_room_ids)
        near = Q(idea__organisation__in=homes)
        if actor.is_signed_in:
            near |= Q(idea__in=Idea.objects.written_by(actor).values("pk"))
        return self.filter(near, idea__in=ideas.values("pk"))
