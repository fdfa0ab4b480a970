"""One ranked list for the whole organisation, and the moves people make in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from secrets import randbelow
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loype.councils.actions.cases import current_council, refuse_unless_preparing
from loype.councils.assessing.actions.rounds import MOST_SEED
from loype.councils.assessing.labels import Method, Standing
from loype.councils.assessing.reading import placed
from loype.councils.assessing.rules import can_move_in_ranking
from loype.councils.assessing.scoring import Computed, by_criteria, by_pairs, priority_of
from loype.councils.models import (
    ManualMove,
    PriorityLimit,
    RankedCase,
    Ranking,
    Round,
    RoundCase,
)
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.words import clean_text
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation

DRAWS = 10_000
MOST_PLACES = 500


@transaction.atomic
def make_ranking(
    organisation: Organisation,
    *,
    rounds: Sequence[Round],
    places: int,
    actor: Actor,
    at: datetime,
    draws: int = DRAWS,
    seed: int | None = None,
) -> Ranking:
    """Rank what closed rounds assessed as one list, and say how sure each place is.

    `places` is how many one means to select: robustness is how often a case stays among them.
    """
    refuse_unless_preparing(actor, organisation.pk)
    problems = _problems(organisation, rounds=rounds, places=places)
    if problems:
        raise BadInput(problems)
    first = rounds[0]
    seed = randbelow(MOST_SEED) if seed is None else seed
    newest = _newest(rounds)
    ranked = [one for one in newest if not one.must_do]
    if first.method == Method.CRITERIA:
        found = by_criteria(ranked, profile=first.profile, places=places, draws=draws, seed=seed)
    else:
        found = by_pairs(ranked, places=places, seed=seed)
    ranking = Ranking.objects.create(
        organisation=organisation, profile=first.profile, method=first.method, places=places,
        draws=draws, seed=seed, weights=found.weights, concentration=found.concentration,
        tied=found.tied, made_at=at, made_by_id=actor.signed_in_id,
    )  # fmt: skip
    ranking.rounds.add(*rounds)
    RankedCase.objects.bulk_create(_rows(ranking, newest, found))
    record(
        "make_ranking", thing=ranking, actor=actor, at=at, organisation_id=organisation.pk,
        acting_as="council", follow=False,
        change={"rounds": [one.pk for one in rounds], "places": places, "seed": seed},
    )  # fmt: skip
    return ranking


def _problems(
    organisation: Organisation, *, rounds: Sequence[Round], places: int
) -> dict[str, Any]:
    problems: dict[str, Any] = {}
    if not 1 <= places <= MOST_PLACES:
        problems["places"] = _("Say how many you mean to select.")
    if not rounds or any(one.organisation_id != organisation.pk for one in rounds):
        problems["rounds"] = _("Choose at least one of your own rounds.")
    elif any(one.state != "closed" for one in rounds):
        problems["rounds"] = _("Close the round first: everybody's assessment counts.")
    elif len({(one.profile_id, one.method) for one in rounds}) > 1:
        problems["rounds"] = _(
            "Only rounds with the same criteria and the same form make one list."
        )
    return problems


def _newest(rounds: Sequence[Round]) -> list[RoundCase]:
    """Each case once, as the newest of the rounds assessed it; withdrawn ones left out."""
    rows = (
        RoundCase.objects.filter(round__in=[one.pk for one in rounds])
        .exclude(case__state="closed")
        .select_related("case")
        .order_by("round__closed_at", "round_id")
    )
    newest = {one.case_id: one for one in rows}
    return sorted(newest.values(), key=lambda one: one.pk)


def _rows(ranking: Ranking, round_cases: Sequence[RoundCase], found: Computed) -> list[RankedCase]:
    limits = list(PriorityLimit.objects.filter(profile=ranking.profile_id).order_by("-above"))
    rows = [
        RankedCase(
            ranking=ranking, round_case=one.round_case, standing=Standing.RANKED, position=place,
            value=one.value, points=one.points, priority=priority_of(one.points, limits),
            kept=one.kept, kept_error=one.kept_error, best_rank=one.best_rank,
            worst_rank=one.worst_rank, members=one.members, disagreement=one.disagreement,
        )
        for place, one in enumerate(found.results, start=1)
    ]  # fmt: skip
    rows += [
        RankedCase(ranking=ranking, round_case=one, standing=Standing.NOT_ASSESSED)
        for one in found.left_out
    ]
    rows += [
        RankedCase(ranking=ranking, round_case=one, standing=Standing.MUST_DO)
        for one in round_cases
        if one.must_do
    ]
    return rows


@transaction.atomic
def move_in_ranking(
    ranked: RankedCase, *, to_place: int, reason: str, actor: Actor, at: datetime
) -> ManualMove:
    """Move a case to another place by hand; who, when and why stay readable."""
    ranking = Ranking.objects.select_for_update(of=("self",)).get(pk=ranked.ranking_id)
    council = current_council(ranking.organisation_id)
    if not can_move_in_ranking(actor, ranking.organisation_id, council=council):
        raise NotAllowed(_("Only the one who writes decisions down moves cases by hand."))
    newest = Ranking.objects.filter(organisation=ranking.organisation_id).order_by(
        "-made_at", "-id"
    )
    if newest.values_list("pk", flat=True).first() != ranking.pk:
        raise WrongMoment(_("There is a newer ranking. Move the case there."))
    if ranked.standing != Standing.RANKED:
        raise WrongMoment(_("What must be done or was not assessed stands outside the ranking."))
    order = placed(ranking.ranked.all(), list(ranking.moves.all()))
    here = next(one.place for one in order if one.ranked.pk == ranked.pk)
    problems: dict[str, Any] = {}
    if not 1 <= to_place <= len(order) or to_place == here:
        problems["to_place"] = _("Choose another place between 1 and %(last)s.") % {
            "last": len(order)
        }
    if not clean_text(reason):
        problems["reason"] = _("Say why: everybody who reads the list sees it.")
    if problems:
        raise BadInput(problems)
    move = ManualMove.objects.create(
        ranking=ranking, ranked=ranked, from_place=here, to_place=to_place,
        reason=clean_text(reason), moved_at=at, moved_by_id=actor.signed_in_id,
    )  # fmt: skip
    record(
        "move_in_ranking", thing=ranking, actor=actor, at=at,
        organisation_id=ranking.organisation_id, acting_as="council", reason=move.reason,
        change={"case": ranked.round_case.case_id, "place": [here, to_place]}, follow=False,
    )  # fmt: skip
    return move


@transaction.atomic
def share_ranking(ranking: Ranking, *, actor: Actor, at: datetime) -> Ranking:
    """Let the councils one works with see the list, as far as they may read the ideas in it."""
    ranking = Ranking.objects.select_for_update(of=("self",)).get(pk=ranking.pk)
    council = current_council(ranking.organisation_id)
    if not can_move_in_ranking(actor, ranking.organisation_id, council=council):
        raise NotAllowed(_("Only the one who writes decisions down shares the list with others."))
    if ranking.shared_at is not None:
        return ranking
    ranking.shared_at = at
    ranking.save(update_fields=["shared_at"])
    record(
        "share_ranking", thing=ranking, actor=actor, at=at,
        organisation_id=ranking.organisation_id, acting_as="council", follow=False,
    )  # fmt: skip
    return ranking
