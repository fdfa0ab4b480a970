"""What a body promises over the year, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loype.bodies.models import (
    Body,
    Introduction,
    Involvement,
    Mandate,
    Meeting,
    SeatKind,
    WheelItem,
    WheelKind,
)
from loype.bodies.rules import can_keep_year, can_promise
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.words import clean_line, clean_text
from loype.organisations.actor import Actor


@transaction.atomic
def put_on_wheel(
    body: Body,
    *,
    kind: str,
    title: str,
    due_date: date,
    actor: Actor,
    at: datetime,
    questions: str = "",
    method: str = "",
    evaluator: str = "",
    involvement: str = "",
    involvement_reason: str = "",
) -> WheelItem:
    """Put something on the year wheel; where others are heard, say whether they take part."""
    if not can_keep_year(actor, body=body):
        raise NotAllowed(_("Only the body's leader, its secretary and the head keep its year."))
    row = WheelItem(
        body=body, kind=kind, title=clean_line(title)[:200], due_date=due_date,
        questions=clean_text(questions), method=clean_text(method),
        evaluator=clean_line(evaluator)[:200], involvement=involvement,
        involvement_reason=clean_text(involvement_reason),
    )  # fmt: skip
    if kind == WheelKind.MANDATE_REVIEW:
        row.mandate = Mandate.objects.filter(body=body).on(due_date).first()
    _refuse_bad_item(row)
    row.save()
    record(
        "put_on_wheel", thing=row, actor=actor, at=at, organisation_id=body.organisation_id,
        change={"body": body.pk, "kind": kind, "due": str(due_date)}, follow=False,
    )  # fmt: skip
    return row


def _refuse_bad_item(row: WheelItem) -> None:
    problems: dict[str, Any] = {}
    if row.kind not in WheelKind.values:
        problems["kind"] = _("Choose one from the list.")
    if not row.title:
        problems["title"] = _("Say what is to be done.")
    if row.kind == WheelKind.EVALUATION:
        if not row.questions:
            problems["questions"] = _("Say what the evaluation is to answer.")
        if not row.method:
            problems["method"] = _("Say how it is done.")
    if row.kind == WheelKind.MANDATE_REVIEW and row.mandate is None:
        problems["kind"] = _("The body has no mandate that day to look at anew.")
    problems |= _involvement_problems(row)
    if problems:
        raise BadInput(problems)


def _involvement_problems(row: WheelItem) -> dict[str, Any]:
    """Those with a consultative seat take part where it concerns them; if not, it is said why."""
    if row.involvement and row.involvement not in Involvement.values:
        return {"involvement": _("Choose one from the list.")}
    if row.involvement and not row.involvement_reason:
        return {"involvement_reason": _("Say how they take part, or why it does not concern them.")}
    heard = row.body.seats.filter(kind=SeatKind.CONSULTATIVE, closed_date=None)
    if not row.involvement and heard.exists():
        return {"involvement": _("Say whether those who are heard take part.")}
    return {}


@transaction.atomic
def finish_on_wheel(
    item: WheelItem, *, result: str, actor: Actor, at: datetime, follow_up: str = ""
) -> WheelItem:
    """Write down what came of something on the year wheel, and what is done about it."""
    row: WheelItem = (
        WheelItem.objects.select_for_update(of=("self",)).select_related("body").get(pk=item.pk)
    )
    if not can_keep_year(actor, body=row.body):
        raise NotAllowed(_("Only the body's leader, its secretary and the head keep its year."))
    if row.done_date is not None:
        raise WrongMoment(_("This is written down as done already."))
    if not (result := clean_text(result)):
        raise BadInput({"result": _("Say what came of it.")})
    row.done_date, row.result, row.follow_up = at.date(), result, clean_text(follow_up)
    row.save(update_fields=["done_date", "result", "follow_up"])
    record(
        "finish_on_wheel", thing=row, actor=actor, at=at,
        organisation_id=row.body.organisation_id, follow=False,
    )  # fmt: skip
    return row


@transaction.atomic
def promise_introduction(
    body: Body,
    *,
    whom: str,
    to_whom: str,
    due_date: date,
    actor: Actor,
    at: datetime,
    purpose: str = "",
    meeting: Meeting | None = None,
) -> Introduction:
    """Promise to bring two together by a day; it stays on the body's page until it is settled."""
    if not can_promise(actor, body=body):
        raise NotAllowed(_("Only those around the table promise introductions."))
    row = Introduction(
        body=body, meeting=meeting, promised_by_id=actor.signed_in_id,
        whom=clean_line(whom)[:200], to_whom=clean_line(to_whom)[:200],
        purpose=clean_text(purpose), due_date=due_date,
    )  # fmt: skip
    problems: dict[str, Any] = {}
    if not row.whom:
        problems["whom"] = _("Say who is introduced.")
    if not row.to_whom:
        problems["to_whom"] = _("Say to whom.")
    if due_date < at.date():
        problems["due_date"] = _("That day has already passed.")
    if meeting is not None and meeting.body_id != body.pk:
        problems["meeting"] = _("The meeting belongs to another body.")
    if problems:
        raise BadInput(problems)
    row.save()
    record(
        "promise_introduction", thing=row, actor=actor, at=at,
        organisation_id=body.organisation_id, change={"body": body.pk, "due": str(due_date)},
        follow=False,
    )  # fmt: skip
    return row


@transaction.atomic
def settle_introduction(
    introduction: Introduction, *, is_made: bool, outcome: str, actor: Actor, at: datetime
) -> Introduction:
    """Say that the two have met and what came of it, or why it came to nothing."""
    row: Introduction = (
        Introduction.objects.select_for_update(of=("self",))
        .select_related("body")
        .get(pk=introduction.pk)
    )
    if actor.person_id != row.promised_by_id and not can_keep_year(actor, body=row.body):
        raise NotAllowed(_("Whoever promised it, the leader or the secretary settles it."))
    if row.state != "promised":
        raise WrongMoment(_("This introduction is settled already."))
    if not (outcome := clean_text(outcome)):
        raise BadInput({"outcome": _("Say what came of it.")})
    row.state = "made" if is_made else "dropped"
    row.settled_date, row.outcome = at.date(), outcome
    row.save(update_fields=["state", "settled_date", "outcome"])
    record(
        "settle_introduction", thing=row, actor=actor, at=at,
        organisation_id=row.body.organisation_id, change={"state": row.state}, follow=False,
    )  # fmt: skip
    return row
