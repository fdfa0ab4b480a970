"""Adopting what a body goes by: who sits on it, its mandate, rules of procedure and instruction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from loype.bodies.models import (
    Body,
    CompositionRule,
    DecidesBy,
    Instruction,
    Mandate,
    MandatePoint,
    Power,
    PowerHolder,
    Quorum,
    RuleKind,
    RulesOfProcedure,
    SeatKind,
    Strength,
)
from loype.bodies.rules import can_adopt, can_establish_body
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.words import clean_line, clean_text
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation

AnyPaper = TypeVar("AnyPaper", Mandate, RulesOfProcedure, Instruction)


@dataclass(frozen=True, kw_only=True)
class Procedural:
    """What a new version of the rules of procedure says; the fields are those of the row."""

    notice_days: int = 0
    paper_days: int = 0
    quorum: str = "half"
    quorum_number: int = 0
    decides_by: str = "vote"
    casting_vote: bool = True
    allows_written: bool = False
    allows_urgent: bool = False
    urgent_notice_days: int = 0
    least_meetings: int | None = None
    most_meetings: int | None = None


@dataclass(frozen=True, kw_only=True)
class PowerLine:
    """Who may decide a matter, up to which amount (None: any)."""

    matter: str
    holder: str
    up_to: Decimal | None = None
    currency: str = ""


@transaction.atomic
def add_composition_rule(
    body: Body,
    *,
    rule: str,
    from_date: date,
    actor: Actor,
    at: datetime,
    seat_kind: str = "",
    party: Organisation | None = None,
    discipline: str = "",
    least: int = 1,
    most: int | None = None,
    strength: str = Strength.ALWAYS,
    decision_reference: str = "",
) -> CompositionRule:
    """Say who must sit on a body from a day on."""
    if not can_establish_body(actor, body.organisation_id):
        raise NotAllowed(_("Only the organisation itself decides who sits on its bodies."))
    Body.objects.select_for_update().get(pk=body.pk)
    row = CompositionRule(
        body=body, rule=rule, seat_kind=seat_kind, party=party,
        discipline=clean_line(discipline)[:80], least=least, most=most, strength=strength,
        from_date=from_date, decision_reference=clean_line(decision_reference)[:160],
    )  # fmt: skip
    _refuse_bad_rule(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as problem:
        raise BadInput({"from_date": _("The same rule is in force in that period.")}) from problem
    record(
        "add_composition_rule", thing=row, actor=actor, at=at,
        organisation_id=body.organisation_id, change={"rule": rule, "body": body.pk}, follow=False,
    )  # fmt: skip
    return row


def _refuse_bad_rule(row: CompositionRule) -> None:
    problems: dict[str, Any] = {}
    choose = _("Choose one from the list.")
    kinds = (RuleKind.SEATS_OF_KIND, RuleKind.LEADER_SPEAKS_FOR)
    parties = (RuleKind.SEATS_OF_PARTY, RuleKind.LEADER_OF_PARTY)
    if row.rule not in RuleKind.values:
        problems["rule"] = choose
    if row.strength not in Strength.values:
        problems["strength"] = choose
    if (row.rule in kinds) != (row.seat_kind in SeatKind.values):
        problems["seat_kind"] = _("Say whom the seats speak for, where the rule is about that.")
    if (row.rule in parties) != (row.party is not None):
        problems["party"] = _("Say which party, where the rule is about one.")
    if (row.rule == RuleKind.DISCIPLINE) != bool(row.discipline):
        problems["discipline"] = _("Say which discipline, where the rule is about one.")
    if row.least < 0 or (row.most is not None and row.most < row.least):
        problems["most"] = _("The most cannot be less than the least.")
    if problems:
        raise BadInput(problems)


@transaction.atomic
def end_composition_rule(
    row: CompositionRule, *, to_date: date, actor: Actor, at: datetime
) -> CompositionRule:
    """Let a rule about who sits on a body hold for the last time on a day."""
    if not can_establish_body(actor, row.body.organisation_id):
        raise NotAllowed(_("Only the organisation itself decides who sits on its bodies."))
    row = CompositionRule.objects.select_for_update().get(pk=row.pk)
    if row.to_date is not None:
        raise WrongMoment(_("The rule has already ended."))
    if to_date < row.from_date:
        raise BadInput({"to_date": _("The last day is before the first.")})
    row.to_date = to_date
    row.save(update_fields=["to_date"])
    record(
        "end_composition_rule", thing=row, actor=actor, at=at,
        organisation_id=row.body.organisation_id, change={"to_date": str(to_date)}, follow=False,
    )  # fmt: skip
    return row


@transaction.atomic
def adopt_mandate(
    body: Body,
    *,
    points: Sequence[str],
    from_date: date,
    actor: Actor,
    at: datetime,
    text: str = "",
    decision_reference: str = "",
) -> Mandate:
    """Give a body a new version of its mandate, in numbered points, from a day on."""
    if not can_establish_body(actor, body.organisation_id):
        raise NotAllowed(_("Only the organisation itself gives its bodies a mandate."))
    said = [clean for point in points if (clean := clean_text(point))]
    if not said:
        raise BadInput({"points": _("Write at least one point.")})
    mandate = Mandate(text=clean_text(text))
    _adopt(
        "adopt_mandate",
        body,
        mandate,
        from_date=from_date,
        reference=decision_reference,
        actor=actor,
        at=at,
    )
    MandatePoint.objects.bulk_create(
        MandatePoint(mandate=mandate, number=number, text=point)
        for number, point in enumerate(said, start=1)
    )
    return mandate


@transaction.atomic
def adopt_rules_of_procedure(
    body: Body,
    *,
    procedure: Procedural,
    from_date: date,
    actor: Actor,
    at: datetime,
    powers: Iterable[PowerLine] = (),
    text: str = "",
    decision_reference: str = "",
) -> RulesOfProcedure:
    """Let a body work by a new version of its rules of procedure from a day on."""
    if not can_adopt(actor, body=body):
        raise NotAllowed(_("The body adopts this through its leader; the secretary prepares it."))
    rules = RulesOfProcedure(text=clean_text(text), **asdict(procedure))
    _refuse_bad_procedure(rules)
    _adopt(
        "adopt_rules_of_procedure",
        body,
        rules,
        from_date=from_date,
        reference=decision_reference,
        actor=actor,
        at=at,
    )
    _write_powers(powers, rules=rules)
    return rules


def _refuse_bad_procedure(rules: RulesOfProcedure) -> None:
    problems: dict[str, Any] = {}
    if rules.quorum not in Quorum.values:
        problems["quorum"] = _("Choose one from the list.")
    if rules.decides_by not in DecidesBy.values:
        problems["decides_by"] = _("Choose one from the list.")
    if rules.quorum == "number" and rules.quorum_number < 1:
        problems["quorum_number"] = _("Say how many must be there.")
    if rules.paper_days > rules.notice_days:
        problems["paper_days"] = _("The papers are out with the call or after it, not before.")
    if rules.allows_urgent and rules.urgent_notice_days > rules.notice_days:
        problems["urgent_notice_days"] = _("An urgent meeting is not called earlier than others.")
    least, most = rules.least_meetings, rules.most_meetings
    if (least is None) != (most is None) or (least or 0) > (most or 0):
        problems["most_meetings"] = _("Say the fewest and the most meetings a year, or neither.")
    if problems:
        raise BadInput(problems)


@transaction.atomic
def adopt_instruction(
    body: Body,
    *,
    powers: Iterable[PowerLine],
    from_date: date,
    actor: Actor,
    at: datetime,
    text: str = "",
    decision_reference: str = "",
) -> Instruction:
    """Say from a day on who may decide what, and up to which amount."""
    if not can_adopt(actor, body=body):
        raise NotAllowed(_("The body adopts this through its leader; the secretary prepares it."))
    lines = list(powers)
    if not lines:
        raise BadInput({"powers": _("Say who may decide at least one matter.")})
    instruction = Instruction(text=clean_text(text))
    _adopt(
        "adopt_instruction",
        body,
        instruction,
        from_date=from_date,
        reference=decision_reference,
        actor=actor,
        at=at,
    )
    _write_powers(lines, instruction=instruction)
    return instruction


def _adopt(
    verb: str,
    body: Body,
    paper: AnyPaper,
    *,
    from_date: date,
    reference: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Let a version take over from the one in force; versions follow each other in time."""
    body = Body.objects.select_for_update().get(pk=body.pk)
    earlier = type(paper)._default_manager.filter(body=body)
    latest = earlier.order_by("-from_date").first()
    if latest is not None and from_date <= max(latest.from_date, at.date() - timedelta(days=1)):
        raise BadInput(
            {"from_date": _("A new version begins today or later, and after the one before it.")}
        )
    if latest is not None and latest.to_date is None:
        latest.to_date = from_date - timedelta(days=1)
        latest.save(update_fields=["to_date"])
    paper.body, paper.from_date = body, from_date
    paper.number = (earlier.aggregate(last=Max("number"))["last"] or 0) + 1
    paper.decision_reference = clean_line(reference)[:160]
    paper.adopted_at, paper.adopted_by_id = at, actor.person_id
    paper.save()
    record(
        verb, thing=paper, actor=actor, at=at, organisation_id=body.organisation_id,
        change={"body": body.pk, "number": paper.number, "from_date": str(from_date)},
        follow=body.state == "active",
    )  # fmt: skip


def _write_powers(lines: Iterable[PowerLine], **paper: Any) -> None:
    rows = [
        Power(
            matter=clean_line(line.matter)[:120], holder=line.holder, up_to=line.up_to,
            currency="" if line.up_to is None else clean_line(line.currency).upper()[:3], **paper,
        )
        for line in lines
    ]  # fmt: skip
    for row in rows:
        wrong = row.holder not in PowerHolder.values or not row.matter
        if wrong or (row.up_to is not None and (row.up_to < 0 or len(row.currency) != 3)):
            raise BadInput({"powers": _("Each line says what, who, and an amount with currency.")})
    if len({(row.matter.casefold(), row.holder) for row in rows}) != len(rows):
        raise BadInput({"powers": _("The same matter stands twice for the same holder.")})
    Power.objects.bulk_create(rows)
