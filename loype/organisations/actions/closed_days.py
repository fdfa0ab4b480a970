"""Saying on which working days an organisation is closed, and taking it back in time."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loype.history.actions import record
from loype.kernel.calendar import day_in
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.words import clean_line
from loype.organisations.actor import Actor
from loype.organisations.models import ClosedDays, Organisation
from loype.organisations.rules import can_set_closed_days

# More is no closing but a slower promise, and that is said where the promise is.
MOST_A_YEAR = 25
LONGEST = timedelta(days=92)


@transaction.atomic
def close_days(
    organisation: Organisation,
    *,
    name: str,
    from_date: date | None,
    to_date: date | None = None,
    actor: Actor,
    at: datetime,
) -> ClosedDays:
    """Say that nobody is at work from one day to another: the clocks do not count these days."""
    if not can_set_closed_days(actor, organisation.pk):
        raise NotAllowed(_("Only the organisation's administrators and its named decider do this."))
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    today = day_in(at, organisation.time_zone)
    name, to_date = clean_line(name)[:120], to_date or from_date
    facts: dict[str, Any] = {"name": name, "from_date": from_date, "to_date": to_date}
    same = organisation.closed_days.standing().filter(**facts).first() if from_date else None
    if same is not None:
        return same  # the same form was sent twice
    _refuse_bad_days(organisation, **facts, today=today)
    try:
        with transaction.atomic():
            closed = ClosedDays.objects.create(
                organisation=organisation, recorded_date=today, recorded_by_id=actor.person_id,
                **facts,
            )  # fmt: skip
    except IntegrityError as problem:
        raise BadInput(
            {"from_date": _("Some of these days are written down already.")}
        ) from problem
    record(
        "close_days", thing=closed, actor=actor, at=at, organisation_id=organisation.pk,
        follow=False, change={"name": name, "from": str(from_date), "to": str(to_date)},
    )  # fmt: skip
    return closed


def _refuse_bad_days(
    organisation: Organisation,
    *,
    name: str,
    from_date: date | None,
    to_date: date | None,
    today: date,
) -> None:
    problems: dict[str, Any] = {}
    if not name:
        problems["name"] = _("Say why, such as “Between Christmas and New Year”.")
    if from_date is None or to_date is None:
        problems["from_date"] = _("Say which day.")
    elif from_date < today:
        problems["from_date"] = _("What has passed stays as it was: choose today or a later day.")
    elif not from_date <= to_date <= from_date + LONGEST:
        problems["to_date"] = _("Choose a last day on or after the first, within three months.")
    else:
        problems |= _refuse_odd_count(organisation, from_date=from_date, to_date=to_date)
    if problems:
        raise BadInput(problems)


def _refuse_odd_count(
    organisation: Organisation, *, from_date: date, to_date: date
) -> dict[str, Any]:
    """Days on which nobody works anyway, or more than a year may have."""
    calendar = organisation.calendar
    span = [from_date + timedelta(days=step) for step in range((to_date - from_date).days + 1)]
    new = [day for day in span if calendar.is_working(day)]
    if not new:
        return {"from_date": _("Nobody works on these days anyway.")}
    years = Counter(day.year for day in (*organisation.closed_dates, *new))
    if max(years[day.year] for day in new) > MOST_A_YEAR:
        return {
            "to_date": _(
                "That would be more than %(most)s working days in a year. "
                "Promise more days instead."
            )
            % {"most": MOST_A_YEAR}
        }
    return {}


@transaction.atomic
def take_back_closed_days(closed: ClosedDays, *, actor: Actor, at: datetime) -> ClosedDays:
    """These days are worked after all; only before the first of them."""
    if not can_set_closed_days(actor, closed.organisation_id):
        raise NotAllowed(_("Only the organisation's administrators and its named decider do this."))
    closed = (
        ClosedDays.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=closed.pk)
    )
    if closed.taken_back_date is not None:
        return closed
    today = day_in(at, closed.organisation.time_zone)
    if today >= closed.from_date:
        raise WrongMoment(_("These days have begun, so they stay."))
    closed.taken_back_date = today
    closed.save(update_fields=["taken_back_date"])
    record(
        "take_back_closed_days", thing=closed, actor=actor, at=at, follow=False,
        organisation_id=closed.organisation_id,
        change={"name": closed.name, "from": str(closed.from_date), "to": str(closed.to_date)},
    )  # fmt: skip
    return closed
