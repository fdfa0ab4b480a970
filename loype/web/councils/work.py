"""The small forms beside an item: proposal, interest, dissent, conclusion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from loype.bodies.models import Meeting
from loype.councils.meeting_labels import Choice
from loype.councils.models import AgendaItem
from loype.web.councils.meeting_forms import (
    ConclusionForm,
    DissentForm,
    InterestForm,
    ProposalForm,
)
from loype.web.councils.meeting_parts import ItemWork, Voice
from loype.web.shared.parts.states import sentence


def work_forms(work: ItemWork, *, may_prepare: bool, matters: Iterable[str] = ()) -> dict[str, Any]:
    """The forms that this person may send for the item, ready for the template."""
    called = work.item.meeting.state == "called"
    seats = choices_of(work.voices if may_prepare else [work.mine] if work.mine else [])
    takes_part = bool(seats) and called and not work.is_decided
    item = work.item
    return {
        "choices": [(value, sentence(str(label))) for value, label in Choice.choices],
        "proposal_form": ProposalForm(seats=seats, prefix="proposal")
        if item.is_decided_here and not work.is_decided and (takes_part or may_prepare)
        else None,
        "interest_form": InterestForm(seats=seats, prefix="interest") if takes_part else None,
        "dissent_form": DissentForm(seats=seats, prefix="dissent")
        if seats and item.meeting.state in ("called", "held")
        else None,
        "conclusion_form": conclusion_form(item, matters=matters)
        if item.case_id is None and may_prepare and called
        else None,
    }


def conclusion_form(item: AgendaItem, *, matters: Iterable[str]) -> ConclusionForm | None:
    """The form for what came of a matter; what was referred is answered once."""
    if item.referral_id is not None and item.concluded_at is not None:
        return None
    first = {
        "version": item.version, "conclusion": item.conclusion, "amount": item.amount,
        "matter": item.matter,
    }  # fmt: skip
    return ConclusionForm(prefix="conclusion", item=item, matters=matters, initial=first)


def matters_of(meeting: Meeting) -> list[str]:
    """What the instruction of the body names, as it was read with the meeting."""
    found: list[str] = getattr(meeting, "matters", [])
    return found


def choices_of(voices: list[Voice]) -> list[tuple[int, str]]:
    """Seats with who speaks for them, as choices of a list."""
    return [(voice.call.pk, f"{voice.title}: {voice.name}") for voice in voices]
