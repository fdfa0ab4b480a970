"""By which criteria a council assesses: what there is, and how to have others."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loype.councils.actions import current_council
from loype.councils.assessing.actions import (
    CriterionWords,
    end_profile,
    profile_from_pack,
    profile_from_plans,
    write_profile,
)
from loype.councils.assessing.packs import PACKS
from loype.councils.assessing.rules import can_lead_assessing
from loype.councils.models import Profile
from loype.kernel.clock import now
from loype.kernel.errors import BadInput
from loype.kernel.numbers import NotANumber, read_number
from loype.organisations.models import Organisation
from loype.strategy.models import Period
from loype.web.councils.ranking_forms import ProfileForm
from loype.web.councils.views.assessing import room_of
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render

MOST_SHOWN = 100


@login_required
def profile_list(request: HttpRequest) -> HttpResponse:
    """The profiles of one council, and how to have another."""
    return show_profiles(request, room_of(request))


def show_profiles(
    request: HttpRequest, organisation: Organisation, *, form: ProfileForm | None = None
) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    actor, day = actor_of(request), now().date()
    council = current_council(organisation.pk)
    profiles = list(
        Profile.objects.visible_to(actor)
        .filter(organisation=organisation)
        .prefetch_related("criteria", "limits")[:MOST_SHOWN]
    )
    taken = {one.pack for one in profiles if one.to_date is None}
    followed = {one.period_id for one in profiles if one.to_date is None}
    period = (
        Period.objects.visible_to(actor).filter(organisation=organisation).adopted_on(day).first()
    )
    context = {
        "organisation": organisation,
        "profiles": [(one, list(one.criteria.all()), list(one.limits.all())) for one in profiles],
        "packs": [(one.code, _(one.name)) for one in PACKS.values() if one.code not in taken],
        "period": period if period and period.pk not in followed else None,
        "may_lead": can_lead_assessing(actor, organisation.pk, council=council),
        "form": form or ProfileForm(),
        "here": f"?organisation={organisation.pk}",
    }
    return render(request, "councils/profiles.html", context, status=422 if form else 200)


def back_to(organisation_id: int) -> HttpResponseRedirect:
    """The page again, after an act."""
    return HttpResponseRedirect(f"{reverse('profile_list')}?organisation={organisation_id}")


@login_required
@require_POST
def profile_take(request: HttpRequest) -> HttpResponse:
    """Take a shipped profile over."""
    organisation, actor = room_of(request), actor_of(request)
    pack = request.POST.get("pack", "")
    profile_from_pack(organisation, pack=pack, actor=actor, at=now())
    say(request, _("The profile is yours now."))
    return back_to(organisation.pk)


@login_required
@require_POST
def profile_follow(request: HttpRequest, period_id: int) -> HttpResponse:
    """Assess by the aims of one's own plans."""
    actor = actor_of(request)
    period: Period = get_object_or_404(Period.objects.visible_to(actor), pk=period_id)
    profile_from_plans(period, actor=actor, at=now())
    say(request, _("You can assess by the aims of your plans now, weighed as they were adopted."))
    return back_to(period.organisation_id)


@login_required
@require_POST
def profile_write(request: HttpRequest) -> HttpResponse:
    """Write criteria of one's own."""
    organisation, actor = room_of(request), actor_of(request)
    form = ProfileForm(request.POST)

    def write(said: dict[str, Any]) -> None:
        write_profile(
            organisation, name=said["name"], criteria=criteria_said(said["criteria"]),
            members_weigh=said["members_weigh"], actor=actor, at=now(),
        )  # fmt: skip

    if not carried_out(form, write):
        return show_profiles(request, organisation, form=form)
    say(request, _("The profile is written down."))
    return back_to(organisation.pk)


def criteria_said(text: str) -> list[CriterionWords]:
    """The criteria of a text, one a line, with a weight after a colon where there is one."""
    return [criterion_said(line) for line in text.splitlines() if line.strip()]


def criterion_said(line: str) -> CriterionWords:
    """One criterion, with its weight after the last colon."""
    name, colon, weight = line.rpartition(":")
    if not colon:
        return CriterionWords(name=line)
    try:
        number = read_number(weight)
    except NotANumber as problem:
        raise BadInput(
            {"criteria": _("What stands after the colon must be a number: %(line)s")
             % {"line": line.strip()}}
        ) from problem  # fmt: skip
    step = Decimal("0.001")
    return CriterionWords(name=name, weight=number.quantize(step) if number < 10**6 else number)


@login_required
@require_POST
def profile_end(request: HttpRequest, profile_id: int) -> HttpResponse:
    """Use a profile no more."""
    actor = actor_of(request)
    profile: Profile = get_object_or_404(Profile.objects.visible_to(actor), pk=profile_id)
    end_profile(profile, actor=actor, at=now())
    say(request, _("The profile is not offered any more. Rounds that began with it go on."))
    return back_to(profile.organisation_id)
