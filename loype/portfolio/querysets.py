"""What may be asked of many activities at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import combinations
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, Q

from loype.organisations.levels import FEWEST_OF_CROSS_CUTTING, KINDS_OF_LEVEL
from loype.organisations.visibility import readable_by
from loype.portfolio.mandates.querysets import HangsOnMandate
from loype.portfolio.states import OPEN_ACTIVITY

if TYPE_CHECKING:
    from loype.organisations.actor import Actor
    from loype.portfolio.models import Activity  # noqa: F401


# What cards do not show and long lists should not carry.
HEAVY = ("summary", "end_reason", "idea__text", "idea__words")


def _on_level(level: str) -> Q:
    """Whether the owner, or somebody who takes part now, stands on a level."""
    from loype.portfolio.models import Participant  # noqa: PLC0415  the models need this class

    kinds = sorted(KINDS_OF_LEVEL[level])
    partners = Participant.objects.filter(
        activity=OuterRef("pk"), left_date=None, organisation__kind__in=kinds
    )
    return Q(organisation__kind__in=kinds) | Q(Exists(partners))


class ActivityQuerySet(HangsOnMandate):
    """Activities."""

    def visible_to(self, actor: Actor) -> Self:
        """Activities the actor may read: by visibility, as owner who works there, or as a
        participant's people."""
        from loype.portfolio.models import Participant  # noqa: PLC0415  the models need this class

        if actor.is_house:
            return self
        readable = readable_by(actor)
        if actor.organisation_ids:
            homes = sorted(actor.organisation_ids)
            readable |= Q(owner=actor.person_id, organisation__in=homes)
            joined = Participant.objects.filter(
                organisation__in=sorted(actor.organisation_ids), left_date=None
            )
            readable |= Q(pk__in=joined.values("activity"))
        return self.filter(readable)

    def open(self) -> Self:
        """Planned, running or paused."""
        return self.filter(state__in=OPEN_ACTIVITY)

    def joined_by(self, organisation_ids: Collection[int]) -> Self:
        """Those of others in which one of these organisations takes part now."""
        from loype.portfolio.models import Participant  # noqa: PLC0415  the models need this class

        joined = Participant.objects.filter(
            organisation__in=sorted(organisation_ids), left_date=None
        )
        return self.filter(pk__in=joined.values("activity"))

    def in_portfolio_of(self, organisation_id: int | None) -> Self:
        """Those that the organisation owns, alone or together with others; two statements."""
        from loype.portfolio.models import Participant  # noqa: PLC0415  the models need this class

        # Asked first, so that the list itself keeps to its index where nothing is co-owned.
        together = Participant.objects.filter(
            organisation=organisation_id, is_owner=True, left_date=None
        )
        ids = list(together.values_list("activity_id", flat=True))
        own = Q(organisation=organisation_id)
        return self.filter(own | Q(pk__in=ids) if ids else own)

    def reaching(self, levels: Iterable[str]) -> Self:
        """Those with a partner on each of these levels of the public sector."""
        found = self
        for level in levels:
            found = found.filter(_on_level(level))
        return found

    def cross_cutting(self) -> Self:
        """Those with partners on at least two levels of the public sector."""
        wanted = Q(pk__in=[])
        for one, other in combinations(KINDS_OF_LEVEL, FEWEST_OF_CROSS_CUTTING):
            wanted |= _on_level(one) & _on_level(other)
        return self.filter(wanted)

    def with_kinds(self) -> Self:
        """Each with `partner_kinds`: what sort the other organisations are that take part now."""
        from loype.portfolio.models import Participant  # noqa: PLC0415  the models need this class

        partners = Participant.objects.filter(activity=OuterRef("pk"), left_date=None)
        kinds = partners.order_by().values("organisation__kind").distinct()
        return self.annotate(partner_kinds=ArraySubquery(kinds))

    def with_outlook(self) -> Self:
        """Ready for cards: `milestones_kept` in order, and the newest report as `last_reports`."""
        from loype.portfolio.models import (  # noqa: PLC0415  the models need this class
            Milestone,
            StatusReport,
        )

        newest = StatusReport.objects.order_by("activity", "-reported_at", "-id")
        return (
            self.select_related("owner", "organisation", "idea")
            .defer(*HEAVY)
            .prefetch_related(
                Prefetch(
                    "milestones", Milestone.objects.filter(removed_at=None), "milestones_kept"
                ),
                Prefetch("reports", newest.distinct("activity"), "last_reports"),
            )
        )

    def newest_first(self) -> Self:
        """The order of lists; keyset paging leans on it."""
        return self.order_by("-opened_at", "-id")
