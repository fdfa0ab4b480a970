"""Who takes part: the list of organisations, one organisation, its logo."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_safe

from loype.ideas.models import Idea
from loype.kernel.clock import now
from loype.organisations.labels import OrganisationKind
from loype.organisations.models import FederationMembership, Organisation, OrganisationState
from loype.portfolio.models import Activity
from loype.spread.models import Solution
from loype.web.organisations.presenters import MOST_COUNTED, counted
from loype.web.shared.acting import actor_of
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render

YEAR = 365 * 24 * 60 * 60
COUNTRIES = {
    "no": gettext_lazy("Norway"), "dk": gettext_lazy("Denmark"), "se": gettext_lazy("Sweden"),
    "fi": gettext_lazy("Finland"), "is": gettext_lazy("Iceland"),
}  # fmt: skip


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """The organisations that take part, by name."""
    text = request.GET.get("text", "").replace("\x00", "").strip()[:100]
    kind = request.GET.get("kind", "")
    found = Organisation.objects.visible_to(actor_of(request)).active()
    if kind in OrganisationKind.values:
        found = found.filter(kind=kind)
    if text:
        found = found.filter(name__icontains=text)
    page = keyset_page(found, request=request, order=("name", "id"))
    told: dict[str, Any] = {
        "page": page,
        "text": text,
        "kind": kind,
        "kinds": [(value, label) for value, label in OrganisationKind.choices],
    }
    return render(request, "organisations/list.html", told, part="list")


@require_safe
def organisation_page(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """One organisation: public facts, federations, and what there is of it to read."""
    actor = actor_of(request)
    organisation = get_object_or_404(
        Organisation.objects.visible_to(actor).select_related("logo", "merged_into"),
        pk=organisation_id,
    )
    memberships = (
        FederationMembership.objects.visible_to(actor)
        .filter(organisation=organisation)
        .on(now().date())
        .select_related("federation__coordinator")
    )
    ours = actor.federation_ids | actor.coordinated_federation_ids
    page: dict[str, Any] = {
        "organisation": organisation,
        "country": _country(organisation),
        "federations": [
            {"federation": one.federation, "is_ours": one.federation_id in ours}
            for one in memberships
        ],
        "is_active": organisation.state == OrganisationState.ACTIVE,
        "counts": _counts(request, organisation),
        "is_own": actor.belongs_to(organisation.pk),
    }
    return render(request, "organisations/page.html", page)


def _country(organisation: Organisation) -> str:
    known = COUNTRIES.get(organisation.country.lower())
    return str(known) if known else organisation.country.upper()


def _counts(request: HttpRequest, organisation: Organisation) -> list[dict[str, str]]:
    """How much of each kind the reader may see, each with the list that shows it."""
    actor = actor_of(request)
    rows: list[tuple[str, str, QuerySet[Any]]] = [
        (_("ideas"), "idea_list", Idea.objects.visible_to(actor)),
        (_("activities"), "activity_list", Activity.objects.visible_to(actor)),
        (_("solutions"), "solution_list", Solution.objects.visible_to(actor)),
    ]
    counts = []
    for label, name, readable in rows:
        mine = readable.filter(organisation=organisation).order_by()[: MOST_COUNTED + 1]
        url = f"{reverse(name)}?organisation={organisation.pk}"
        counts.append({"label": label, "number": counted(mine.count()), "url": url})
    return counts


@require_safe
def organisation_logo(request: HttpRequest, organisation_id: int) -> HttpResponseBase:
    """The logo as a picture and nothing else."""
    shown = Organisation.objects.visible_to(actor_of(request)).select_related("logo")
    organisation = get_object_or_404(shown, pk=organisation_id, logo__isnull=False)
    logo = organisation.logo
    if logo is None or not logo.is_image:
        raise Http404
    try:
        content = logo.content.open("rb")
    except OSError as problem:
        raise Http404 from problem
    response = FileResponse(content, content_type=logo.media_type)
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    lasting = request.GET.get("v") == str(logo.pk)
    response.headers["Cache-Control"] = f"public, max-age={YEAR if lasting else 300}"
    return response
