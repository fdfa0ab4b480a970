"""What activities hang on politically: mandates, elections, and what must be confirmed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loype.kernel.clock import now
from loype.organisations.models import Organisation
from loype.portfolio.mandates import actions
from loype.portfolio.mandates.folder import open_folder
from loype.portfolio.mandates.models import Election, MandateSitting, PoliticalMandate
from loype.portfolio.mandates.rules import can_keep_mandates
from loype.web.portfolio import mandate_forms as forms
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render

MOST = 100


def home_of(request: HttpRequest) -> Organisation:
    """The organisation one acts in, or another in which one may look at the folder."""
    actor = actor_of(request)
    asked = request.GET.get("organisation", "")
    wanted = int(asked) if asked.isdecimal() and len(asked) < 18 else actor.acting_organisation_id
    readable = actor.organisation_ids | actor.council_room_ids
    rows = Organisation.objects.visible_to(actor).filter(pk__in=sorted(readable))
    home: Organisation = get_object_or_404(rows, pk=wanted)
    return home


@login_required
@require_safe
def mandate_list(request: HttpRequest) -> HttpResponse:
    """What must be confirmed, the mandates in force, and when there is an election."""
    return show_mandates(request, home_of(request))


def show_mandates(
    request: HttpRequest,
    home: Organisation,
    *,
    returned: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    actor, today = actor_of(request), localdate(now())
    folder = open_folder(home, actor=actor, day=today, with_bonds=False)
    mandates = PoliticalMandate.objects.visible_to(actor).named().filter(organisation=home)
    counts = {bundle.mandate.pk: len(bundle.lines) for bundle in folder.bundles}
    page = {
        "home": home,
        "folder": folder,
        "folder_url": f"{reverse('mandate_folder')}?organisation={home.pk}",
        "mandates": [(one, counts.get(one.pk, 0)) for one in mandates[:MOST]],
        "elections": folder.elections[::-1][:MOST],
        "sittings": folder.sittings,
        "keeps": can_keep_mandates(actor, home.pk),
        "today": today,
        "mandate_form": forms.MandateForm(auto_id="mandate_%s"),
        "election_form": forms.ElectionForm(auto_id="election_%s"),
        "sitting_form": forms.SittingForm(auto_id="sitting_%s", initial={"held_date": today}),
        "reason_form": forms.CallOffForm(auto_id="off_%s"),
        "shorten_form": forms.ShortenForm(auto_id="shorten_%s"),
        **(returned or {}),
    }
    return render(request, "portfolio/mandates/mandates.html", page, status=status)


def acted(
    request: HttpRequest,
    form: django_forms.Form,
    *,
    name: str,
    act: Callable[[dict[str, Any]], Any],
    said: str,
    place: str,
) -> HttpResponse:
    """Do what a form of the page asks and go back, or show the page with what to mend."""
    home = home_of(request)
    if not carried_out(form, act):
        return show_mandates(request, home, returned={name: form}, status=422)
    say(request, said)
    answer = redirect("mandate_list")
    answer["Location"] += f"?organisation={home.pk}#{place}"
    return answer


@login_required
@require_POST
def mandate_new(request: HttpRequest) -> HttpResponse:
    """Write a mandate down."""
    home = home_of(request)

    def act(said: dict[str, Any]) -> Any:
        words = actions.MandateWords(**said)
        return actions.record_mandate(home, words=words, actor=actor_of(request), at=now())

    form = forms.MandateForm(request.POST, auto_id="mandate_%s")
    return acted(
        request, form, name="mandate_form", act=act, place="mandates",
        said=_("It is written down. New activities can hang on it."),
    )  # fmt: skip


@login_required
@require_POST
def mandate_shorten(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """The political body takes a mandate back."""
    rows = PoliticalMandate.objects.visible_to(actor_of(request)).named()
    mandate = get_object_or_404(rows, pk=mandate_id)

    def act(said: dict[str, Any]) -> Any:
        return actions.shorten_mandate(mandate, **said, actor=actor_of(request), at=now())

    form = forms.ShortenForm(request.POST, auto_id="shorten_%s")
    return acted(
        request, form, name="shorten_form", act=act, place="mandates",
        said=_("It ends that day. What hangs on it is asked for the day after."),
    )  # fmt: skip


@login_required
@require_POST
def election_new(request: HttpRequest) -> HttpResponse:
    """Write an election down."""
    home = home_of(request)

    def act(said: dict[str, Any]) -> Any:
        return actions.record_election(home, **said, actor=actor_of(request), at=now())

    form = forms.ElectionForm(request.POST, auto_id="election_%s")
    return acted(
        request, form, name="election_form", act=act, place="elections",
        said=_("It is written down. The day after, every mandate is asked for."),
    )  # fmt: skip


@login_required
@require_POST
def election_call_off(request: HttpRequest, election_id: int) -> HttpResponse:
    """Take an election back that does not take place that day."""
    home = home_of(request)
    rows = Election.objects.visible_to(actor_of(request)).filter(organisation=home)
    election = get_object_or_404(rows, pk=election_id)

    def act(said: dict[str, Any]) -> Any:
        return actions.call_off_election(election, **said, actor=actor_of(request), at=now())

    form = forms.CallOffForm(request.POST, auto_id="off_%s")
    return acted(
        request, form, name="reason_form", act=act, place="elections", said=_("It is called off.")
    )


@login_required
@require_POST
def sitting_open(request: HttpRequest) -> HttpResponse:
    """Prepare the sitting that answers for everything."""
    home = home_of(request)
    opened: list[MandateSitting] = []

    def act(said: dict[str, Any]) -> Any:
        opened.append(actions.open_sitting(home, **said, actor=actor_of(request), at=now()))

    form = forms.SittingForm(request.POST, auto_id="sitting_%s")
    answer = acted(
        request, form, name="sitting_form", act=act, place="sittings",
        said=_("The sitting is prepared. Each activity gets its answer below."),
    )  # fmt: skip
    return redirect("sitting_page", sitting_id=opened[0].pk) if opened else answer
