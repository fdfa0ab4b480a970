"""The standing follow-up list of a council: what is late, to be asked about when it meets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _, pgettext

from loype.bodies.actions import refuse_unless_preparing
from loype.bodies.models import Meeting
from loype.councils.actions import Matter, add_agenda_items
from loype.councils.meeting_labels import ItemKind
from loype.councils.models import AgendaItem
from loype.evaluation.models import Evaluation
from loype.organisations.actor import Actor
from loype.portfolio.models import Activity, Milestone

REPORT_EVERY = timedelta(days=31)
"""An activity that runs says how it goes at least so often."""
EVALUATED_WITHIN = timedelta(days=90)
"""What has ended is evaluated within so long."""
MOST = 30


@dataclass(frozen=True)
class FollowUp:
    """One thing to ask about: what, why, and where it is found."""

    about: str
    title: str
    why: str

    @property
    def activity_id(self) -> int:
        """The activity it is about."""
        return int(self.about.split()[1])


def follow_up_list(organisation_id: int, *, day: date) -> list[FollowUp]:
    """Late reports, what is due or past its day, and late evaluations of an organisation's own
    activities, on a day; the longest late first within each."""
    found = [
        *_late_reports(organisation_id, day=day),
        *_due(organisation_id, day=day),
        *_due_milestones(organisation_id, day=day),
        *_late_evaluations(organisation_id, day=day),
    ]
    return found[:MOST]


def _day(day: date) -> str:
    return date_format(day, pgettext("a date", "j F Y"))


def _late_reports(organisation_id: int, *, day: date) -> list[FollowUp]:
    late = Q(reported_at=None, started_at__date__lt=day - REPORT_EVERY)
    late |= Q(reported_at__date__lt=day - REPORT_EVERY)
    rows = Activity.objects.filter(late, organisation=organisation_id, state="running")
    return [
        FollowUp(
            f"activity {row.pk} late_report",
            _("No report: %(title)s") % {"title": row.title},
            _("The last report came on %(day)s.") % {"day": _day(row.reported_at.date())}
            if row.reported_at
            else _("Nothing was reported since it started."),
        )
        for row in rows.defer("summary").order_by(F("reported_at").asc(nulls_first=True), "pk")
    ]


def _due(organisation_id: int, *, day: date) -> list[FollowUp]:
    rows = Activity.objects.filter(
        organisation=organisation_id, state__in=("planned", "running", "paused"),
        due_date__lte=day,
    )  # fmt: skip
    return [
        FollowUp(
            f"activity {row.pk} due",
            _("Due: %(title)s") % {"title": row.title},
            _("It was to be done by %(day)s.") % {"day": _day(row.due_date)},
        )
        for row in rows.defer("summary").order_by("due_date", "pk")
        if row.due_date is not None
    ]


def _due_milestones(organisation_id: int, *, day: date) -> list[FollowUp]:
    rows = Milestone.objects.filter(
        activity__organisation=organisation_id, activity__state__in=("running", "paused"),
        reached_date=None, removed_at=None, due_date__lte=day,
    )  # fmt: skip
    return [
        FollowUp(
            f"activity {row.activity_id} milestone {row.pk}",
            _("Milestone due: %(milestone)s, %(title)s")
            % {"milestone": row.title, "title": row.activity.title},
            _("It was to be reached by %(day)s.") % {"day": _day(row.due_date)},
        )
        for row in rows.select_related("activity").order_by("due_date", "pk")
    ]


def _late_evaluations(organisation_id: int, *, day: date) -> list[FollowUp]:
    concluded = Evaluation.objects.filter(state="concluded").values("activity")
    rows = Activity.objects.filter(
        organisation=organisation_id, state="finished",
        ended_at__date__lt=day - EVALUATED_WITHIN,
    ).exclude(pk__in=concluded)  # fmt: skip
    return [
        FollowUp(
            f"activity {row.pk} late_evaluation",
            _("Not evaluated: %(title)s") % {"title": row.title},
            _("It ended on %(day)s.") % {"day": _day(row.ended_at.date())},
        )
        for row in rows.defer("summary").order_by("ended_at", "pk")
        if row.ended_at is not None
    ]


@transaction.atomic
def put_follow_ups_on_agenda(meeting: Meeting, *, actor: Actor, at: datetime) -> list[AgendaItem]:
    """Put everything on the standing list on a meeting's agenda; done twice nothing is doubled.

    It is written in the organisation's language, whoever pressed the button.
    """
    refuse_unless_preparing(actor, meeting.body)
    day = max(meeting.starts_at.date(), at.date())
    with translation.override(meeting.organisation.language):
        found = follow_up_list(meeting.organisation_id, day=day)
    matters = [
        Matter(kind=ItemKind.FOLLOW_UP, title=one.title, notes=one.why, about=one.about)
        for one in found
    ]
    return add_agenda_items(meeting, matters=matters, actor=actor, at=at) if matters else []
