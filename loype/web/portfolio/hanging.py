"""One activity's mandate: what it hangs on, what stopping would cost, what binds it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loype.kernel.clock import now
from loype.kernel.errors import NotAllowed
from loype.portfolio.mandates import actions
from loype.portfolio.mandates.folder import part_line
from loype.portfolio.mandates.labels import CURRENCY_OF
from loype.portfolio.mandates.models import MandateQuestion, PoliticalMandate
from loype.portfolio.mandates.rules import can_keep_mandates, can_read_folder
from loype.portfolio.models import Activity, Participant
from loype.portfolio.rules import can_lead_activity
from loype.portfolio.states import OPEN_ACTIVITY
from loype.web.portfolio import mandate_forms as forms
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render


def load(request: HttpRequest, activity_id: int) -> Activity:
    """The activity with its mandate; for the people of its owners."""
    actor = actor_of(request)
    rows = Activity.objects.visible_to(actor).with_mandate(localdate(now()))
    activity: Activity = get_object_or_404(
        rows.select_related("organisation", "mandate", "idea", "owner", "stopping_cost").defer(
            "idea__text", "idea__words"
        ),
        pk=activity_id,
    )
    if part_read(request, activity) is None and not reads_home(request, activity):
        raise NotAllowed(_("What it hangs on politically is read in its own organisation."))
    return activity


def load_home(request: HttpRequest, activity_id: int) -> Activity:
    """The activity, only for the people of the organisation whose it is."""
    activity = load(request, activity_id)
    if not reads_home(request, activity):
        raise NotAllowed(_("What it hangs on politically is read in its own organisation."))
    return activity


def reads_home(request: HttpRequest, activity: Activity) -> bool:
    """Whether the reader is of the organisation whose activity it is."""
    return can_read_folder(actor_of(request), activity.organisation_id)


def part_read(request: HttpRequest, activity: Activity) -> Participant | None:
    """The part of a co-owner that is looked at: that of the address, or the reader's own where
    the activity is another organisation's; None where the activity itself is meant."""
    actor = actor_of(request)
    asked = request.GET.get("organisation", "")
    own = sorted(actor.organisation_ids | actor.council_room_ids)
    parts = Participant.objects.visible_to(actor).owned().with_mandate(localdate(now()))
    parts = parts.filter(activity=activity.pk, organisation__in=own)
    if asked.isdecimal() and len(asked) < 18:
        parts = parts.filter(organisation=int(asked))
    elif reads_home(request, activity):
        return None
    return parts.select_related("organisation", "mandate", "activity__idea").order_by("pk").first()


@login_required
@require_safe
def activity_mandate(request: HttpRequest, activity_id: int) -> HttpResponse:
    """What one activity hangs on, or one's own part of it."""
    activity = load(request, activity_id)
    part = part_read(request, activity)
    return show(request, activity) if part is None else show_part(request, activity, part)


def show_part(
    request: HttpRequest,
    activity: Activity,
    part: Participant,
    *,
    form: Any = None,
    status: int = 200,
) -> HttpResponse:
    """What the part of a co-owner hangs on, what it pays, and how one leaves."""
    actor, today = actor_of(request), localdate(now())
    line = part_line(part, actor=actor, day=today)
    assert line is not None  # it was found in the same way
    names = not line.mandate.is_named and can_keep_mandates(actor, part.organisation_id)
    questions = MandateQuestion.objects.visible_to(actor).answered().filter(participant=part.pk)
    held = held_by(request, part.organisation_id) if names else []
    page = {
        "activity": line.activity,
        "part": part,
        "line": line,
        "answers": list(questions.select_related("sitting", "mandate_after")),
        "hang_form": form or (forms.HangForm(mandates=held, auto_id="hang_%s") if names else None),
        "others": [activity, *others_of(request, activity, without=part.pk)],
    }
    return render(request, "portfolio/mandates/part.html", page, status=status)


def others_of(
    request: HttpRequest, activity: Activity, *, without: int | None = None
) -> list[Participant]:  # fmt: skip
    """How the parts of the other owners stand towards their mandates."""
    rows = Participant.objects.visible_to(actor_of(request)).owned()
    found = rows.with_mandate(localdate(now())).filter(activity=activity.pk)
    if without is not None:
        found = found.exclude(pk=without)
    return list(found.select_related("organisation").order_by("pk"))


def show(
    request: HttpRequest,
    activity: Activity,
    *,
    returned: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    actor, is_open = actor_of(request), activity.state in OPEN_ACTIVITY
    leads = is_open and can_lead_activity(actor, activity)
    names = is_open and not activity.mandate.is_named
    names = names and (leads or can_keep_mandates(actor, activity.organisation_id))
    cost = getattr(activity, "stopping_cost", None)
    first = {
        "amount": f"{cost.amount.normalize():f}" if cost else "",
        "currency": cost.currency
        if cost
        else CURRENCY_OF.get(activity.organisation.country, "EUR"),
        "words": cost.words if cost else "",
    }
    page = {
        "activity": activity,
        "cost": cost,
        "bonds": list(activity.commitments.filter(removed_at=None)),
        "answers": list(
            activity.mandate_questions.answered()
            .filter(participant=None)
            .select_related("sitting", "mandate_after")
        ),
        "leads": leads,
        "others": others_of(request, activity),
        "hang_form": forms.HangForm(
            mandates=held_by(request, activity.organisation_id), auto_id="hang_%s"
        )
        if names
        else None,
        "cost_form": forms.CostForm(initial=first, auto_id="cost_%s"),
        "bond_form": forms.BondForm(auto_id="bond_%s"),
        **(returned or {}),
    }
    return render(request, "portfolio/mandates/activity.html", page, status=status)


def held_by(request: HttpRequest, organisation_id: int) -> list[tuple[str, str]]:
    """The named mandates of the organisation, as choices of a list."""
    rows = PoliticalMandate.objects.visible_to(actor_of(request)).named()
    held = rows.filter(organisation=organisation_id)
    return [(str(one.pk), f"{one.title} ({one.decision_reference})") for one in held[:100]]


def back(activity: Activity) -> HttpResponse:
    """To the page of the activity's mandate."""
    return redirect("activity_mandate", activity_id=activity.pk)


@login_required
@require_POST
def activity_hang(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Say on which mandate it hangs."""
    activity, actor = load(request, activity_id), actor_of(request)
    part = part_read(request, activity)
    home = activity.organisation_id if part is None else part.organisation_id
    form = forms.HangForm(request.POST, mandates=held_by(request, home), auto_id="hang_%s")

    def hang(said: dict[str, Any]) -> Any:
        mandate = get_object_or_404(
            PoliticalMandate.objects.visible_to(actor), pk=int(said["mandate"])
        )
        return actions.hang_on_mandate(activity, mandate=mandate, actor=actor, at=now())

    if not carried_out(form, hang):
        if part is not None:
            return show_part(request, activity, part, form=form, status=422)
        return show(request, load(request, activity_id), returned={"hang_form": form}, status=422)
    say(request, _("It is said what it hangs on."))
    return back(activity)


@login_required
@require_POST
def activity_cost(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Say what stopping would cost."""
    activity = load_home(request, activity_id)
    form = forms.CostForm(request.POST, auto_id="cost_%s")

    def cost(said: dict[str, Any]) -> Any:
        return actions.say_cost_of_stopping(activity, **said, actor=actor_of(request), at=now())

    if not carried_out(form, cost):
        return show(request, activity, returned={"cost_form": form}, status=422)
    say(request, _("Kept."))
    return back(activity)


@login_required
@require_POST
def activity_bond_add(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Write down something that binds."""
    activity = load_home(request, activity_id)
    form = forms.BondForm(request.POST, auto_id="bond_%s")

    def bind(said: dict[str, Any]) -> Any:
        return actions.add_commitment(activity, **said, actor=actor_of(request), at=now())

    if not carried_out(form, bind):
        return show(request, activity, returned={"bond_form": form}, status=422)
    say(request, _("It is written down."))
    return back(activity)


@login_required
@require_POST
def activity_bond_remove(
    request: HttpRequest, activity_id: int, commitment_id: int
) -> HttpResponse:
    """Strike out what no longer binds."""
    activity = load_home(request, activity_id)
    bond = get_object_or_404(activity.commitments, pk=commitment_id)
    actions.remove_commitment(bond, actor=actor_of(request), at=now())
    say(request, _("It is struck out."))
    return back(activity)
