"""What may be asked of many solutions and adoptions at once."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Q

from loype.organisations.visibility import readable_by

if TYPE_CHECKING:
    from loype.organisations.actor import Actor
    from loype.spread.models import Adoption, Solution  # noqa: F401


CONFIGURATIONS = ("danish", "norwegian", "swedish", "english")
MOST_WORDS = 12


def _owned_by(organisation_ids: Collection[int]) -> Q:
    """Whether one of these organisations owns the activity, alone or together with others."""
    from loype.portfolio.models import Participant  # noqa: PLC0415  it needs other models first

    homes = sorted(organisation_ids)
    together = Participant.objects.filter(organisation__in=homes, is_owner=True, left_date=None)
    return Q(activity__organisation__in=homes) | Q(activity__in=together.values("activity"))


class SolutionQuerySet(models.QuerySet["Solution"]):
    """Solutions."""

    def visible_to(self, actor: Actor) -> Self:
        """Published ones by visibility; drafts by the council room and by the activity's owner,
        while they work in an organisation that owns it."""
        if actor.is_house:
            return self
        readable = readable_by(actor) & ~Q(state="draft")
        if actor.organisation_ids:
            readable |= Q(activity__owner=actor.person_id) & _owned_by(actor.organisation_ids)
        if actor.council_room_ids:
            readable |= Q(organisation__in=sorted(actor.council_room_ids))
        return self.filter(readable)

    def published(self) -> Self:
        """Those that may be taken up."""
        return self.filter(state="published")

    def taken_up_by(self, organisation_ids: Collection[int]) -> Self:
        """Those that one of these organisations considers, tries or uses."""
        from loype.spread.models import Adoption  # noqa: PLC0415  the models need this class

        taken = Adoption.objects.filter(organisation__in=sorted(organisation_ids))
        return self.filter(pk__in=taken.exclude(state="stopped").values("solution"))

    def matching(self, text: str) -> Self:
        """Those that hold all the words or what begins with them, in any of our languages."""
        in_title = Q(title__icontains=text)
        words = re.findall(r"[^\W_]+", text)[:MOST_WORDS]
        if not words:
            return self.filter(in_title)
        # Beginnings, because the stemmers differ between "plads" and "pladser".
        beginnings = " & ".join(f"{word}:*" for word in words)
        query: SearchQuery | None = None
        for configuration in CONFIGURATIONS:
            one = SearchQuery(beginnings, config=configuration, search_type="raw")
            query = one if query is None else query | one
        return self.filter(Q(words=query) | in_title)

    def newest_first(self) -> Self:
        """The order of lists; keyset paging leans on it."""
        return self.order_by("-published_at", "-id")


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    """Adoptions."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen by whoever may read the solution and by the taker."""
        from loype.spread.models import Solution  # noqa: PLC0415  the models need this class

        if actor.is_house:
            return self
        return self.filter(
            Q(organisation__in=sorted(actor.organisation_ids))
            | Q(solution__in=Solution.objects.visible_to(actor))
        )

    def counted_as_spread(self) -> Self:
        """In use somewhere else, confirmed there."""
        return self.filter(state="in_use", confirmed_at__isnull=False)
