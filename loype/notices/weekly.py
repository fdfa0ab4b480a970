"""The week that was, in each federation: said once, from one Monday to the next."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.db import transaction

from loype.history.actions import record
from loype.history.models import Event
from loype.organisations.actor import HOUSE
from loype.organisations.models import Federation

VERB = "tell_of_the_week"


@transaction.atomic
def tell_of_the_week(federation: Federation, *, at: datetime) -> Event | None:
    """Let the members of a federation hear what was new in the last whole week; once a week."""
    federation = Federation.objects.select_for_update().get(pk=federation.pk)
    monday = at.date() - timedelta(days=at.weekday())
    until = datetime.combine(monday, time(), tzinfo=UTC)
    since = until - timedelta(days=7)
    year, week, _day = since.date().isocalendar()
    name = f"{year}-W{week:02}"
    told = Event.objects.filter(
        verb=VERB, thing_kind=Federation.history_kind, thing_id=federation.pk, change__week=name
    )
    if told.exists():
        return None
    return record(
        VERB, thing=federation, actor=HOUSE, at=at, organisation_id=federation.coordinator_id,
        change={"week": name, "since": since.isoformat(), "until": until.isoformat()},
    )  # fmt: skip


def tell_of_all_weeks(*, at: datetime) -> int:
    """The same for every federation; gives how many were told something new."""
    events = [tell_of_the_week(one, at=at) for one in Federation.objects.order_by("pk")]
    return sum(event is not None for event in events)
