"""After an election: asking for every mandate, and the sitting that answers for each."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext as _, ngettext

from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.words import clean_line, clean_text
from loype.organisations.actor import HOUSE, Actor
from loype.organisations.models import Organisation
from loype.portfolio.actions import lock_activity, stop_activity
from loype.portfolio.mandates.hanging import due_date_of
from loype.portfolio.mandates.labels import Confirming
from loype.portfolio.mandates.models import (
    MandateQuestion,
    MandateSitting,
    PoliticalMandate,
)
from loype.portfolio.mandates.recording import refuse_unless_keeping
from loype.portfolio.mandates.rules import can_answer_mandates
from loype.portfolio.models import Activity
from loype.portfolio.querysets import ActivityQuerySet


def unasked(day: date) -> ActivityQuerySet:
    """Activities to be confirmed of which the account does not say so yet."""
    asked = MandateQuestion.objects.filter(activity=OuterRef("pk")).order_by("-due_date")
    rows = Activity.objects.unconfirmed(day).annotate(
        mandate_asked_date=Subquery(asked.values("due_date")[:1])
    )
    never_asked = Q(mandate_asked_date=None) | Q(mandate_asked_date__lt=F("mandate_due_date"))
    waiting: ActivityQuerySet = rows.filter(never_asked)
    return waiting


def ask_for_mandates(*, at: datetime) -> int:
    """On the day after an election: ask for the mandate of everything that is open.

    Gives how many were asked for. Doing it again, late or twice at once changes nothing: what
    stands to be confirmed is known from the dates; this tells people and writes the account.
    """
    homes = unasked(localdate(at)).order_by().values_list("organisation", flat=True).distinct()
    return sum(_ask_in(home, at=at) for home in sorted(homes))


@transaction.atomic
def _ask_in(organisation_id: int, *, at: datetime) -> int:
    home = Organisation.objects.select_for_update().get(pk=organisation_id)
    waiting = list(unasked(localdate(at)).filter(organisation=home).order_by("pk"))
    for activity in waiting:
        due_date: date = activity.mandate_due_date  # type: ignore[attr-defined]
        MandateQuestion.objects.create(activity=activity, due_date=due_date, asked_at=at)
        record(
            "ask_for_mandate", thing=activity, actor=HOUSE, at=at, organisation_id=home.pk,
            change={"since": str(due_date)},
        )  # fmt: skip
    if waiting:
        record(
            "ask_for_mandates", thing=home, actor=HOUSE, at=at, organisation_id=home.pk,
            change={"count": len(waiting)},
        )  # fmt: skip
    return len(waiting)


@transaction.atomic
def open_sitting(
    organisation: Organisation, *, issuing_body: str, held_date: date, actor: Actor, at: datetime
) -> MandateSitting:
    """Prepare the one sitting that answers for everything whose mandate must be confirmed."""
    refuse_unless_keeping(actor, organisation.pk)
    day = localdate(at)
    if not (issuing_body := clean_line(issuing_body)[:160]):
        raise BadInput({"issuing_body": _("Say which body sits.")})
    if not Activity.objects.filter(organisation=organisation).unconfirmed(day).exists():
        raise WrongMoment(_("Every mandate is confirmed; there is nothing to answer."))
    try:
        with transaction.atomic():
            sitting = MandateSitting.objects.create(
                organisation=organisation, issuing_body=issuing_body, held_date=held_date,
                opened_at=at, opened_by_id=actor.signed_in_id,
            )  # fmt: skip
    except IntegrityError:
        return MandateSitting.objects.open().get(organisation=organisation)
    record(
        "open_sitting", thing=sitting, actor=actor, at=at, organisation_id=organisation.pk,
        follow=False, change={"body": issuing_body, "day": str(held_date)},
    )  # fmt: skip
    return sitting


@transaction.atomic
def answer_mandate(
    activity: Activity,
    *,
    sitting: MandateSitting,
    answer: str,
    reasons: str,
    actor: Actor,
    at: datetime,
    mandate: PoliticalMandate | None = None,
) -> MandateQuestion:
    """Confirm an activity's mandate, hang the activity on another, or end it; with reasons."""
    activity = lock_activity(activity)
    if not can_answer_mandates(actor, activity.organisation_id):
        raise NotAllowed(_("Only whoever decides for the organisation answers."))
    sitting = MandateSitting.objects.select_for_update().get(pk=sitting.pk)
    if sitting.state != "open" or sitting.organisation_id != activity.organisation_id:
        raise WrongMoment(_("This sitting is over."))
    day = localdate(at)
    due_date = due_date_of(activity, day=day)
    if due_date is None:
        raise WrongMoment(_("This has been answered already, or the activity has ended."))
    reasons = _checked(activity, answer=answer, reasons=reasons, mandate=mandate, day=day)
    before = activity.mandate
    _carry_out(activity, answer=answer, mandate=mandate, reasons=reasons, actor=actor, at=at)
    question, _new = MandateQuestion.objects.get_or_create(
        activity=activity, due_date=due_date, defaults={"asked_at": at}
    )
    question.answer, question.reasons, question.sitting = answer, reasons, sitting
    question.mandate_before = before
    question.mandate_after = mandate if answer == Confirming.CHANGED else None
    question.answered_at, question.answered_by_id = at, actor.signed_in_id
    question.save()
    record(
        "answer_mandate", thing=activity, actor=actor, at=at, acting_as="sitting",
        organisation_id=activity.organisation_id, reason=reasons,
        change={
            "answer": answer, "sitting": sitting.pk,
            "reference": activity.mandate.decision_reference,
        },
    )  # fmt: skip
    return question


def _checked(
    activity: Activity, *, answer: str, reasons: str, mandate: PoliticalMandate | None, day: date
) -> str:
    problems = {}
    held = PoliticalMandate.objects.filter(organisation=activity.organisation_id).in_force(day)
    if answer not in Confirming.values:
        problems["answer"] = _("Choose one from the list.")
    if not (reasons := clean_text(reasons)):
        problems["reasons"] = _("Give the reasons: those who work with it read them.")
    if answer == Confirming.CONFIRMED and not activity.mandate.is_named:
        problems["answer"] = _(
            "Nobody has named its mandate, so there is nothing to confirm. "
            "Hang it on one, or end it."
        )
    elif answer == Confirming.CONFIRMED and _has_run_out(activity.mandate, day=day):
        problems["answer"] = _(
            "Its mandate has run out. Hang it on one that is in force, or end it."
        )
    if answer == Confirming.CHANGED and (
        mandate is None
        or mandate.pk == activity.mandate_id
        or not held.filter(pk=mandate.pk).exists()
    ):
        problems["mandate"] = _("Choose another mandate that is in force.")
    if problems:
        raise BadInput(problems)
    return reasons


def _has_run_out(mandate: PoliticalMandate, *, day: date) -> bool:
    return mandate.to_date is not None and mandate.to_date < day


def _carry_out(
    activity: Activity,
    *,
    answer: str,
    mandate: PoliticalMandate | None,
    reasons: str,
    actor: Actor,
    at: datetime,
) -> None:
    if answer == Confirming.ENDED:
        stop_activity(activity, reason=reasons, actor=actor, at=at)
    elif answer == Confirming.CHANGED and mandate is not None:
        activity.mandate = mandate
        activity.version += 1
        activity.save(update_fields=["mandate", "version"])


@transaction.atomic
def close_sitting(
    sitting: MandateSitting, *, decision_reference: str, actor: Actor, at: datetime
) -> MandateSitting:
    """End the sitting, when every activity has its answer, with the number of its decision."""
    if not can_answer_mandates(actor, sitting.organisation_id):
        raise NotAllowed(_("Only whoever decides for the organisation ends the sitting."))
    sitting = MandateSitting.objects.select_for_update().get(pk=sitting.pk)
    if sitting.state != "open":
        return sitting
    if not (decision_reference := clean_line(decision_reference)[:160]):
        raise BadInput({"decision_reference": _("Give the number of the decision.")})
    open_ones = Activity.objects.filter(organisation=sitting.organisation_id)
    left = open_ones.unconfirmed(localdate(at)).count()
    if left:
        raise WrongMoment(
            ngettext(
                "%(count)s activity has no answer yet.",
                "%(count)s activities have no answer yet.",
                left,
            )
            % {"count": left}
        )
    sitting.state, sitting.decision_reference = "closed", decision_reference
    sitting.closed_at, sitting.closed_by_id = at, actor.signed_in_id
    sitting.save(update_fields=["state", "decision_reference", "closed_at", "closed_by"])
    record(
        "close_sitting", thing=sitting, actor=actor, at=at, follow=False,
        organisation_id=sitting.organisation_id, change={"reference": decision_reference},
    )  # fmt: skip
    return sitting
