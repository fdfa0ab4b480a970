"""The sitting of the new council: each activity confirmed, changed or ended, with reasons."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST, require_safe

from loype.kernel.clock import now
from loype.portfolio.mandates import actions
from loype.portfolio.mandates.folder import Line, read_lines
from loype.portfolio.mandates.labels import Standing
from loype.portfolio.mandates.models import MandateQuestion, MandateSitting, PoliticalMandate
from loype.portfolio.mandates.rules import can_answer_mandates
from loype.portfolio.models import Activity, Participant
from loype.trail.together import answer_in_sitting
from loype.web.portfolio.mandate_forms import AnswerForm, CloseForm
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render


def load_sitting(request: HttpRequest, sitting_id: int) -> MandateSitting:
    """The sitting; 404 for whoever is not of the organisation."""
    rows = MandateSitting.objects.visible_to(actor_of(request)).select_related("organisation")
    sitting: MandateSitting = get_object_or_404(rows, pk=sitting_id)
    return sitting


@login_required
@require_safe
def sitting_page(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """What is left to answer, the next one first, and what was answered."""
    return show_sitting(request, load_sitting(request, sitting_id))


def show_sitting(
    request: HttpRequest,
    sitting: MandateSitting,
    *,
    returned: dict[int, AnswerForm] | None = None,
    close_form: CloseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    actor, today = actor_of(request), localdate(now())
    is_open = sitting.state == "open"
    lines = read_lines(sitting.organisation, actor=actor, day=today) if is_open else []
    left = [line for line in lines if line.standing == Standing.TO_CONFIRM]
    mandates = choices_on(request, sitting.organisation_id) if is_open else []
    page = {
        "sitting": sitting,
        "left": [
            (line, (returned or {}).get(line.activity.pk) or form_for(line, mandates=mandates))
            for line in left
        ],
        "answers": answers_of(request, sitting),
        "answers_them": is_open and can_answer_mandates(actor, sitting.organisation_id),
        "close_form": close_form or CloseForm(auto_id="close_%s"),
    }
    return render(request, "portfolio/mandates/sitting.html", page, status=status)


def choices_on(request: HttpRequest, organisation_id: int) -> list[tuple[str, str]]:
    """The mandates in force today, as choices of a list."""
    rows = PoliticalMandate.objects.visible_to(actor_of(request)).in_force(localdate(now()))
    held = rows.filter(organisation=organisation_id)
    return [(str(one.pk), f"{one.title} ({one.decision_reference})") for one in held]


def form_for(line: Line, *, mandates: list[tuple[str, str]], sent: Any = None) -> AnswerForm:
    """The form for one activity; its own mandate is not another one."""
    own = str(line.mandate.pk)
    others = [one for one in mandates if one[0] != own]
    return AnswerForm(
        sent, mandates=others, is_part=line.part is not None,
        auto_id=f"answer_{line.activity.pk}_%s",
    )  # fmt: skip


def answers_of(request: HttpRequest, sitting: MandateSitting) -> list[MandateQuestion]:
    """What was answered, newest first."""
    rows = MandateQuestion.objects.visible_to(actor_of(request)).filter(sitting=sitting)
    return list(
        rows.select_related("activity__idea", "mandate_after", "mandate_before", "answered_by")
        .defer("activity__idea__text", "activity__idea__words")
        .order_by("-answered_at", "-id")
    )


def part_here(
    request: HttpRequest, activity: Activity, *, organisation_id: int
) -> Participant:  # fmt: skip
    """The organisation's part of an activity that others own with it."""
    rows = Participant.objects.visible_to(actor_of(request)).owned().select_related("mandate")
    part: Participant = get_object_or_404(rows, activity=activity.pk, organisation=organisation_id)
    return part


@login_required
@require_POST
def sitting_answer(request: HttpRequest, sitting_id: int, activity_id: int) -> HttpResponse:
    """Confirm, change or end one."""
    sitting, actor = load_sitting(request, sitting_id), actor_of(request)
    rows = Activity.objects.visible_to(actor).select_related("mandate")
    activity = get_object_or_404(rows.in_portfolio_of(sitting.organisation_id), pk=activity_id)
    part = None
    if activity.organisation_id != sitting.organisation_id:
        part = part_here(request, activity, organisation_id=sitting.organisation_id)
    mandates = choices_on(request, sitting.organisation_id)
    line = Line(activity, Standing.TO_CONFIRM, None, None, [], part=part)
    form = form_for(line, mandates=mandates, sent=request.POST)

    def answer(said: dict[str, Any]) -> Any:
        held = PoliticalMandate.objects.visible_to(actor)
        mandate = held.filter(pk=int(said["mandate"])).first() if said["mandate"] else None
        facts = {**said, "mandate": mandate if said["answer"] == "changed" else None}
        return answer_in_sitting(activity, sitting=sitting, **facts, actor=actor, at=now())

    if not carried_out(form, answer):
        return show_sitting(request, sitting, returned={activity.pk: form}, status=422)
    say(request, _("“%(title)s” has its answer.") % {"title": activity.title})
    return redirect("sitting_page", sitting_id=sitting.pk)


@login_required
@require_POST
def sitting_close(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """End the sitting."""
    sitting = load_sitting(request, sitting_id)
    form = CloseForm(request.POST, auto_id="close_%s")

    def close(said: dict[str, Any]) -> Any:
        return actions.close_sitting(sitting, **said, actor=actor_of(request), at=now())

    if not carried_out(form, close):
        return show_sitting(request, sitting, close_form=form, status=422)
    count = len(answers_of(request, sitting))
    words = ngettext(
        "The sitting is over: %(count)s activity has its answer.",
        "The sitting is over: %(count)s activities have their answers.",
        count,
    )
    say(request, words % {"count": count})
    return redirect("sitting_page", sitting_id=sitting.pk)
