"""What may be asked of many pairs at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from loype.ideas.models import CoAuthor
from loype.organisations.models import FederationMembership
from loype.organisations.visibility import readable_by

if TYPE_CHECKING:
    from loype.organisations.actor import Actor
    from loype.search.models import SameNeed  # noqa: F401

SIDES = ("idea_a", "idea_b")
GONE = ("draft", "withdrawn", "merged")


class SameNeedQuerySet(models.QuerySet["SameNeed"]):
    """Pairs of ideas."""

    def visible_to(self, actor: Actor) -> Self:
        """Pairs of which the actor may read both ideas; the others do not exist for them."""
        if actor.is_house:
            return self
        rows = self
        for side in SIDES:
            rows = rows.filter(_readable(side, actor=actor))
        return rows

    def concerning(self, actor: Actor, *, day: date) -> Self:
        """Pairs that a council of the actor's, or a federation they coordinate, looks after."""
        if actor.is_house:
            return self
        rooms = sorted(actor.council_room_ids)
        members = FederationMembership.objects.filter(
            federation__in=sorted(actor.coordinated_federation_ids)
        ).on(day)
        wanted = Q(pk__in=[])
        for side in SIDES:
            wanted |= Q(**{f"{side}__organisation__in": rooms})
            if actor.coordinated_federation_ids:
                wanted |= Q(**{f"{side}__organisation__in": members.values("organisation")})
        return self.filter(wanted)

    def of_organisation(self, organisation_id: int) -> Self:
        """Pairs that one organisation has a part in."""
        return self.filter(
            Q(idea_a__organisation=organisation_id) | Q(idea_b__organisation=organisation_id)
        )

    def of_federation(self, federation_id: int, *, day: date) -> Self:
        """Pairs whose ideas both belong to members of a federation."""
        members = FederationMembership.objects.filter(federation=federation_id).on(day)
        within = members.values("organisation")
        return self.filter(idea_a__organisation__in=within, idea_b__organisation__in=within)

    def across(self) -> Self:
        """Pairs between two organisations."""
        return self.exclude(idea_a__organisation=F("idea_b__organisation"))

    def standing(self) -> Self:
        """Pairs of which both ideas stand; a merged pair stands by its decision."""
        gone = Q(idea_a__state__in=GONE) | Q(idea_b__state__in=GONE)
        return self.exclude(gone & ~Q(state="merged"))

    def unanswered(self) -> Self:
        """Proposals that wait for an answer."""
        return self.filter(state="proposed")

    def agreed(self) -> Self:
        """Pairs that may be shown beside an idea: found or said to belong together."""
        return self.filter(state__in=("proposed", "confirmed", "linked"))

    def with_ideas(self) -> Self:
        """With both ideas, their organisations and their cases."""
        return self.select_related(
            "idea_a__organisation", "idea_b__organisation", "idea_a__case", "idea_b__case"
        ).defer("idea_a__words", "idea_b__words")


def _readable(side: str, *, actor: Actor) -> Q:
    """The rule of `Idea.objects.visible_to`, asked of a joined idea: a list of all readable ideas
    would be made for each page. A test holds the two together."""
    readable = readable_by(
        actor, owner=f"{side}__organisation", visibility=f"{side}__visibility"
    ) & ~Q(**{f"{side}__state__in": ("draft", "withdrawn")})
    if actor.is_signed_in:
        mine = CoAuthor.objects.filter(person=actor.person_id)
        readable |= Q(**{f"{side}__giver": actor.person_id})
        readable |= Q(**{f"{side}__in": mine.values("idea")})
    return readable
