"""What a body promises, valid from a day on; a case is measured by the day it began to wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import DateField, DateTimeField, Func, OuterRef, Q, Subquery
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext as _

from loype.accounts.models import Person
from loype.bodies.models import Body
from loype.bodies.rules import can_establish_body
from loype.history.actions import record
from loype.kernel.calendar import day_in
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.words import clean_line
from loype.organisations.actor import Actor
from loype.organisations.models import Membership, Organisation
from loype.trail.models import ServiceTarget

MOST_DAYS = 366
MOST_CASES = 500
DAYS = (
    "receipt_days", "responsible_days", "decision_days", "feedback_days", "warn_days",
    "decider_days",
)  # fmt: skip
TOLD = ("receipt_days", "responsible_days", "decision_days")
"""What an organisation says of itself as well."""


@dataclass(frozen=True, kw_only=True)
class Targets:
    """Working days within which a giver gets each thing, and when those above are told."""

    receipt_days: int = 1
    responsible_days: int = 5
    decision_days: int = 20
    feedback_days: int = 2
    warn_days: int = 3
    decider_days: int = 5
    stand_in_id: int | None = None
    cases_a_meeting: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether they are valid on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


def own_targets(organisation: Organisation) -> Targets:
    """What an organisation promises where its council has set nothing."""
    return Targets(**{name: getattr(organisation, name) for name in TOLD})


def targets_on(found: Iterable[Targets], day: date, *, otherwise: Targets) -> Targets:
    """Those valid on a day."""
    return next((one for one in found if one.holds_on(day)), otherwise)


def as_targets(row: ServiceTarget) -> Targets:
    """A row as the sums need it."""
    return Targets(
        **{name: getattr(row, name) for name in DAYS},
        stand_in_id=row.stand_in_id,
        cases_a_meeting=row.cases_a_meeting,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def promised_targets(organisation: Organisation, *, day: date) -> Targets:
    """What an organisation promises to what is handed in on a day; one statement."""
    row = (
        ServiceTarget.objects.on(day)
        .filter(body__organisation=organisation.pk, body__state="active")
        .filter(body__kind="innovation_council")
        .first()
    )
    return as_targets(row) if row is not None else own_targets(organisation)


def targets_beside(*, organisation: str, since: str) -> Subquery:
    """For an outer row: what its organisation's council promised on the day of a moment of it.

    Read with `targets_from`, so that a list needs no further statement.
    """
    zone = OuterRef(f"{organisation}__time_zone")
    there = Func(zone, OuterRef(since), function="timezone", output_field=DateTimeField())
    began = Cast(there, DateField())
    rows = ServiceTarget.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=began),
        valid_from__lte=began,
        body__organisation=OuterRef(organisation),
        body__state="active",
        body__kind="innovation_council",
    )
    return Subquery(rows.values(told=JSONObject(**{name: name for name in DAYS}))[:1])


def targets_from(told: dict[str, Any] | None, *, organisation: Organisation) -> Targets:
    """What `targets_beside` found, or what the organisation promises."""
    return Targets(**told) if told else own_targets(organisation)


def can_set_targets(actor: Actor, body: Body) -> bool:
    """The council's leader, and the organisation's administrators and decider."""
    return can_establish_body(actor, body.organisation_id) or actor.leads_body(body.pk)


@transaction.atomic
def set_targets(
    body: Body,
    *,
    valid_from: date,
    actor: Actor,
    at: datetime,
    stand_in: Person | None = None,
    cases_a_meeting: int | None = None,
    decision_reference: str = "",
    **days: int,
) -> ServiceTarget:
    """Promise something else from a day on; what was promised until then ends the day before.

    With it goes how many cases a meeting can take, where the council says so itself.
    """
    body = (
        Body.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=body.pk)
    )  # fmt: skip
    if not can_set_targets(actor, body):
        raise NotAllowed(_("Only the council's leader and the organisation itself set this."))
    if body.state == "closed":
        raise WrongMoment(_("This council is closed."))
    today = day_in(at, body.organisation.time_zone)
    if cases_a_meeting is not None and not 1 <= cases_a_meeting <= MOST_CASES:
        raise BadInput({"cases_a_meeting": _("Choose a number between 1 and 500, or none.")})
    _refuse_bad_targets(body, valid_from=valid_from, today=today, stand_in=stand_in, days=days)
    _keep_what_was_promised(body, until=valid_from - timedelta(days=1), at=at)
    try:
        with transaction.atomic():
            target = ServiceTarget.objects.create(
                body=body, valid_from=valid_from, stand_in=stand_in, set_at=at,
                set_by_id=actor.person_id, cases_a_meeting=cases_a_meeting, **days,
                decision_reference=clean_line(decision_reference)[:160],
            )  # fmt: skip
    except IntegrityError as problem:
        raise BadInput({"valid_from": _("Something else is promised from that day.")}) from problem
    if valid_from <= today:
        _bring_into_force(target, organisation_id=body.organisation_id)
    record(
        "set_targets", thing=target, actor=actor, at=at, organisation_id=body.organisation_id,
        change={"body": body.pk, "from": valid_from.isoformat(), **days}, follow=False,
    )  # fmt: skip
    return target


def _keep_what_was_promised(body: Body, *, until: date, at: datetime) -> None:
    """End what holds now; the first time, write down what the organisation promised until then."""
    if ServiceTarget.objects.filter(body=body, valid_to=None).update(valid_to=until):
        return
    organisation = body.organisation
    begun = day_in(organisation.created_at, organisation.time_zone)
    if begun <= until:
        ServiceTarget.objects.create(
            body=body, valid_from=begun, valid_to=until, set_at=at,
            receipt_days=organisation.receipt_days,
            responsible_days=organisation.responsible_days,
            decision_days=max(organisation.decision_days, organisation.responsible_days),
        )  # fmt: skip


def _refuse_bad_targets(
    body: Body, *, valid_from: date, today: date, stand_in: Person | None, days: dict[str, int]
) -> None:
    problems: dict[str, Any] = {}
    latest = ServiceTarget.objects.filter(body=body).order_by("-valid_from").first()
    if valid_from < today:
        problems["valid_from"] = _("What was promised stays: choose today or a later day.")
    elif latest is not None and valid_from <= latest.valid_from:
        problems["valid_from"] = _("Choose a day after the last change.")
    for name in DAYS:
        least = 0 if name in ("warn_days", "decider_days") else 1
        if not least <= days.get(name, least) <= MOST_DAYS:
            problems[name] = _("Choose a whole number of working days, at most a year.")
    if days.get("decision_days", MOST_DAYS) < days.get("responsible_days", 0):
        problems["decision_days"] = _(
            "Give the first decision at least as many days as naming somebody responsible."
        )
    if stand_in is not None and not (
        Membership.objects.filter(person=stand_in, organisation=body.organisation_id)
        .on(valid_from)
        .exists()
    ):
        problems["stand_in"] = _("The responsible must work in the organisation.")
    if problems:
        raise BadInput(problems)


def _bring_into_force(target: ServiceTarget, *, organisation_id: int) -> None:
    """Let what is told about the organisation say what its council promises now."""
    Organisation.objects.filter(pk=organisation_id).update(
        **{name: getattr(target, name) for name in TOLD}
    )


@transaction.atomic
def begin_targets(*, at: datetime) -> int:
    """Bring into force what has begun, in each organisation's own time; gives how many.

    Also what began while nobody watched the clock; run twice it does nothing more.
    """
    begun = 0
    rows = ServiceTarget.objects.on(at.date() + timedelta(days=1)).filter(body__state="active")
    for target in rows.select_related("body__organisation"):
        organisation = target.body.organisation
        told = own_targets(organisation)
        holds = target.valid_from <= day_in(at, organisation.time_zone)
        if holds and any(getattr(told, name) != getattr(target, name) for name in TOLD):
            _bring_into_force(target, organisation_id=organisation.pk)
            begun += 1
    return begun
