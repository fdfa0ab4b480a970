"""What was referred to a body, with whether it lies on an agenda."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from loype.councils.models import AgendaItem


def with_agenda_of(referrals: QuerySet[Any]) -> QuerySet[Any]:
    """Each with `agenda_meeting_id` and `agenda_item_id` of the open agenda on which it lies."""
    lying = AgendaItem.objects.filter(
        referral=OuterRef("pk"), removed_at=None, meeting__state__in=("planned", "called")
    )
    found: QuerySet[Any] = referrals.annotate(
        agenda_meeting_id=Subquery(lying.values("meeting_id")[:1]),
        agenda_item_id=Subquery(lying.values("pk")[:1]),
    )
    return found
