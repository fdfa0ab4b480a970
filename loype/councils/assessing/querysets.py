"""Who sees which part of assessing and ranking; nobody sees another's assessment too early."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from loype.organisations.visibility import readable_by

if TYPE_CHECKING:
    from loype.councils.models import (  # noqa: F401
        Assessment,
        CaseAim,
        CaseEstimate,
        CaseNeed,
        Comparison,
        Criterion,
        CriterionWeight,
        DecisionAim,
        ManualMove,
        Profile,
        ProposedCase,
        RankedCase,
        Ranking,
        Round,
        RoundCase,
        Score,
        SetProposal,
        Sheet,
    )
    from loype.organisations.actor import Actor


def in_rooms(actor: Actor, path: str) -> Q:
    """Rows of the organisations whose council room the actor may enter."""
    return Q(**{f"{path}__in": sorted(actor.council_room_ids)})


def readable_case(actor: Actor, path: str) -> Q:
    """Cases of one's own rooms, and others' whose idea one may read."""
    idea = readable_by(actor, owner=f"{path}__organisation", visibility=f"{path}__idea__visibility")
    return in_rooms(actor, f"{path}__organisation") | idea


def works_across(actor: Actor) -> bool:
    """Whether the actor sits on a council or coordinates a federation."""
    return bool(actor.council_room_ids or actor.coordinated_federation_ids)


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Criteria profiles."""

    def visible_to(self, actor: Actor) -> Self:
        """By which criteria an organisation assesses is no secret to its people and neighbours."""
        if actor.is_house:
            return self
        seen = actor.organisation_ids | actor.neighbour_ids | actor.council_room_ids
        return self.filter(organisation__in=sorted(seen))

    def on(self, day: date) -> Self:
        """Those in force on a day."""
        return self.filter(Q(to_date=None) | Q(to_date__gte=day), from_date__lte=day)


class CriterionQuerySet(models.QuerySet["Criterion"]):
    """Criteria."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen with their profile; aims of plans, and what they weigh, only in the organisation,
        as far as the plan may be read."""
        if actor.is_house:
            return self
        seen = actor.organisation_ids | actor.neighbour_ids | actor.council_room_ids
        own = sorted(actor.organisation_ids | actor.council_room_ids)
        plan = readable_by(
            actor, owner="plan_item__organisation", visibility="plan_item__plan__visibility"
        )
        return self.filter(
            Q(profile__organisation__in=sorted(seen), plan_item=None)
            | Q(profile__organisation__in=own) & plan
        )


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds of assessment."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen in the room of the council that assesses."""
        return self if actor.is_house else self.filter(in_rooms(actor, "organisation"))


class RoundCaseQuerySet(models.QuerySet["RoundCase"]):
    """Cases of rounds."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen in the room, as long as the idea of another organisation may still be read."""
        if actor.is_house:
            return self
        return self.filter(in_rooms(actor, "round__organisation"), readable_case(actor, "case"))


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Members' assessments."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own; others' handed-in ones once one's own is handed in, or the round is closed."""
        if actor.is_house:
            return self
        if not actor.is_signed_in:
            return self.none()
        own = self.model._default_manager.filter(
            round=OuterRef("round"), person=actor.person_id, handed_in_at__isnull=False
        )
        others = Q(handed_in_at__isnull=False) & (Q(round__state="closed") | Exists(own))
        return self.filter(
            in_rooms(actor, "round__organisation"), Q(person=actor.person_id) | others
        )

    def handed_in(self) -> Self:
        """Those that count."""
        return self.filter(handed_in_at__isnull=False)


def _seen_assessments(actor: Actor) -> models.QuerySet[Assessment]:
    from loype.councils.models import Assessment  # noqa: PLC0415  the models need this module first

    return Assessment.objects.visible_to(actor).values("pk")  # type: ignore[return-value]


def _own_part(actor: Actor) -> Q:
    """What belongs to an assessment is seen with it."""
    return Q() if actor.is_house else Q(assessment__in=_seen_assessments(actor))


class SheetQuerySet(models.QuerySet["Sheet"]):
    """Members' sheets, one for each case."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen with the assessment they belong to."""
        return self.filter(_own_part(actor))


class CriterionWeightQuerySet(models.QuerySet["CriterionWeight"]):
    """How much members let criteria count."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen with the assessment they belong to."""
        return self.filter(_own_part(actor))


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    """Which of two cases members would rather have."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen with the assessment they belong to."""
        return self.filter(_own_part(actor))


class ScoreQuerySet(models.QuerySet["Score"]):
    """Points."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen with the assessment they belong to."""
        if actor.is_house:
            return self
        return self.filter(sheet__assessment__in=_seen_assessments(actor))


class RankingQuerySet(models.QuerySet["Ranking"]):
    """Rankings."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen in the council's room; what is shared, by neighbouring councils and coordinators."""
        if actor.is_house:
            return self
        seen = in_rooms(actor, "organisation")
        if works_across(actor):
            near = sorted(actor.neighbour_ids)
            seen |= Q(shared_at__isnull=False, organisation__in=near)
        return self.filter(seen)

    def with_newest(self) -> Self:
        """Each with the number of its organisation's newest list (`newest_id`)."""
        newest = self.model._default_manager.filter(organisation=OuterRef("organisation"))
        ordered = newest.order_by("-made_at", "-id").values("pk")
        return self.annotate(newest_id=Subquery(ordered[:1]))


class RankedCaseQuerySet(models.QuerySet["RankedCase"]):
    """Cases in rankings."""

    def visible_to(self, actor: Actor) -> Self:
        """As far as the ranking is seen and the idea may be read."""
        if actor.is_house:
            return self
        seen = in_rooms(actor, "ranking__organisation")
        if works_across(actor):
            near = sorted(actor.neighbour_ids)
            seen |= Q(ranking__shared_at__isnull=False, ranking__organisation__in=near)
        return self.filter(seen, readable_case(actor, "round_case__case"))


class ManualMoveQuerySet(models.QuerySet["ManualMove"]):
    """Moves by hand."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen in the council's own room."""
        return self if actor.is_house else self.filter(in_rooms(actor, "ranking__organisation"))


def _seen_proposal(actor: Actor, prefix: str = "") -> Q:
    seen = Q(**{f"{prefix}federation": None}) & in_rooms(actor, f"{prefix}organisation")
    near = set(actor.coordinated_federation_ids)
    if actor.council_room_ids:
        near |= actor.federation_ids
    return seen | Q(**{f"{prefix}federation__in": sorted(near)})


class SetProposalQuerySet(models.QuerySet["SetProposal"]):
    """Proposed sets."""

    def visible_to(self, actor: Actor) -> Self:
        """One council's in its room; a federation's by its councils and coordinators."""
        return self if actor.is_house else self.filter(_seen_proposal(actor))


class ProposedCaseQuerySet(models.QuerySet["ProposedCase"]):
    """Cases of proposed sets."""

    def visible_to(self, actor: Actor) -> Self:
        """As far as the proposal is seen and the idea may be read."""
        if actor.is_house:
            return self
        return self.filter(_seen_proposal(actor, "proposal__"), readable_case(actor, "case"))


def _followed_up_by(actor: Actor) -> Q:
    """What is about cases that the actor is responsible for and works where they are."""
    if not actor.is_signed_in:
        return Q(pk__in=[])
    homes = sorted(actor.organisation_ids)
    return Q(case__responsible=actor.person_id, case__organisation__in=homes)


class CaseAimQuerySet(models.QuerySet["CaseAim"]):
    """Aims of cases."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen with the case: in its council's room and by the responsible."""
        if actor.is_house:
            return self
        mine = _followed_up_by(actor)
        return self.filter(in_rooms(actor, "case__organisation") | mine)


class EstimateQuerySet(models.QuerySet["CaseEstimate"]):
    """Estimates of cases."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen with the case, and by other councils that may read its idea."""
        if actor.is_house:
            return self
        mine = _followed_up_by(actor)
        near = readable_case(actor, "case") if works_across(actor) else Q(pk__in=[])
        return self.filter(in_rooms(actor, "case__organisation") | mine | near)


class CaseNeedQuerySet(models.QuerySet["CaseNeed"]):
    """What cases need."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen in the room of the case that needs, as far as both may be read."""
        if actor.is_house:
            return self
        return self.filter(in_rooms(actor, "case__organisation"), readable_case(actor, "needed"))


class DecisionAimQuerySet(models.QuerySet["DecisionAim"]):
    """What decisions were taken for."""

    def visible_to(self, actor: Actor) -> Self:
        """In the council's room; elsewhere whoever may read both the decision and the plan."""
        if actor.is_house:
            return self
        decision = readable_by(
            actor, owner="decision__organisation", visibility="decision__case__idea__visibility"
        )
        plan = readable_by(actor, owner="item__organisation", visibility="item__plan__visibility")
        return self.filter(in_rooms(actor, "decision__organisation") | (decision & plan))
