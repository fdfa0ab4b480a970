"""Deciding under the instruction, and referring to the body what is above a limit."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loype.bodies.models import Body, Meeting, Referral
from loype.bodies.powers import beyond_the_body, holds, instructed, who_decides
from loype.bodies.rules import can_keep_year
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.words import clean_line, clean_text
from loype.organisations.actor import Actor


@transaction.atomic
def decide_by_instruction(
    body: Body,
    *,
    matter: str,
    title: str,
    reasons: str,
    actor: Actor,
    at: datetime,
    amount: Decimal | None = None,
    currency: str = "",
) -> Referral:
    """Decide within one's power by the instruction; above it, the question goes to the body."""
    if not can_keep_year(actor, body=body):
        raise NotAllowed(_("Only the head, the body's leader and its secretary ask for this."))
    body = Body.objects.select_for_update().get(pk=body.pk)
    if body.state != "active" or not body.may_decide:
        raise WrongMoment(_("This body decides nothing now."))
    row = Referral(
        body=body, matter=clean_line(matter)[:120], title=clean_line(title)[:200],
        amount=amount, currency="" if amount is None else clean_line(currency).upper()[:3],
        reasons=clean_text(reasons), asked_by_id=actor.signed_in_id, asked_at=at,
    )  # fmt: skip
    _refuse_bad_referral(row)
    powers = instructed(body, day=at.date())
    who = who_decides(powers, matter=row.matter, amount=row.amount, currency=row.currency)
    may = any(holds(actor, body=body, holder=holder) for holder in who.holders)
    row.state = "decided" if may else "with_the_body"
    row.why_here = "" if may else who.why_the_body or _("Whoever asked may not decide this.")
    row.save()
    told: dict[str, Any] = {
        "thing": row, "actor": actor, "at": at, "organisation_id": body.organisation_id,
        "change": {
            "body": body.pk, "matter": row.matter, "title": row.title,
            "amount": str(row.amount or ""),
        },
        "reason": row.reasons,
    }  # fmt: skip
    if may:
        record("decide_by_instruction", follow=False, **told)
    else:
        record("refer_to_body", **told)
    return row


def _refuse_bad_referral(row: Referral) -> None:
    problems = {}
    if not row.matter:
        problems["matter"] = _("Say what sort of matter it is.")
    if not row.title:
        problems["title"] = _("Say what is to be decided.")
    if not row.reasons:
        problems["reasons"] = _("Give the reasons.")
    if row.amount is not None and (row.amount < 0 or len(row.currency) != 3):
        problems["amount"] = _("Give the amount with its currency, such as DKK.")
    if problems:
        raise BadInput(problems)


def _refuse_beyond(row: Referral, *, at: datetime) -> None:
    """Stop a body from agreeing to what its own instruction does not let it decide."""
    words = beyond_the_body(
        instructed(row.body, day=at.date()),
        matter=row.matter, amount=row.amount, currency=row.currency,
    )  # fmt: skip
    if words:
        raise WrongMoment(words)


@transaction.atomic
def settle_referral(
    referral: Referral,
    *,
    meeting: Meeting,
    is_agreed: bool,
    answer: str,
    actor: Actor,
    at: datetime,
) -> Referral:
    """Let the body answer, in a called meeting, what was referred to it."""
    row: Referral = Referral.objects.select_for_update(of=("self",)).select_related("body").get(
        pk=referral.pk
    )  # fmt: skip
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not actor.leads_body(row.body_id):
        raise NotAllowed(_("The body decides, and its leader writes the decision down."))
    if row.state != "with_the_body":
        raise WrongMoment(_("This is decided already."))
    if meeting.body_id != row.body_id or meeting.state != "called":
        raise WrongMoment(_("The body decides in a meeting of its own that is called."))
    if not (answer := clean_text(answer)):
        raise BadInput({"answer": _("Give the reasons.")})
    if is_agreed:
        _refuse_beyond(row, at=at)
    row.state, row.meeting, row.answer = "agreed" if is_agreed else "refused", meeting, answer
    row.settled_by_id, row.settled_at = actor.signed_in_id, at
    row.save(update_fields=["state", "meeting", "answer", "settled_by", "settled_at"])
    record(
        "settle_referral", thing=row, actor=actor, at=at,
        organisation_id=row.body.organisation_id,
        change={"meeting": meeting.pk, "state": row.state}, reason=answer, follow=False,
    )  # fmt: skip
    return row
