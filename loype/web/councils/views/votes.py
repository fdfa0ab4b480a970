"""What is done about an item in a meeting: proposals, votes, interests, dissent, conclusions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loype.bodies.rules import can_prepare_meeting
from loype.councils.actions import (
    agree_on_proposal,
    conclude_item,
    declare_interest,
    propose,
    record_dissent,
    record_votes,
    reopen_proposal,
    withdraw_interest,
    withdraw_proposal,
)
from loype.councils.models import AgendaItem, Proposal
from loype.kernel.clock import now
from loype.kernel.errors import BadInput
from loype.web.councils.meeting_forms import (
    ConclusionForm,
    DissentForm,
    InterestForm,
    ProposalForm,
)
from loype.web.councils.meeting_parts import Voice, item_work, title_of, voices_for
from loype.web.councils.views.items import back_to_item, room_item
from loype.web.councils.work import choices_of, matters_of, work_forms
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render


def _seats(item: AgendaItem) -> dict[str, Voice]:
    return {str(voice.call.pk): voice for voice in voices_for(item)}


def _again(request: HttpRequest, item: AgendaItem, **sent: forms.Form) -> HttpResponse:
    """The item's page with a form that came back."""
    actor, meeting = actor_of(request), item.meeting
    work = item_work(meeting, item, actor=actor)
    may_prepare = can_prepare_meeting(actor, body=meeting.body)
    context = {
        "meeting": meeting, "item": item, "title": title_of(item), "work": work,
        "paper": getattr(item, "paper", None), "back": request.POST.get("back", "item"),
        "may_prepare": may_prepare,
        "may_write": may_prepare and meeting.state in ("planned", "called"),
        **work_forms(work, may_prepare=may_prepare, matters=matters_of(meeting)), **sent,
    }  # fmt: skip
    return render(request, "councils/item.html", context, status=422)


def _sent(
    request: HttpRequest,
    item: AgendaItem,
    *,
    name: str,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    words: str,
) -> HttpResponse:
    """Carry a small form out, or show it again beside the item."""
    if not carried_out(form, act):
        return _again(request, item, **{name: form})
    say(request, words)
    return back_to_item(request, item)


@login_required
@require_POST
def item_propose(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Put a proposal before the members."""
    item = room_item(request, meeting_id, pk=item_id)
    seats = _seats(item)
    form = ProposalForm(request.POST, seats=choices_of([*seats.values()]), prefix="proposal")

    def act(said: dict[str, Any]) -> None:
        by = seats[said["by"]].call if said["by"] else None
        propose(
            item, text=said["text"], kind=said["kind"], by=by, actor=actor_of(request), at=now()
        )

    words = _("The proposal stands.")
    return _sent(request, item, name="proposal_form", form=form, act=act, words=words)


@login_required
@require_POST
def item_interest(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Declare a member's own interest."""
    item = room_item(request, meeting_id, pk=item_id)
    seats = _seats(item)
    form = InterestForm(request.POST, seats=choices_of([*seats.values()]), prefix="interest")

    def act(said: dict[str, Any]) -> None:
        voice = seats[said["call"]]
        deputies = voice.deputies if said["stand_in"] else []
        if said["stand_in"] and not deputies:
            raise BadInput({"stand_in": _("This seat has no deputy.")})
        declare_interest(
            item, call=voice.call, reason=said["reason"], actor=actor_of(request), at=now(),
            stand_in=deputies[0] if deputies else None,
        )  # fmt: skip

    words = _("Written down. This member neither votes nor counts for the item.")
    return _sent(request, item, name="interest_form", form=form, act=act, words=words)


@login_required
@require_POST
def item_interest_withdraw(
    request: HttpRequest, meeting_id: int, item_id: int, interest_id: int
) -> HttpResponse:
    """Take a declared interest back."""
    item = room_item(request, meeting_id, pk=item_id)
    interest = get_object_or_404(item.interests.all(), pk=interest_id)
    withdraw_interest(interest, actor=actor_of(request), at=now())
    say(request, _("Taken back."))
    return back_to_item(request, item)


@login_required
@require_POST
def item_dissent(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Let a member's own words stand in the minutes."""
    item = room_item(request, meeting_id, pk=item_id)
    seats = _seats(item)
    form = DissentForm(request.POST, seats=choices_of([*seats.values()]), prefix="dissent")

    def act(said: dict[str, Any]) -> None:
        call = seats[said["call"]].call
        record_dissent(item, call=call, text=said["text"], actor=actor_of(request), at=now())

    words = _("The dissent stands in the minutes.")
    return _sent(request, item, name="dissent_form", form=form, act=act, words=words)


@login_required
@require_POST
def item_conclude(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Write down what came of a matter."""
    item = room_item(request, meeting_id, pk=item_id)
    matters = matters_of(item.meeting)
    form = ConclusionForm(request.POST, prefix="conclusion", item=item, matters=matters)

    def act(said: dict[str, Any]) -> None:
        conclude_item(item, actor=actor_of(request), at=now(), **said)

    words = _("The conclusion is written down.")
    return _sent(request, item, name="conclusion_form", form=form, act=act, words=words)


def _proposal(
    request: HttpRequest, meeting_id: int, item_id: int, proposal_id: int
) -> tuple[AgendaItem, Proposal]:
    item = room_item(request, meeting_id, pk=item_id)
    return item, get_object_or_404(item.proposals.all(), pk=proposal_id)


def _version(request: HttpRequest) -> int | None:
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() and len(said) < 9 else None


@login_required
@require_POST
def proposal_votes(
    request: HttpRequest, meeting_id: int, item_id: int, proposal_id: int
) -> HttpResponse:
    """Write down what each seat votes."""
    item, proposal = _proposal(request, meeting_id, item_id, proposal_id)
    choices = {
        int(name.removeprefix("vote-")): str(choice)
        for name, choice in request.POST.items()
        if name.startswith("vote-") and name.removeprefix("vote-").isdecimal() and len(name) < 20
    }
    proposal = record_votes(
        proposal, choices=choices, actor=actor_of(request), at=now(), version=_version(request)
    )
    say(
        request,
        _("The votes are counted: %(outcome)s.") % {"outcome": proposal.get_outcome_display()},
    )
    return back_to_item(request, item)


@login_required
@require_POST
def proposal_act(
    request: HttpRequest, meeting_id: int, item_id: int, proposal_id: int, act: str
) -> HttpResponse:
    """Agree without a vote, withdraw, or open again."""
    item, proposal = _proposal(request, meeting_id, item_id, proposal_id)
    known: dict[str, tuple[Callable[..., Proposal], str]] = {
        "agree": (agree_on_proposal, _("Adopted by consensus.")),
        "withdraw": (withdraw_proposal, _("The proposal is withdrawn.")),
        "reopen": (reopen_proposal, _("The proposal is open again; the votes are taken anew.")),
    }
    if act not in known:
        raise Http404
    verb, words = known[act]
    verb(proposal, actor=actor_of(request), at=now(), version=_version(request))
    say(request, words)
    return back_to_item(request, item)
