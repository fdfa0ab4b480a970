"""Did what was selected go where the plans said?"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from loype.councils.assessing.direction import Direction, direction_of
from loype.kernel.clock import now
from loype.organisations.models import Organisation
from loype.web.shared.acting import actor_of
from loype.web.shared.csv_tables import csv_table
from loype.web.shared.render import render
from loype.web.strategy.presenters import chosen_organisation, direction_picture, finding


def asked_for(request: HttpRequest, *, at: datetime) -> tuple[Organisation, Direction]:
    """Whose year is meant; only one's own and those of the councils one sits on."""
    actor = actor_of(request)
    home = chosen_organisation(request, actor)
    if home not in actor.organisation_ids | actor.council_room_ids:
        raise Http404
    organisation = get_object_or_404(Organisation.objects.visible_to(actor), pk=home)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and 1990 <= int(asked[:5]) <= at.year else at.year
    return organisation, direction_of(organisation, year=year).seen_by(actor)


@login_required
def direction(request: HttpRequest) -> HttpResponse:
    """A year of selections, by aim, against what the plans intended."""
    at = now()
    organisation, found = asked_for(request, at=at)
    context = {
        "organisation": organisation,
        "found": found,
        "chosen_year": str(found.year),
        "picture": direction_picture(found, title=finding(found)) if found.lines else "",
        "years": [(str(year), str(year), None) for year in range(at.year, at.year - 5, -1)],
    }
    return render(request, "strategy/direction.html", context)


@login_required
def direction_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table for a spreadsheet."""
    organisation, found = asked_for(request, at=now())
    heads = [
        _("aim"), _("plan"), _("intended"), _("selected"), _("selections"), _("weeks of work"),
    ]  # fmt: skip
    lines = [
        [
            str(one.item),
            one.item.plan.title,
            None if one.intended is None else round(float(one.intended), 4),
            None if one.effort is None else round(float(one.effort), 4),
            one.count,
            one.weeks,
        ]
        for one in found.lines
    ]
    name = f"direction-{organisation.pk}-{found.year}.csv"
    return csv_table([heads, *lines], name=name)
