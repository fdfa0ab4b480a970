"""The coordinator's page: how the councils stand, and what could be done together."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loype.kernel.clock import now
from loype.trail.federation.reading import read_overview
from loype.web.federation.choosing import chosen_federation, federations_of
from loype.web.federation.findings import findings_of, needs_meeting
from loype.web.federation.pictures import ages_picture, meetings_picture
from loype.web.shared.acting import actor_of
from loype.web.shared.render import render

MOST_NEEDS = 20


@login_required
@require_safe
def federation_overview(request: HttpRequest) -> HttpResponse:
    """Across all councils of a federation that one coordinates."""
    actor = actor_of(request)
    offered = [one for one in federations_of(request) if one.pk in actor.coordinated_federation_ids]
    federation = chosen_federation(request, offered)
    if federation is None:
        raise Http404
    overview = read_overview(federation, actor=actor, at=now())
    context = {
        "overview": overview,
        "federations": offered,
        "findings": findings_of(overview),
        "meetings": meetings_picture(overview),
        "ages": ages_picture(overview),
        "needs": overview.needs[:MOST_NEEDS],
        "more_needs": len(overview.needs) > MOST_NEEDS,
        "joint_open": [row for row in overview.joint if row.state != "agreed"],
        "joint_agreed": [row for row in overview.joint if row.state == "agreed"],
        "councils": [(row, needs_meeting(row)) for row in overview.councils],
    }
    return render(request, "federation/overview.html", context)
