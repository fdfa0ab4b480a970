"""Reading a federation's figures: six statements, however many councils it has.

The coordinator sees how many and how long, of all members; titles only of what may be read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from loype.bodies.models import Meeting, MeetingCall, SeatKind
from loype.councils.models import Decision, JointCase, NeedElsewhere
from loype.councils.querysets import with_queue
from loype.kernel.calendar import day_in
from loype.kernel.errors import NotAllowed
from loype.organisations.actor import Actor
from loype.organisations.models import Federation, FederationMembership, Organisation
from loype.organisations.rules import can_manage_federation
from loype.trail.federation.common import NeedCase, grouped
from loype.trail.federation.overview import CouncilRow, JointRow, MeetingHeld, Overview
from loype.trail.models import ServiceTarget

MONTHS_BACK = timedelta(days=365)
MOST_PAIRS = 500
MOST_JOINT = 100


def read_overview(federation: Federation, *, actor: Actor, at: datetime) -> Overview:
    """Everything across the councils of a federation, for who coordinates it."""
    if not can_manage_federation(actor, federation):
        raise NotAllowed(_("Only the federation's coordinator sees all its councils."))
    today = at.date()
    members = FederationMembership.objects.on(today).filter(federation=federation.pk)
    meetings = _meetings(members, at=at)
    return Overview(
        federation_id=federation.pk,
        name=federation.name,
        today=today,
        councils=[_council(row, meetings=meetings, at=at) for row in _queues(members, day=today)],
        needs=grouped(_pairs(federation, actor=actor, day=today)),
        joint=[_joint(row, today=today) for row in _joint_cases(federation, actor=actor)],
    )


def _queues(members: Any, *, day: date) -> Any:
    rows = Organisation.objects.filter(
        kind="municipality", state="active", pk__in=members.values("organisation")
    )
    promised = ServiceTarget.objects.on(day).filter(
        body__organisation=OuterRef("pk"),
        body__state="active",
        body__kind="innovation_council",
    )
    return with_queue(rows).annotate(
        limit=Coalesce(Subquery(promised.values("decision_days")[:1]), F("decision_days"))
    ).order_by("name", "pk")  # fmt: skip


def _meetings(members: Any, *, at: datetime) -> dict[int, list[MeetingHeld]]:
    """The meetings of each member's innovation council: of the last twelve months, and ahead."""
    calls = MeetingCall.objects.filter(meeting=OuterRef("pk"), seat__kind=SeatKind.FEDERATION.value)
    rows = (
        Meeting.objects.filter(
            body__kind="innovation_council", organisation__in=members.values("organisation"),
            starts_at__gte=at - MONTHS_BACK,
        )
        .annotate(came=Subquery(calls.values("attended")[:1]))
        .order_by("starts_at", "pk")
        .values_list(
            "organisation_id", "organisation__time_zone", "starts_at", "answer_by", "state", "came"
        )
    )  # fmt: skip
    found: dict[int, list[MeetingHeld]] = {}
    for organisation, zone, starts_at, answer_by, state, came in rows:
        day = answer_by or day_in(starts_at, zone)  # in writing: when all are to have answered
        told = MeetingHeld(
            day,
            state,
            came if state != "cancelled" else None,
            is_ahead=state in ("planned", "called") and day >= day_in(at, zone),
        )
        found.setdefault(organisation, []).append(told)
    return found


def _council(row: Any, *, meetings: Mapping[int, list[MeetingHeld]], at: datetime) -> CouncilRow:
    since = row.oldest_waiting_since
    waited = None
    if since is not None:
        zone = row.time_zone
        waited = row.calendar.between(day_in(since, zone), day_in(at, zone))
    return CouncilRow(
        organisation_id=row.pk,
        organisation=row.name,
        council=row.council_name or "",
        limit=row.limit,
        undecided=row.undecided_count,
        without_responsible=row.without_responsible_count,
        oldest_waited=waited,
        meetings=tuple(meetings.get(row.pk, ())),
    )


FACTS = ("id", "idea_id", "idea__title", "idea__language", "organisation_id",
         "organisation__name", "state", "idea__submitted_at")  # fmt: skip


def _pairs(federation: Federation, *, actor: Actor, day: date) -> Any:
    """The same needs between members of which the actor may read both ideas."""
    rows = (
        NeedElsewhere.objects.visible_to(actor)
        .standing()
        .of_federation(federation.pk, day=day)
        .annotate(course=_course("case"), other_course=_course("other"))
        .order_by("-told_at", "-pk")
        .values_list(
            *(f"case__{name}" for name in FACTS), "course", "seen_at",
            *(f"other__{name}" for name in FACTS), "other_course",
        )[: 2 * MOST_PAIRS]
    )  # fmt: skip
    for row in rows:
        one, (course, seen), other, other_course = row[:8], row[8:10], row[10:18], row[18]
        yield (
            _need_case(one, course=course, seen=seen is not None),
            _need_case(other, course=other_course, seen=False),
        )


def _need_case(facts: Sequence[Any], *, course: str | None, seen: bool) -> NeedCase:
    """A case from its facts in the order of FACTS."""
    names = (
        "case_id", "idea_id", "title", "language", "organisation_id", "organisation", "state",
        "submitted_at",
    )  # fmt: skip
    return NeedCase(**dict(zip(names, facts, strict=True)), course=course or "", seen=seen)


def _course(side: str) -> Subquery:
    """The course of the decision in force, where there is one."""
    decided = Decision.objects.filter(case=OuterRef(f"{side}_id"), in_force=True)
    return Subquery(decided.values("course")[:1])


def _joint_cases(federation: Federation, *, actor: Actor) -> Any:
    answers = {
        answer: Count(
            "decision__invitations", filter=Q(decision__invitations__answer=value), distinct=True
        )
        for answer, value in (("yes", "yes"), ("no", "no"), ("later", "later"), ("silent", ""))
    }
    return (
        JointCase.objects.visible_to(actor)
        .open()
        .filter(federation=federation.pk)
        .annotate(**answers)
        .annotate(
            in_force=FilteredRelation(
                "terms", condition=Q(terms__agreed_at__isnull=False, terms__ended_at=None)
            )
        )
        .annotate(lead_name=F("in_force__lead__name"))
        .select_related("organisation", "decision__case__idea")
        .defer("decision__case__idea__words", "decision__case__idea__text")
        .order_by("answer_by", "pk")[:MOST_JOINT]
    )


def _joint(row: Any, *, today: date) -> JointRow:
    idea = row.decision.case.idea
    return JointRow(
        joint_id=row.pk,
        title=idea.title,
        language=idea.language,
        organisation=row.organisation.name,
        state=row.state,
        course=row.decision.course,
        answer_by=row.answer_by,
        yes=row.yes,
        no=row.no,
        later=row.later,
        silent=row.silent,
        is_overdue=row.silent > 0 and row.answer_by < today,
        lead=row.lead_name or "",
    )
