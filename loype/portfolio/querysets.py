"""What may be asked of many activities at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.db.models import Prefetch, Q

from loype.organisations.visibility import readable_by
from loype.portfolio.mandates.querysets import HangsOnMandate
from loype.portfolio.states import OPEN_ACTIVITY

if TYPE_CHECKING:
    from loype.organisations.actor import Actor
    from loype.portfolio.models import Activity  # noqa: F401


# What cards do not show and long lists should not carry.
HEAVY = ("summary", "end_reason", "idea__text", "idea__words")


class ActivityQuerySet(HangsOnMandate):
    """Activities."""

    def visible_to(self, actor: Actor) -> Self:
        """Activities the actor may read: by visibility, as owner, or as a participant's people."""
        from loype.portfolio.models import Participant  # noqa: PLC0415  the models need this class

        if actor.is_house:
            return self
        readable = readable_by(actor)
        if actor.is_signed_in:
            readable |= Q(owner=actor.person_id)
        if actor.organisation_ids:
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
