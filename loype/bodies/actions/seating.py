"""Who may come for the seats that are called to a meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from loype.bodies.models import Meeting, MeetingCall, Term
from loype.kernel.errors import BadInput


def seat_people(meeting: Meeting, *, at: datetime | None = None) -> dict[int, list[Term]]:
    """Who may come for each called seat on the day of the meeting: its holder, then its deputy;
    nobody who no longer works where the seat comes from.

    A written procedure goes on for days: who holds the seat at the moment answers for it.
    """
    day = _day_of(meeting, at=at)
    terms = (
        Term.objects.filter(seat__in=meeting.calls.values("seat"), from_date__lte=day)
        .on_or_after(day)
        .at_work(day)
        .select_related("person")
        .order_by("is_deputy", "id")
    )
    found: dict[int, list[Term]] = {}
    for term in terms:
        found.setdefault(term.seat_id, []).append(term)
    return found


def _day_of(meeting: Meeting, *, at: datetime | None) -> date:
    day = meeting.starts_at.date()
    if meeting.answer_by is None or at is None:
        return day
    return min(max(day, at.date()), meeting.answer_by)


def who_comes(
    calls: Iterable[MeetingCall],
    *,
    present: Mapping[int, int | None],
    people: Mapping[int, list[Term]],
) -> dict[int, int]:
    """Who comes for each seat (None: its holder); refused for somebody who neither holds it nor is
    its deputy."""
    if not set(present) <= {call.seat_id for call in calls}:
        raise BadInput({"attended": _("Only seats that were called can attend.")})
    chosen: dict[int, int] = {}
    for seat_id, person_id in present.items():
        allowed = [term.person_id for term in people.get(seat_id, ())]
        if not allowed or (person_id is not None and person_id not in allowed):
            raise BadInput(
                {"attended": _("For a seat comes who holds it that day, or its deputy.")}
            )
        chosen[seat_id] = person_id if person_id is not None else allowed[0]
    if len(set(chosen.values())) != len(chosen):
        raise BadInput({"attended": _("One person comes for one seat only.")})
    return chosen
