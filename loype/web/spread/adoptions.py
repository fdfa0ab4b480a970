"""The taker's page: how far one has come with a solution of others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loype.kernel.clock import now
from loype.kernel.errors import BadInput
from loype.spread import actions
from loype.spread.labels import ADOPTION_STATES
from loype.spread.models import Adoption, Solution
from loype.spread.rules import can_move_adoption
from loype.spread.states import ADOPTION
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render
from loype.web.spread import forms

WAY = ("considering", "testing", "adapting", "in_use")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One state of the line: its words, and whether it is behind, here or ahead."""

    words: Any
    look: str


def load_adoption(request: HttpRequest, adoption_id: int) -> Adoption:
    """The adoption with both sides; 404 for whoever may not read it."""
    rows = Adoption.objects.visible_to(actor_of(request)).select_related(
        "organisation", "contact", "solution__organisation"
    )
    adoption: Adoption = get_object_or_404(rows.defer("solution__words"), pk=adoption_id)
    return adoption


@require_safe
def adoption_page(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """How far an organisation has come with a solution of another."""
    return show(request, load_adoption(request, adoption_id))


def show(
    request: HttpRequest,
    adoption: Adoption,
    *,
    returned: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    actor = actor_of(request)
    may_move = can_move_adoption(actor, adoption) and adoption.state != "stopped"
    readable = Solution.objects.visible_to(actor).filter(pk=adoption.solution_id)
    notes = {"adaptation_notes": adoption.adaptation_notes}
    page = {
        "adoption": adoption,
        "solution": adoption.solution,
        "reads_solution": readable.exists(),
        "steps": steps_of(adoption),
        "may_move": may_move,
        "moves": moves_from(adoption) if may_move else [],
        "may_confirm": may_move and ADOPTION.may_move(before=adoption.state, after="in_use"),
        "confirm_first": adoption.state == "adapting",
        "returned_form": bool(returned),
        "moved_to": request.POST.get("state", ""),
        "move_form": forms.MoveForm(initial=notes, auto_id="move_%s"),
        "confirm_form": forms.ConfirmForm(initial=notes, auto_id="confirm_%s"),
        "stop_form": forms.StopForm(auto_id="stop_%s"),
        **(returned or {}),
    }
    return render(request, "spread/adoption.html", page, status=status)


def steps_of(adoption: Adoption) -> list[Step]:
    """The line of states; what stopped says so at its end."""
    words = dict(ADOPTION_STATES)
    if adoption.state == "stopped":
        begun = [Step(words=words["considering"], look="done")]
        used = [Step(words=words["in_use"], look="done")] if adoption.confirmed_at else []
        return [*begun, *used, Step(words=words["stopped"], look="stopped")]
    here = WAY.index(adoption.state)
    looks = ["done" if n < here else "now" if n == here else "later" for n in range(len(WAY))]
    return [Step(words=words[state], look=look) for state, look in zip(WAY, looks, strict=True)]


def moves_from(adoption: Adoption) -> list[tuple[str, Any]]:
    """The states the taker may move to by a button, with what the button says."""
    buttons = {"testing": _("We test it"), "adapting": _("We adapt it")}
    return [
        (state, label)
        for state, label in buttons.items()
        if ADOPTION.may_move(before=adoption.state, after=state)
    ]


def by_form(
    request: HttpRequest,
    adoption: Adoption,
    form: django_forms.Form,
    *,
    name: str,
    act: Callable[..., Any],
    said: str,
) -> HttpResponse:
    """Do what the form asks and go back, or show the page again with what must be mended."""

    def carry(facts: dict[str, Any]) -> Any:
        return act(adoption, **facts, actor=actor_of(request), at=now())

    if not carried_out(form, carry):
        adoption = load_adoption(request, adoption.pk)
        return show(request, adoption, returned={name: form}, status=422)
    say(request, said)
    return redirect("adoption_page", adoption_id=adoption.pk)


@login_required
@require_POST
def adoption_move(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """Say that one tests or adapts it now."""
    adoption = load_adoption(request, adoption_id)
    state = request.POST.get("state", "")

    def move(found: Adoption, **facts: Any) -> Any:
        try:
            return actions.move_adoption(found, state=state, **facts)
        except BadInput as problem:
            raise BadInput({"adaptation_notes": str(problem)}) from problem

    return by_form(
        request, adoption, forms.MoveForm(request.POST, auto_id="move_%s"), name="move_form",
        act=move, said=_("Thank you. The makers are told."),
    )  # fmt: skip


@login_required
@require_POST
def adoption_confirm(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """Confirm that it is in use and gives value here."""
    return by_form(
        request, load_adoption(request, adoption_id),
        forms.ConfirmForm(request.POST, auto_id="confirm_%s"), name="confirm_form",
        act=actions.confirm_in_use, said=_("It now counts as spread. The makers are told."),
    )  # fmt: skip


@login_required
@require_POST
def adoption_stop(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """Stop, with the reason."""
    return by_form(
        request, load_adoption(request, adoption_id),
        forms.StopForm(request.POST, auto_id="stop_%s"), name="stop_form",
        act=actions.stop_adoption, said=_("Stopped. The makers learn from your reason."),
    )  # fmt: skip
