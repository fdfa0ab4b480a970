"""Saying which points of its mandate a decision rests on, and listing decisions under each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loype.bodies.models import Body, Mandate, MandatePoint
from loype.councils.models import Citation, Decision
from loype.councils.rules import can_prepare_cases
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.organisations.actor import Actor


@transaction.atomic
def cite_points(
    decision: Decision, *, points: Iterable[MandatePoint], actor: Actor, at: datetime
) -> list[Citation]:
    """Say which points of the mandate a decision rests on, until its minutes are approved.

    What was cited before and is not named now no longer counts.
    """
    decision = (
        Decision.objects.select_for_update(of=("self",)).select_related("body").get(pk=decision.pk)
    )
    if not can_prepare_cases(actor, decision.organisation_id, council=decision.body):
        raise NotAllowed(_("Only the council's leader and secretary say what a decision rests on."))
    if decision.locked_at is not None:
        raise WrongMoment(_("The minutes are approved, so the decision stays as it is."))
    chosen = {point.pk for point in points}
    if not chosen <= {point.pk for point in citable_points(decision)}:
        raise BadInput(
            {"points": _("A decision rests on the mandate that its council had that day.")}
        )
    before = set(decision.citations.values_list("point_id", flat=True))
    decision.citations.exclude(point__in=chosen).delete()
    Citation.objects.bulk_create(
        Citation(decision=decision, point_id=pk, cited_at=at, cited_by_id=actor.person_id)
        for pk in sorted(chosen - before)
    )
    record(
        "cite_points", thing=decision, actor=actor, at=at,
        organisation_id=decision.organisation_id, acting_as="council",
        change={"points": [sorted(before), sorted(chosen)]}, follow=False,
    )  # fmt: skip
    return list(decision.citations.select_related("point"))


def citable_points(decision: Decision) -> list[MandatePoint]:
    """The points of the mandate that the council had when it decided; one statement."""
    if decision.body_id is None:
        return []
    mandate = Mandate.objects.filter(body=decision.body_id).on(decision.decided_at.date())
    return list(MandatePoint.objects.filter(mandate__in=mandate))


@dataclass
class UnderPoint:
    """A point of a mandate with the decisions that rest on it."""

    point: MandatePoint
    mandate: Mandate
    decisions: list[Decision] = field(default_factory=list)


def decisions_by_point(body: Body, *, year: int, actor: Actor) -> Sequence[UnderPoint]:
    """A year's decisions under each point of every mandate in force that year; two statements.

    A point that nothing rested on is there, too, with no decisions.
    """
    points = (
        MandatePoint.objects.visible_to(actor)
        .filter(mandate__body=body, mandate__from_date__year__lte=year)
        .exclude(mandate__to_date__year__lt=year)
        .select_related("mandate")
        .order_by("mandate__from_date", "number")
    )
    found = {point.pk: UnderPoint(point, point.mandate) for point in points}
    citations = (
        Citation.objects.visible_to(actor)
        .filter(point__in=list(found), decision__decided_at__year=year)
        .select_related("decision__case__idea")
        .order_by("decision__decided_at", "decision_id")
    )
    for citation in citations:
        found[citation.point_id].decisions.append(citation.decision)
    return list(found.values())
