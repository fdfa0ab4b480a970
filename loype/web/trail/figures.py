"""How long things take, months as they were reported, what everybody may know, and all as CSV."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loype.councils.models import Decision
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.portfolio.models import Activity
from loype.trail.flow import can_see_flow
from loype.trail.models import MonthlyFigures
from loype.trail.shape import (
    LAYERS,
    read_ageing,
    read_cumulative,
    read_lead_times,
    read_public_times,
)
from loype.web.shared.acting import actor_of
from loype.web.shared.csv_tables import csv_table
from loype.web.shared.render import render
from loype.web.trail.pictures import LAYER_WORDS, PLACE_WORDS, ShapePicture
from loype.web.trail.presenters import PERIODS, address_of, period_from
from loype.web.trail.reported import MonthPicture, Reason, month_lines

YEAR = timedelta(days=364)
MOST_MONTHS = 36
MONTH = re.compile(r"(2\d{3})-(0[1-9]|1[0-2])")


def chosen_organisation(request: HttpRequest) -> Organisation | None:
    """The organisation whose figures are asked for: one's own, else 404; None without any."""
    actor: Actor = actor_of(request)
    asked = request.GET.get("organisation", "")
    if asked and (not asked.isdigit() or len(asked) > 18 or not can_see_flow(actor, int(asked))):
        raise Http404
    number = int(asked) if asked else actor.organisation_id
    if number is None:
        return None
    return get_object_or_404(Organisation.objects.visible_to(actor), pk=number)


def own_organisations(actor: Actor) -> list[tuple[str, str, None]]:
    """The organisations one may choose among, as tabs."""
    names = {one.organisation_id: one.organisation_name for one in actor.roles_held}
    return [(str(number), name, None) for number, name in names.items()]


@login_required
@require_safe
def flow_time(request: HttpRequest) -> HttpResponse:
    """What lies where, how long decisions take, and what grows old."""
    organisation = chosen_organisation(request)
    if organisation is None:
        return render(request, "trail/no_flow.html")
    at, period = now(), request.GET.get("period", "")
    period = period if period in PERIODS else ""
    since, until = period_from(period, at=at)
    picture = ShapePicture(
        weeks=read_cumulative([organisation.pk], since=at - YEAR, until=at),
        lead_times=read_lead_times(organisation, since=since, until=until),
        aged=read_ageing(organisation, at=at),
        promised=organisation.decision_days,
    )
    context = {
        "organisation": organisation,
        "own": f"?organisation={organisation.pk}",
        "organisations": own_organisations(actor_of(request)),
        "picture": picture,
        "periods": [(value, str(label), None) for value, label in PERIODS.items()],
        "query": request.GET.urlencode(),
        "at": at,
    }
    return render(request, "trail/time.html", context)


@login_required
@require_safe
def flow_months(request: HttpRequest) -> HttpResponse:
    """The months that were reported, newest first."""
    organisation = chosen_organisation(request)
    if organisation is None:
        return render(request, "trail/no_flow.html")
    rows = list(reported(request, organisation)[:MOST_MONTHS])
    context = {
        "organisation": organisation,
        "own": f"?organisation={organisation.pk}",
        "organisations": own_organisations(actor_of(request)),
        "months": [MonthPicture(row) for row in rows],
    }
    return render(request, "trail/months.html", context)


def reported(request: HttpRequest, organisation: Organisation) -> Any:
    """The kept months of an organisation, newest first."""
    rows = MonthlyFigures.objects.visible_to(actor_of(request))
    return rows.filter(organisation=organisation).order_by("-month")


@login_required
@require_safe
def flow_month(request: HttpRequest, month: str) -> HttpResponse:
    """One month, exactly as it was reported, with the reasons that the reader may read."""
    organisation = chosen_organisation(request)
    if organisation is None or not (known := MONTH.fullmatch(month)):
        raise Http404
    first = date(int(known[1]), int(known[2]), 1)
    picture = MonthPicture(get_object_or_404(reported(request, organisation), month=first))
    context = {
        "organisation": organisation,
        "own": f"?organisation={organisation.pk}",
        "picture": picture,
        "parts": picture.parts,
        "reasons": reasons_of(picture, actor=actor_of(request)),
    }
    return render(request, "trail/month.html", context)


def reasons_of(picture: MonthPicture, *, actor: Actor) -> list[Reason]:
    """What was said when things did not go on, as far as one may read it."""
    decisions = Decision.objects.visible_to(actor).filter(pk__in=picture.ids_of("decision"))
    activities = Activity.objects.visible_to(actor).filter(pk__in=picture.ids_of("activity"))
    said = [
        Reason(one.case.idea.title, one.case.idea.language, address_of("decision", one.pk),
               one.reasons)
        for one in decisions.select_related("case__idea").defer("case__idea__words")
    ]  # fmt: skip
    return said + [
        Reason(one.title, "", address_of("activity", one.pk), one.end_reason) for one in activities
    ]


@require_safe
def flow_public(request: HttpRequest) -> HttpResponse:
    """How long a giver waits for the first decision, for everybody to read."""
    told = read_public_times()
    context = {
        "shown": [one for one in told if one.median is not None],
        "few": sum(1 for one in told if one.median is None),
    }
    return render(request, "trail/public.html", context)


@login_required
@require_safe
def flow_export(request: HttpRequest, figure: str) -> HttpResponse:
    """The numbers behind a picture, for a spreadsheet."""
    organisation = chosen_organisation(request)
    if organisation is None or figure not in TABLES:
        raise Http404
    period = request.GET.get("period", "")
    since, until = period_from(period if period in PERIODS else "", at=now())
    lines = TABLES[figure](request, organisation, since, until)
    return csv_table(lines, name=f"{figure}.csv")


def _cumulative(
    request: HttpRequest, organisation: Organisation, since: datetime, until: datetime
) -> Iterable[list[Any]]:
    yield [_("Week until"), *(str(LAYER_WORDS[name]) for name in LAYERS)]
    for week in read_cumulative([organisation.pk], since=until - YEAR, until=until):
        yield [localdate(week.ends).isoformat(), *week.layers.values()]


def _lead_times(
    request: HttpRequest, organisation: Organisation, since: datetime, until: datetime
) -> Iterable[list[Any]]:
    yield [_("Working days to the first decision"), _("decisions")]
    found = read_lead_times(organisation, since=since, until=until)
    if found.says_something:
        yield from ([days, count] for days, count in found.counts)


def _ageing(
    request: HttpRequest, organisation: Organisation, since: datetime, until: datetime
) -> Iterable[list[Any]]:
    yield [_("Where it waits"), _("Working days waited"), _("How many")]
    for one in read_ageing(organisation, at=until):
        yield [str(PLACE_WORDS[one.place]), one.waited, one.count]


def _months(
    request: HttpRequest, organisation: Organisation, since: datetime, until: datetime
) -> Iterable[list[Any]]:
    return month_lines(list(reported(request, organisation)[:MOST_MONTHS]))


TABLES = {
    "cumulative": _cumulative,
    "lead-times": _lead_times,
    "ageing": _ageing,
    "months": _months,
}
