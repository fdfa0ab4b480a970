"""Which cases a council may take into a round."""

from __future__ import annotations

from django.db.models import Q

from loype.councils.models import Case
from loype.councils.querysets import CaseQuerySet
from loype.councils.states import OPEN_CASE
from loype.ideas.models import Idea
from loype.organisations.actor import Actor


def assessable_cases(actor: Actor, *, organisation_id: int) -> CaseQuerySet:
    """One's own undecided cases, and those of others whose idea they share; oldest first."""
    others = actor.neighbour_ids - {organisation_id}
    shared = Idea.objects.visible_to(actor).filter(
        organisation__in=sorted(others), visibility__in=("federation", "public")
    )
    return (
        Case.objects.filter(state__in=OPEN_CASE)
        .filter(Q(organisation=organisation_id) | Q(idea__in=shared.values("pk")))
        .select_related("idea", "organisation")
        .defer("idea__words", "idea__text")
        .order_by("waiting_since", "id")
    )
