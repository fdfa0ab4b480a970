"""The register of what all members have in the works, newest first."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from json import dumps, loads
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loype.kernel.clock import now
from loype.organisations.sharing import SharedKind
from loype.trail.works import Circle, Place, Wanted, circle_of, works_of
from loype.web.federation.choosing import chosen_federation, federations_of
from loype.web.federation.presenters import row_of
from loype.web.shared.acting import actor_of
from loype.web.shared.paging import Page
from loype.web.shared.parts.states import sentence
from loype.web.shared.render import render

PAGE = 25
LONGEST_PLACE = 200


@login_required
@require_safe
def federation_works(request: HttpRequest, federation_id: int | None = None) -> HttpResponse:
    """Ideas, decisions, activities and solutions of all members, in the form each shares."""
    actor, offered = actor_of(request), federations_of(request)
    if federation_id is not None:
        offered = [one for one in offered if one.pk == federation_id]
        if not offered:
            raise Http404
    federation = chosen_federation(request, offered)
    if federation is None:
        return render(request, "federation/none.html")
    circle = circle_of(federation.pk, day=timezone.localdate(now()))
    wanted = read_wanted(request, circle)
    found = works_of(circle, wanted, actor=actor, most=PAGE + 1)
    items = found[:PAGE]
    page: Page[Any] = Page(
        items=[], older=place_words(items[-1].place) if len(found) > PAGE else ""
    )
    context = {
        "federation": federation,
        "federations": offered,
        "rows": [row_of(work) for work in items],
        "page": page,
        "is_first": wanted.after is None,
        "filters": filters(wanted, circle),
        "coordinates": federation.pk in actor.coordinated_federation_ids,
        "administers": bool(actor.administered_ids & set(circle.members)),
    }
    return render(request, "federation/works.html", context, part="list")


def read_wanted(request: HttpRequest, circle: Circle) -> Wanted:
    """What the address asks for; what it cannot mean is left out."""
    kind, place = request.GET.get("kind", ""), request.GET.get("organisation", "")
    members = {str(pk): pk for pk in circle.members}
    return Wanted(
        kinds=(kind,) if kind in SharedKind.values else tuple(SharedKind.values),
        organisation_id=members.get(place),
        only_open=request.GET.get("state", "") == "open",
        after=read_place(request.GET.get("after", "")),
    )


def filters(wanted: Wanted, circle: Circle) -> list[dict[str, Any]]:
    """The filters with what is chosen in each."""
    names = sorted(circle.members.items(), key=lambda one: one[1])
    kind = wanted.kinds[0] if len(wanted.kinds) == 1 else ""
    return [
        {
            "name": "kind",
            "label": _("What"),
            "choices": [(key, sentence(str(label))) for key, label in SharedKind.choices],
            "chosen": kind,
        },
        {
            "name": "organisation",
            "label": _("Where"),
            "choices": [(str(pk), name) for pk, name in names],
            "chosen": str(wanted.organisation_id or ""),
        },
        {
            "name": "state",
            "label": _("State"),
            "choices": [("open", _("Not ended yet"))],
            "chosen": "open" if wanted.only_open else "",
        },
    ]


def place_words(place: Place) -> str:
    """A row's place, short enough for an address."""
    at, kind, number = place
    return urlsafe_b64encode(dumps([at.isoformat(), kind, number]).encode()).decode().rstrip("=")


def read_place(text: str) -> Place | None:
    """The place that an address names; nonsense means the beginning."""
    if not text or len(text) > LONGEST_PLACE:
        return None
    try:
        at, kind, number = loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        moment = datetime.fromisoformat(at)
    except (ValueError, TypeError):
        return None
    is_sound = kind in SharedKind.values and isinstance(number, int) and 0 < number < 2**63
    return (moment, kind, number) if is_sound and moment.tzinfo is not None else None
