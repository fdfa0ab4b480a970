"""What may be asked of many news items at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from loype.councils.models import Decision
from loype.ideas.models import Idea
from loype.news.rules import edited_ids
from loype.organisations.visibility import readable_by
from loype.portfolio.models import Activity
from loype.spread.models import Solution

if TYPE_CHECKING:
    from loype.news.models import NewsItem  # noqa: F401
    from loype.organisations.actor import Actor


def _about_what_is_readable(actor: Actor) -> Q:
    """Whether the reader may read what the news is about, at this moment and row by row."""

    def of(model: type[models.Model], name: str) -> Exists:
        rows = model.objects.visible_to(actor)  # type: ignore[attr-defined]
        return Exists(rows.order_by().filter(pk=OuterRef(name)))

    decided = Q(decision=None) | Q(of(Decision, "decision_id")) & Q(of(Idea, "idea_id"))
    done = Q(activity=None) | Q(of(Activity, "activity_id"))
    offered = Q(solution=None) | Q(of(Solution, "solution_id"))
    return decided & done & offered


class NewsQuerySet(models.QuerySet["NewsItem"]):
    """News items."""

    def visible_to(self, actor: Actor) -> Self:
        """Published ones, as wide as their editor said and never wider than what they are about is
        today; everything else is for the organisation's editors."""
        if actor.is_house:
            return self
        shown = Q(state="published") & readable_by(actor)
        shown |= Q(organisation__in=sorted(edited_ids(actor)))
        return self.filter(shown, _about_what_is_readable(actor))

    def published(self) -> Self:
        """Those that stand."""
        return self.filter(state="published")

    def drafts(self) -> Self:
        """Those that wait to be read and approved."""
        return self.filter(state="draft")

    def of_trail(
        self, *, ideas: Collection[int], activities: Collection[int], solutions: Collection[int]
    ) -> Self:
        """Those about any of these."""
        return self.filter(
            Q(idea__in=ideas) | Q(activity__in=activities) | Q(solution__in=solutions)
        )

    def with_words(self) -> Self:
        """Each with its words as they stand now: `now_headline`, `now_text`, and `corrected_at` and
        `correction` where something was put right."""
        from loype.news.models import NewsCorrection  # noqa: PLC0415  it needs this class first

        newest = NewsCorrection.objects.filter(item=OuterRef("pk")).order_by("-pk")
        return self.select_related("organisation").annotate(
            now_headline=Coalesce(Subquery(newest.values("headline")[:1]), F("headline")),
            now_text=Coalesce(Subquery(newest.values("text")[:1]), F("text")),
            corrected_at=Subquery(newest.values("corrected_at")[:1]),
            correction=Subquery(newest.values("note")[:1]),
        )

    def newest_first(self) -> Self:
        """The order of lists; keyset paging leans on it."""
        return self.order_by("-published_at", "-id")
