"""What a body goes by: its mandate, rules of procedure and instruction, and adopting them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loype.bodies.actions import (
    PowerLine,
    Procedural,
    adopt_instruction,
    adopt_mandate,
    adopt_rules_of_procedure,
)
from loype.bodies.as_of import papers_on
from loype.bodies.models import Body
from loype.bodies.rules import can_adopt, can_establish_body
from loype.kernel.clock import now
from loype.kernel.errors import NotAllowed
from loype.web.bodies.forms import (
    DayForm,
    InstructionForm,
    MandateForm,
    PaperForm,
    ProcedureForm,
)
from loype.web.bodies.presenters import day_asked, load_body, procedure_lines, today
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render

PROCEDURE = tuple(Procedural.__dataclass_fields__)


@login_required
@require_safe
def body_papers(request: HttpRequest, body_id: int) -> HttpResponse:
    """The papers in force on a day, and where they do not match."""
    body, day, actor = load_body(request, body_id), day_asked(request), actor_of(request)
    papers = papers_on(body, day=day)
    rules = papers.rules_of_procedure
    context = {
        "body": body,
        "day": day,
        "is_now": day == today(),
        "day_form": DayForm(initial={"on": day}),
        "papers": papers,
        "procedure": procedure_lines(rules) if rules else [],
        "may_adopt": can_adopt(actor, body=body),
        "may_set_up": can_establish_body(actor, body.organisation_id),
    }
    return render(request, "bodies/papers.html", context)


def _adopt(
    request: HttpRequest, body: Body, form: PaperForm, act: Callable[[dict[str, Any]], Any], *,
    heading: str, lead: str,
) -> HttpResponse:  # fmt: skip
    """Adopt what the form holds, or show the form."""
    if request.method == "POST" and carried_out(form, act):
        say(request, _("Adopted. The version before it stays in the body's history."))
        return HttpResponseRedirect(reverse("body_papers", args=[body.pk]))
    context = {"body": body, "form": form, "heading": heading, "lead": lead}
    return render(request, "bodies/adopt.html", context, status=422 if form.is_bound else 200)


@login_required
def body_mandate(request: HttpRequest, body_id: int) -> HttpResponse:
    """Give the body a new version of its mandate."""
    body, actor = load_body(request, body_id), actor_of(request)
    if not can_establish_body(actor, body.organisation_id):
        raise NotAllowed(_("Only the organisation itself gives its bodies a mandate."))
    papers = papers_on(body, day=today())
    form = MandateForm(
        request.POST or None,
        initial=MandateForm.begin(papers.points) | {"from_date": today()},
    )

    def act(said: dict[str, Any]) -> None:
        points = said.pop("points").splitlines()
        adopt_mandate(body, points=points, actor=actor, at=now(), **said)

    return _adopt(
        request, body, form, act, heading=_("A new version of the mandate"),
        lead=_("Decisions rest on the mandate that is in force when they are taken."),
    )  # fmt: skip


def _refuse_unless_adopting(request: HttpRequest, body: Body) -> None:
    if not can_adopt(actor_of(request), body=body):
        raise NotAllowed(_("The body adopts this through its leader; the secretary prepares it."))


@login_required
def body_procedure(request: HttpRequest, body_id: int) -> HttpResponse:
    """Let the body work by a new version of its rules of procedure."""
    body = load_body(request, body_id)
    _refuse_unless_adopting(request, body)
    papers = papers_on(body, day=today())
    now_in_force = papers.rules_of_procedure or Procedural()
    begin = {name: getattr(now_in_force, name) for name in PROCEDURE}
    form = ProcedureForm(request.POST or None, initial=begin | {"from_date": today()})

    def act(said: dict[str, Any]) -> None:
        told = {name: said[name] for name in PROCEDURE}
        told |= {name: told[name] or 0 for name in ("quorum_number", "urgent_notice_days")}
        lines = papers.powers if said["with_powers"] else ()
        adopt_rules_of_procedure(
            body, procedure=Procedural(**told), from_date=said["from_date"],
            decision_reference=said["decision_reference"], actor=actor_of(request), at=now(),
            powers=[
                PowerLine(
                    matter=one.matter, holder=one.holder, up_to=one.up_to, currency=one.currency
                )
                for one in lines
            ],
        )  # fmt: skip

    return _adopt(
        request, body, form, act, heading=_("A new version of the rules of procedure"),
        lead=_("Calls, quorum and votes are measured by the version in force on the day."),
    )  # fmt: skip


@login_required
def body_instruction(request: HttpRequest, body_id: int) -> HttpResponse:
    """Say anew who may decide what, and up to which amount."""
    body = load_body(request, body_id)
    _refuse_unless_adopting(request, body)
    papers = papers_on(body, day=today())
    form = InstructionForm(
        request.POST or None,
        in_force=papers.powers,
        initial=InstructionForm.begin(papers.powers) | {"from_date": today()},
    )

    def act(said: dict[str, Any]) -> None:
        powers = [
            PowerLine(
                matter=said[f"matter_{number}"], holder=said[f"holder_{number}"],
                up_to=said[f"up_to_{number}"], currency=said["currency"],
            )
            for number in form.numbers
            if said[f"matter_{number}"]
        ]  # fmt: skip
        adopt_instruction(
            body, powers=powers, from_date=said["from_date"],
            decision_reference=said["decision_reference"], actor=actor_of(request), at=now(),
        )  # fmt: skip

    return _adopt(
        request, body, form, act, heading=_("A new version of the instruction"),
        lead=_("What is above a limit goes to the body by itself."),
    )  # fmt: skip
