"""Planning, measuring and concluding an evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loype.evaluation.labels import Better, Depth, Value, Verdict
from loype.evaluation.models import Evaluation, Indicator, Measurement
from loype.evaluation.rules import can_evaluate
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.words import clean_line, clean_text
from loype.organisations.actor import Actor
from loype.portfolio.models import Activity

LARGEST = Decimal(999999999999)


def _refuse_unless_evaluating(actor: Actor, activity: Activity) -> None:
    if not can_evaluate(actor, activity):
        raise NotAllowed(_("Only the activity's owner plans and concludes its evaluation."))


def _unusable(**numbers: Decimal) -> dict[str, str]:
    """What is wrong with numbers that the database could not hold."""
    words = _("The number is too large.")
    return {
        name: words
        for name, number in numbers.items()
        if not number.is_finite() or abs(number) > LARGEST
    }


def _lock(evaluation: Evaluation, actor: Actor) -> Evaluation:
    evaluation = (
        Evaluation.objects.select_for_update(of=("self",))
        .select_related("activity")
        .get(pk=evaluation.pk)
    )
    _refuse_unless_evaluating(actor, evaluation.activity)
    if evaluation.state == "concluded":
        raise WrongMoment(_("The evaluation is concluded and stays as it is."))
    return evaluation


@transaction.atomic
def plan_evaluation(
    activity: Activity,
    *,
    question: str,
    depth: str,
    values: Sequence[str],
    actor: Actor,
    at: datetime,
) -> Evaluation:
    """Say what shall be found out about an activity, how thoroughly, and which values count."""
    _refuse_unless_evaluating(actor, activity)
    question = _checked_plan(question, depth=depth, values=values)
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if Evaluation.objects.filter(activity=activity).exists():
        raise WrongMoment(_("The activity already has an evaluation."))
    evaluation = Evaluation.objects.create(
        activity=activity, organisation_id=activity.organisation_id, question=question,
        depth=depth, values=sorted(set(values)), planned_at=at,
    )  # fmt: skip
    record(
        "plan_evaluation", thing=evaluation, actor=actor, at=at,
        organisation_id=evaluation.organisation_id, acting_as="owner",
        change={"activity": activity.pk, "depth": depth},
    )  # fmt: skip
    return evaluation


def _checked_plan(question: str, *, depth: str, values: Sequence[str]) -> str:
    """The question as it is kept; BadInput when something of the plan is missing."""
    problems = {}
    if not (question := clean_text(question)):
        problems["question"] = _("Write what you want to find out.")
    if depth not in Depth.values:
        problems["depth"] = _("Choose one from the list.")
    if not values or not set(values) <= set(Value.values):
        problems["values"] = _("Choose at least one kind of value.")
    if problems:
        raise BadInput(problems)
    return question


@transaction.atomic
def change_plan(
    evaluation: Evaluation,
    *,
    question: str,
    depth: str,
    values: Sequence[str],
    actor: Actor,
    at: datetime,
) -> Evaluation:
    """Change what is asked and how thoroughly: goals may move until the evaluation is concluded."""
    evaluation = _lock(evaluation, actor)
    before = {"question": evaluation.question, "depth": evaluation.depth}
    evaluation.question = _checked_plan(question, depth=depth, values=values)
    evaluation.depth, evaluation.values = depth, sorted(set(values))
    evaluation.save(update_fields=["question", "depth", "values"])
    record(
        "change_plan", thing=evaluation, actor=actor, at=at,
        organisation_id=evaluation.organisation_id, acting_as="owner", follow=False,
        change={"before": before, "depth": depth},
    )  # fmt: skip
    return evaluation


@transaction.atomic
def add_indicator(
    evaluation: Evaluation,
    *,
    value: str,
    name: str,
    unit: str,
    better: str,
    baseline: Decimal,
    target: Decimal,
    actor: Actor,
    at: datetime,
) -> Indicator:
    """Say what is measured: where it stands before, where it should be, which way is better."""
    evaluation = _lock(evaluation, actor)
    name, unit = clean_line(name)[:160], clean_line(unit)[:40]
    problems = {}
    if value not in Value.values:
        problems["value"] = _("Choose one from the list.")
    if not name:
        problems["name"] = _("Write what is measured.")
    if not unit:
        problems["unit"] = _("Write the unit, for example minutes or percent.")
    if better not in Better.values:
        problems["better"] = _("Say which way is better.")
    elif not _unusable(baseline=baseline, target=target) and (
        target < baseline if better == "up" else target > baseline
    ):
        problems["target"] = _("The target is worse than the baseline.")
    problems |= _unusable(baseline=baseline, target=target)
    if problems:
        raise BadInput(problems)
    indicator = Indicator.objects.create(
        evaluation=evaluation, value=value, name=name, unit=unit, better=better,
        baseline=baseline, target=target,
    )  # fmt: skip
    record(
        "add_indicator", thing=evaluation, actor=actor, at=at,
        organisation_id=evaluation.organisation_id, acting_as="owner", follow=False,
        change={"indicator": indicator.pk},
    )  # fmt: skip
    return indicator


@transaction.atomic
def remove_indicator(indicator: Indicator, *, actor: Actor, at: datetime) -> None:
    """Take an indicator away that nothing was measured for."""
    evaluation = _lock(indicator.evaluation, actor)
    if Measurement.objects.filter(indicator=indicator).exists():
        raise WrongMoment(_("Something was measured for this already, so it stays."))
    record(
        "remove_indicator", thing=evaluation, actor=actor, at=at,
        organisation_id=evaluation.organisation_id, acting_as="owner", follow=False,
        change={"indicator": indicator.pk, "name": indicator.name},
    )  # fmt: skip
    indicator.delete()


@transaction.atomic
def measure(
    indicator: Indicator,
    *,
    value: Decimal,
    measured_date: date,
    actor: Actor,
    at: datetime,
    note: str = "",
) -> Measurement:
    """Write down what an indicator showed on a day."""
    evaluation = _lock(indicator.evaluation, actor)
    problems: dict[str, str] = {}
    if measured_date > at.date():
        problems["measured_date"] = _("That day has not come yet.")
    problems |= _unusable(value=value)
    if problems:
        raise BadInput(problems)
    try:
        with transaction.atomic():
            measurement = Measurement.objects.create(
                indicator=indicator, value=value, measured_date=measured_date,
                note=clean_line(note)[:300], recorded_at=at,
            )  # fmt: skip
    except IntegrityError as problem:
        raise BadInput(
            {"measured_date": _("There is already a measurement on that day.")}
        ) from problem
    change: dict[str, Any] = {
        "indicator": indicator.pk,
        "value": str(value),
        "date": str(measured_date),
    }
    if is_first := evaluation.state == "planned":
        evaluation.state = "measuring"
        evaluation.save(update_fields=["state"])
        change |= {"state": ["planned", "measuring"]}
    record(
        "measure", thing=evaluation, actor=actor, at=at,
        organisation_id=evaluation.organisation_id, acting_as="owner", follow=is_first,
        change=change,
    )  # fmt: skip
    return measurement


@transaction.atomic
def take_back_measurement(measurement: Measurement, *, actor: Actor, at: datetime) -> None:
    """Take back a measurement that was written down wrongly; the account keeps what it said."""
    evaluation = _lock(measurement.indicator.evaluation, actor)
    record(
        "take_back_measurement", thing=evaluation, actor=actor, at=at,
        organisation_id=evaluation.organisation_id, acting_as="owner", follow=False,
        change={
            "indicator": measurement.indicator_id,
            "value": str(measurement.value),
            "date": str(measurement.measured_date),
        },
    )  # fmt: skip
    measurement.delete()


@transaction.atomic
def conclude_evaluation(
    evaluation: Evaluation,
    *,
    verdict: str,
    conclusion: str,
    unexpected_findings: str,
    actor: Actor,
    at: datetime,
) -> Evaluation:
    """Give the verdict, the conclusion, and what nobody expected (or who looked for it)."""
    evaluation = _lock(evaluation, actor)
    problems = {}
    if verdict not in Verdict.values:
        problems["verdict"] = _("Choose a verdict.")
    if not (conclusion := clean_text(conclusion)):
        problems["conclusion"] = _("Write what you conclude.")
    if not (unexpected := clean_text(unexpected_findings)):
        problems["unexpected_findings"] = _(
            "Write what you did not expect, or that nothing was found and who looked."
        )
    if problems:
        raise BadInput(problems)
    before, evaluation.state = evaluation.state, "concluded"
    evaluation.verdict, evaluation.conclusion = verdict, conclusion
    evaluation.unexpected_findings = unexpected
    evaluation.concluded_at, evaluation.concluded_by_id = at, actor.person_id
    evaluation.save()
    record(
        "conclude_evaluation", thing=evaluation, actor=actor, at=at,
        organisation_id=evaluation.organisation_id, acting_as="owner", reason=conclusion,
        change={"state": [before, "concluded"], "verdict": verdict},
    )  # fmt: skip
    return evaluation
