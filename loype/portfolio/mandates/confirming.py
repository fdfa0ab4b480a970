"""After an election: asking for every mandate, and the sitting that answers for each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

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
from loype.portfolio.mandates.hanging import due_date_of, lock_part
from loype.portfolio.mandates.labels import Confirming
from loype.portfolio.mandates.models import (
    MandateQuestion,
    MandateSitting,
    PoliticalMandate,
)
from loype.portfolio.mandates.querysets import PartQuerySet, QuestionQuerySet
from loype.portfolio.mandates.recording import refuse_unless_keeping
from loype.portfolio.mandates.rules import can_answer_mandates
from loype.portfolio.models import Activity, Participant
from loype.portfolio.owning import leave_by_terms
from loype.portfolio.querysets import ActivityQuerySet


def unasked(day: date) -> ActivityQuerySet:
    """Activities to be confirmed of which the account does not say so yet."""
    asked = MandateQuestion.objects.filter(activity=OuterRef("pk"), participant=None)
    waiting: ActivityQuerySet = _never_asked(Activity.objects.unconfirmed(day), asked=asked)
    return waiting


def unasked_parts(day: date) -> PartQuerySet:
    """The same of the parts of co-owners."""
    asked = MandateQuestion.objects.filter(participant=OuterRef("pk"))
    waiting: PartQuerySet = _never_asked(Participant.objects.unconfirmed(day), asked=asked)
    return waiting


def _never_asked(rows: Any, *, asked: QuestionQuerySet) -> Any:
    latest = asked.order_by("-due_date").values("due_date")[:1]
    known = rows.annotate(mandate_asked_date=Subquery(latest))
    return known.filter(
        Q(mandate_asked_date=None) | Q(mandate_asked_date__lt=F("mandate_due_date"))
    )


def ask_for_mandates(*, at: datetime) -> int:
    """On the day after an election: ask for the mandate of everything that is open, and of the
    parts that the organisation has in what others own with it.

    Gives how many were asked for. Doing it again, late or twice at once changes nothing: what
    stands to be confirmed is known from the dates; this tells people and writes the account.
    """
    day = localdate(at)
    homes: set[int] = set()
    for rows in (unasked(day), unasked_parts(day)):
        homes |= set(rows.order_by().values_list("organisation", flat=True).distinct())
    return sum(_ask_in(home, at=at) for home in sorted(homes))


@transaction.atomic
def _ask_in(organisation_id: int, *, at: datetime) -> int:
    home = Organisation.objects.select_for_update().get(pk=organisation_id)
    day = localdate(at)
    waiting: list[Any] = list(unasked(day).filter(organisation=home).order_by("pk"))
    parts = unasked_parts(day).filter(organisation=home).select_related("activity")
    waiting += parts.order_by("pk")
    for hangs in waiting:
        _ask(hangs, home=home, at=at)
    if waiting:
        record(
            "ask_for_mandates", thing=home, actor=HOUSE, at=at, organisation_id=home.pk,
            change={"count": len(waiting)},
        )  # fmt: skip
    return len(waiting)


def _ask(hangs: Any, *, home: Organisation, at: datetime) -> None:
    """Write down that an activity, or a part of one, is asked for."""
    part = hangs if isinstance(hangs, Participant) else None
    activity = part.activity if part is not None else hangs
    due_date: date = hangs.mandate_due_date
    MandateQuestion.objects.create(
        activity=activity, participant=part, due_date=due_date, asked_at=at
    )
    record(
        "ask_for_mandate" if part is None else "ask_for_part", thing=activity, actor=HOUSE, at=at,
        organisation_id=home.pk, change={"since": str(due_date)},
    )  # fmt: skip


def how_many_wait(organisation_id: int, *, day: date) -> int:
    """How many activities and parts an organisation must confirm, change or end."""
    own = Activity.objects.filter(organisation=organisation_id).unconfirmed(day)
    parts = Participant.objects.filter(organisation=organisation_id).unconfirmed(day)
    return own.count() + parts.count()


@transaction.atomic
def open_sitting(
    organisation: Organisation, *, issuing_body: str, held_date: date, actor: Actor, at: datetime
) -> MandateSitting:
    """Prepare the one sitting that answers for everything whose mandate must be confirmed."""
    refuse_unless_keeping(actor, organisation.pk)
    day = localdate(at)
    if not (issuing_body := clean_line(issuing_body)[:160]):
        raise BadInput({"issuing_body": _("Say which body sits.")})
    if not how_many_wait(organisation.pk, day=day):
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
    """Confirm an activity's mandate, hang the activity on another, or end it; with reasons.

    In the sitting of a co-owner it is about that organisation's part: ended, it leaves by the
    terms that all agreed to, and the others go on.
    """
    activity = lock_activity(activity)
    sitting = MandateSitting.objects.select_for_update().get(pk=sitting.pk)
    home, day = sitting.organisation_id, localdate(at)
    if not can_answer_mandates(actor, home):
        raise NotAllowed(_("Only whoever decides for the organisation answers."))
    if sitting.state != "open":
        raise WrongMoment(_("This sitting is over."))
    part = None
    if home != activity.organisation_id:
        part = lock_part(activity, organisation_id=home)
        if part is None:
            raise WrongMoment(_("This organisation has no part in it any more."))
    hangs = part or activity
    due_date = due_date_of(hangs, day=day)
    if due_date is None:
        raise WrongMoment(_("This has been answered already, or the activity has ended."))
    before = hangs.mandate
    assert before is not None  # the database holds it for activities and for the parts of owners
    reasons = _checked(
        before, part=part, home=home, answer=answer, reasons=reasons, mandate=mandate, day=day
    )
    if answer == Confirming.CHANGED and mandate is not None:
        _hang_on_another(hangs, mandate=mandate)
    elif answer == Confirming.ENDED and part is None:
        stop_activity(activity, reason=reasons, actor=actor, at=at)
    elif answer == Confirming.ENDED and part is not None:
        leave_by_terms(part, reason=reasons, actor=actor, at=at)
    question, _new = MandateQuestion.objects.get_or_create(
        activity=activity, participant=part, due_date=due_date, defaults={"asked_at": at}
    )
    question.answer, question.reasons, question.sitting = answer, reasons, sitting
    question.mandate_before = before
    question.mandate_after = mandate if answer == Confirming.CHANGED else None
    question.answered_at, question.answered_by_id = at, actor.signed_in_id
    question.save()
    _account(question, actor=actor, at=at)
    return question


def _account(question: MandateQuestion, *, actor: Actor, at: datetime) -> None:
    assert question.sitting is not None
    hung = question.mandate_after or question.mandate_before
    assert hung is not None
    record(
        "answer_mandate" if question.participant_id is None else "answer_for_part",
        thing=question.activity, actor=actor, at=at, acting_as="sitting",
        organisation_id=question.sitting.organisation_id, reason=question.reasons,
        change={
            "answer": question.answer, "sitting": question.sitting.pk,
            "reference": hung.decision_reference,
        },
    )  # fmt: skip


def _checked(
    before: PoliticalMandate,
    *,
    part: Participant | None,
    home: int,
    answer: str,
    reasons: str,
    mandate: PoliticalMandate | None,
    day: date,
) -> str:
    problems = {}
    held = PoliticalMandate.objects.filter(organisation=home).in_force(day)
    if answer not in Confirming.values:
        problems["answer"] = _("Choose one from the list.")
    if not (reasons := clean_text(reasons)):
        problems["reasons"] = _("Give the reasons: those who work with it read them.")
    if answer == Confirming.CONFIRMED and not before.is_named:
        problems["answer"] = _(
            "Nobody has named its mandate, so there is nothing to confirm. "
            "Hang it on one, or end it."
        )
    elif answer == Confirming.CONFIRMED and _has_run_out(before, day=day):
        problems["answer"] = _(
            "Its mandate has run out. Hang it on one that is in force, or end it."
        )
    elif answer == Confirming.ENDED and part is not None and part.is_lead:
        problems["answer"] = _(
            "Your organisation leads it. Agree first with the others on who leads instead."
        )
    if answer == Confirming.CHANGED and (
        mandate is None or mandate.pk == before.pk or not held.filter(pk=mandate.pk).exists()
    ):
        problems["mandate"] = _("Choose another mandate that is in force.")
    if problems:
        raise BadInput(problems)
    return reasons


def _has_run_out(mandate: PoliticalMandate, *, day: date) -> bool:
    return mandate.to_date is not None and mandate.to_date < day


def _hang_on_another(hangs: Activity | Participant, *, mandate: PoliticalMandate) -> None:
    hangs.mandate = mandate
    if isinstance(hangs, Activity):
        hangs.version += 1
        hangs.save(update_fields=["mandate", "version"])
    else:
        hangs.save(update_fields=["mandate"])


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
    left = how_many_wait(sitting.organisation_id, day=localdate(at))
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
