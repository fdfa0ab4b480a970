"""Stopping the clocks on what Løype itself owes a giver: the receipt, and word of the decision."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from loype.councils.models import Case
from loype.history.models import Event


def note_told(event_id: int, *, at: datetime) -> None:
    """The giver was told of an event: its clock stands still. Done twice it changes nothing."""
    event = Event.objects.filter(pk=event_id, verb__in=("submit_idea", "decide_case")).first()
    if event is None:
        return
    cases = Case.objects.filter(idea__giver__isnull=False)
    if event.verb == "submit_idea":
        untold = Q(receipt_at=None) | Q(receipt_at__lt=F("waiting_since"))
        cases.filter(untold, idea=event.thing_id).update(receipt_at=max(at, event.at))
    else:
        untold = Q(feedback_at=None)
        cases.filter(untold, idea=event.change["idea"]).update(feedback_at=max(at, event.at))
