"""The days on which the organisation is closed, beside its country's holidays."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from loype.kernel.calendar import day_in, holidays
from loype.kernel.clock import now
from loype.kernel.errors import NotAllowed
from loype.organisations.actions import close_days, take_back_closed_days
from loype.organisations.models import ClosedDays
from loype.organisations.rules import can_manage_organisation, can_set_closed_days
from loype.web.organisations.forms import ClosedDaysForm
from loype.web.organisations.views.own import own_organisation, tabs
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render

MOST_PAST, MOST_HOLIDAYS = 20, 6


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_closed_days(request: HttpRequest) -> HttpResponse:
    """When the organisation is closed, for everybody in it; said by those who may."""
    organisation, actor = own_organisation(request), actor_of(request)
    may = can_set_closed_days(actor, organisation.pk)
    if request.method == "POST" and not may:
        raise NotAllowed(_("Only the organisation's administrators and its named decider do this."))
    form = ClosedDaysForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and carried_out(
        form, lambda facts: close_days(organisation, **facts, actor=actor, at=now())
    ):
        say(request, _("It is written down. The clocks do not count these days."))
        return HttpResponseRedirect(reverse("organisation_closed_days"))
    today = day_in(now(), organisation.time_zone)
    standing = ClosedDays.objects.visible_to(actor).standing().filter(organisation=organisation)
    public = holidays().get(organisation.country, {})
    page: dict[str, Any] = {
        "organisation": organisation,
        "today": today,
        "ahead": list(standing.filter(to_date__gte=today)),
        "past": list(standing.filter(to_date__lt=today).order_by("-from_date")[:MOST_PAST]),
        "holidays": sorted(one for one in public.items() if one[0] >= today)[:MOST_HOLIDAYS],
        "may": may,
        "form": form,
    }
    if can_manage_organisation(actor, organisation.pk):
        page["tabs"] = tabs(request, "organisation_closed_days")
    status = 422 if form.errors else 200
    return render(request, "organisations/closed_days.html", page, status=status)


@login_required
@require_POST
def organisation_days_open(request: HttpRequest, closed_id: int) -> HttpResponse:
    """These days are worked after all."""
    organisation, actor = own_organisation(request), actor_of(request)
    rows = ClosedDays.objects.visible_to(actor).filter(organisation=organisation)
    closed = get_object_or_404(rows, pk=closed_id)
    take_back_closed_days(closed, actor=actor, at=now())
    say(request, _("It is taken back: these days are worked."))
    return HttpResponseRedirect(reverse("organisation_closed_days"))
