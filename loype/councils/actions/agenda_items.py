"""Matters on an agenda that are no cases, and what was concluded about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from loype.bodies.actions import lock_meeting, settle_referral
from loype.bodies.models import Meeting
from loype.councils.actions.amounts import Bound, amount_problems, bound
from loype.councils.actions.meeting_room import (
    lock_item,
    refuse_unless_called,
    refuse_unless_preparer,
    refuse_unless_ready,
)
from loype.councils.meeting_labels import ItemKind
from loype.councils.models import AgendaItem
from loype.history.actions import record, told_together
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.words import clean_line, clean_text
from loype.organisations.actor import Actor

OTHER_KINDS = (
    ItemKind.DECISION,
    ItemKind.DISCUSSION,
    ItemKind.INFORMATION,
    ItemKind.FOLLOW_UP,
)


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What is put on an agenda that is no case; `about` names what stands there once only."""

    kind: str
    title: str
    notes: str = ""
    about: str = ""


@transaction.atomic
def add_agenda_item(
    meeting: Meeting,
    *,
    kind: str,
    title: str,
    actor: Actor,
    at: datetime,
    notes: str = "",
    about: str = "",
) -> AgendaItem:
    """Put a matter that is no case on a coming meeting's agenda, last in order."""
    matter = Matter(kind=kind, title=title, notes=notes, about=about)
    return add_agenda_items(meeting, matters=[matter], actor=actor, at=at)[0]


@transaction.atomic
@told_together()
def add_agenda_items(
    meeting: Meeting, *, matters: Sequence[Matter], actor: Actor, at: datetime
) -> list[AgendaItem]:
    """Put matters that are no cases on a coming meeting's agenda, last, in their order; nothing is
    put there twice that is `about` the same."""
    meeting = lock_meeting(meeting)
    refuse_unless_preparer(actor, meeting)
    refuse_closed_agenda(meeting)
    titles = [_checked(one.kind, one.title, meeting=meeting) for one in matters]
    known = _standing(meeting, about={one.about for one in matters} - {""})
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
    items: list[AgendaItem] = []
    new: list[AgendaItem] = []
    for matter, title in zip(matters, titles, strict=True):
        if (item := known.get(matter.about)) is None:
            item = AgendaItem(
                meeting=meeting, kind=matter.kind, title=title, notes=clean_text(matter.notes),
                about=matter.about, position=last + len(new) + 1,
            )  # fmt: skip
            new.append(item)
            if matter.about:
                known[matter.about] = item
        items.append(item)
    for item in AgendaItem.objects.bulk_create(new):
        record(
            "add_agenda_item", thing=item, actor=actor, at=at,
            organisation_id=meeting.organisation_id, acting_as="council", follow=False,
            change={"meeting": meeting.pk, "kind": item.kind, "title": item.title},
        )  # fmt: skip
    return items


def _standing(meeting: Meeting, *, about: set[str]) -> dict[str, AgendaItem]:
    """What stands on the agenda of these, by what it is about."""
    if not about:
        return {}
    rows = AgendaItem.objects.filter(meeting=meeting, removed_at=None, about__in=sorted(about))
    return {item.about: item for item in rows}


def refuse_closed_agenda(meeting: Meeting) -> None:
    """Stop changes of an agenda whose meeting is over or called off."""
    if meeting.state not in ("planned", "called"):
        raise WrongMoment(_("The agenda of this meeting is closed."))


def _checked(kind: str, title: str, *, meeting: Meeting) -> str:
    problems = {}
    if kind not in OTHER_KINDS:
        problems["kind"] = _("Choose one from the list.")
    elif kind == ItemKind.DECISION and not meeting.body.may_decide:
        problems["kind"] = _("A forum talks and notes, and decides nothing.")
    if not (title := clean_line(title)[:200]):
        problems["title"] = _("Give it a title, so that everybody knows what it is about.")
    if problems:
        raise BadInput(problems)
    return title


@transaction.atomic
def change_agenda_item(
    item: AgendaItem,
    *,
    kind: str,
    title: str,
    notes: str,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> AgendaItem:
    """Change what a matter on the agenda is called and what stands beside it."""
    refuse_unless_preparer(actor, item.meeting)
    item = lock_item(item, version=version)
    refuse_closed_agenda(item.meeting)
    if item.kind == ItemKind.CASE:
        raise WrongMoment(_("A case keeps the title of its idea."))
    if item.concluded_at is not None:
        raise WrongMoment(_("This was concluded already."))
    if item.referral_id is not None:
        raise WrongMoment(_("What was referred keeps its words."))
    title = _checked(kind, title, meeting=item.meeting)
    before = {"kind": item.kind, "title": item.title, "notes": item.notes}
    item.kind, item.title, item.notes = kind, title, clean_text(notes)
    item.version += 1
    item.save(update_fields=["kind", "title", "notes", "version"])
    after = {"kind": item.kind, "title": item.title, "notes": item.notes}
    record(
        "change_agenda_item", thing=item, actor=actor, at=at,
        organisation_id=item.meeting.organisation_id, acting_as="council", follow=False,
        change={key: [before[key], after[key]] for key in before if before[key] != after[key]},
    )  # fmt: skip
    return item


@transaction.atomic
def conclude_item(
    item: AgendaItem,
    *,
    conclusion: str,
    actor: Actor,
    at: datetime,
    amount: Decimal | None = None,
    matter: str = "",
    is_agreed: bool | None = None,
    version: int | None = None,
) -> AgendaItem:
    """Write down what came of a matter; what is decided needs a quorum and the leader.

    What it binds is held against the instruction. What was referred to the body is agreed to or
    refused (`is_agreed`), and binds what was asked for.
    """
    refuse_unless_preparer(actor, item.meeting)
    item = lock_item(item, version=version)
    # Asked of the item as it is now: somebody may just have made it one that is decided.
    if item.kind == ItemKind.DECISION and not actor.leads_body(item.meeting.body_id):
        raise NotAllowed(_("The council decides, and its leader writes the decision down."))
    refuse_unless_called(item.meeting)
    if item.kind == ItemKind.CASE:
        raise WrongMoment(_("A case is decided by the decision form."))
    if not (conclusion := clean_text(conclusion)):
        raise BadInput({"conclusion": _("Write what was concluded.")})
    binds = Bound()
    if item.kind == ItemKind.DECISION:
        refuse_unless_ready(item)
        if item.referral is None:
            binds = _binds(item, amount=amount, matter=matter, at=at)
        else:
            binds = _answer(item, is_agreed=is_agreed, answer=conclusion, actor=actor, at=at)
    before = item.conclusion
    item.conclusion, item.concluded_at = conclusion, at
    item.concluded_by_id = actor.signed_in_id
    item.amount, item.currency, item.matter = binds.amount, binds.currency, binds.matter
    item.version += 1
    item.save(
        update_fields=[
            "conclusion", "concluded_at", "concluded_by", "amount", "currency", "matter", "version",
        ]
    )  # fmt: skip
    record(
        "conclude_item", thing=item, actor=actor, at=at,
        organisation_id=item.meeting.organisation_id, acting_as="council", follow=False,
        change={"meeting": item.meeting_id, "conclusion": [before, conclusion], **binds.told},
    )  # fmt: skip
    return item


def _binds(item: AgendaItem, *, amount: Decimal | None, matter: str, at: datetime) -> Bound:
    """What a decision of the meeting binds, if its instruction lets it."""
    binds = bound(amount, matter=matter, organisation=item.meeting.organisation)
    if problems := amount_problems(binds, body=item.meeting.body, at=at):
        raise BadInput(problems)
    return binds


def _answer(
    item: AgendaItem, *, is_agreed: bool | None, answer: str, actor: Actor, at: datetime
) -> Bound:
    """Let the body answer what was referred to it; agreed, it binds what was asked for."""
    referral = item.referral
    assert referral is not None
    if is_agreed is None:
        raise BadInput({"is_agreed": _("Say whether the body agrees.")})
    item.referral = settle_referral(
        referral, meeting=item.meeting, is_agreed=is_agreed, answer=answer, actor=actor, at=at
    )
    if not is_agreed:
        return Bound()
    return Bound(referral.amount, referral.currency, referral.matter)
