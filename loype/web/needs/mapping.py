"""The map of needs, and the ideas of one group of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from loype.ideas.labels import STATES
from loype.organisations.actor import Actor
from loype.organisations.labels import Language
from loype.organisations.models import Federation
from loype.search.needs.clusters import Cluster, Need, NeedMap, map_needs
from loype.web.needs.picture import draw_map
from loype.web.shared.acting import actor_of
from loype.web.shared.render import render

MOST_ROWS = 200
MOST_NAMED = 4  # organisations and languages of a row


@dataclass(frozen=True)
class Row:
    """One group as a row of the table."""

    cluster: Cluster
    organisations: list[str]
    more: int
    languages: list[str]


@dataclass(frozen=True)
class Listed:
    """One idea of a group."""

    need: Need
    state: Any
    language: str


@login_required
@require_safe
def need_map(request: HttpRequest) -> HttpResponse:
    """Groups of needs among all that the reader may see: a picture and the same as a table."""
    actor = actor_of(request)
    federations = federations_of(actor)
    federation = chosen_federation(request, federations)
    found = _computed(actor, federation)
    context = {
        "found": found,
        "picture": draw_map(found.clusters, query=request.GET.urlencode()),
        "rows": [row_of(one) for one in found.clusters[:MOST_ROWS]],
        "left": max(0, len(found.clusters) - MOST_ROWS),
        "federation": federation,
        "tabs": [
            ("", _("All that I may read"), None),
            *((key, name, None) for key, name in federations),
        ],
        "query": request.GET.urlencode(),
    }
    return render(request, "needs/map.html", context)


@login_required
@require_safe
def need_cluster(request: HttpRequest, idea_id: int) -> HttpResponse:
    """The ideas of the group that holds an idea, newest first."""
    actor = actor_of(request)
    federation = chosen_federation(request, federations_of(actor))
    cluster = _computed(actor, federation).cluster_of(idea_id)
    if cluster is None:
        raise Http404
    context = {
        "cluster": cluster,
        "row": row_of(cluster),
        "needs": [listed(need) for need in cluster.needs],
    }
    return render(request, "needs/cluster.html", context)


def _computed(actor: Actor, federation: str) -> NeedMap:
    return map_needs(
        actor=actor,
        language=get_language() or "en",
        federation=int(federation) if federation else None,
    )


def federations_of(actor: Actor) -> list[tuple[str, str]]:
    """The federations one may narrow the map to."""
    if not actor.federation_ids | actor.coordinated_federation_ids:
        return []
    rows = Federation.objects.visible_to(actor).order_by("name")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def chosen_federation(request: HttpRequest, federations: list[tuple[str, str]]) -> str:
    """The federation in the address, if it is one of the reader's."""
    asked = request.GET.get("federation", "")
    return asked if asked in dict(federations) else ""


def row_of(cluster: Cluster) -> Row:
    """A group with names and languages in words."""
    organisations, languages = cluster.organisations, dict(Language.choices)
    return Row(
        cluster=cluster,
        organisations=organisations[:MOST_NAMED],
        more=max(0, len(organisations) - MOST_NAMED),
        languages=[str(languages.get(code, code)) for code in cluster.languages[:MOST_NAMED]],
    )


def listed(need: Need) -> Listed:
    """An idea with its state and language in words."""
    foreign = need.language != get_language()
    language = str(dict(Language.choices).get(need.language, "")) if foreign else ""
    return Listed(need, dict(STATES).get(need.state, ""), language)
