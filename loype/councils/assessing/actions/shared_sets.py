"""A common set across a federation, by highest value and by equal shares, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from loype.councils.assessing.actions.sets import (
    Candidate,
    cost_of,
    numbered,
    one_currency,
    outside,
    proved_in_time,
    refuse_bad_means,
    row,
    told,
    weeks_of,
)
from loype.councils.assessing.labels import Because, Method, SetMethod, ShareBy
from loype.councils.assessing.reading import placed, values_by_place
from loype.councils.assessing.rules import can_propose_across
from loype.councils.models import CaseEstimate, ProposedCase, Ranking, SetProposal
from loype.kernel.errors import BadInput, NotAllowed
from loype.organisations.actor import Actor
from loype.organisations.labels import Visibility
from loype.organisations.models import Federation

if TYPE_CHECKING:
    from loype.councils.models import Case
    from loype.councils.sums import Election
    from loype.councils.sums.arrays import Floats

Paid = dict[str, str]


@dataclass(frozen=True)
class Voice:
    """What one organisation's shared ranking says: points from 0 to 100 for each case."""

    ranking: Ranking
    points: Mapping[int, int]


@transaction.atomic
def propose_shared_sets(
    federation: Federation,
    *,
    budget: Decimal,
    actor: Actor,
    at: datetime,
    share_by: str = ShareBy.EQUAL,
) -> tuple[SetProposal, SetProposal]:
    """Propose common cases from the members' shared rankings: most value, and by equal shares."""
    if not can_propose_across(actor, federation.pk):
        raise NotAllowed(_("Only the federation's coordinators put a common set together."))
    refuse_bad_means(budget=budget, weeks=None)
    if share_by not in ShareBy.values:
        raise BadInput({"share_by": _("Choose one from the list.")})
    voices, cases = _voices(federation, at=at)
    if len(voices) < 2:
        raise BadInput({"budget": _("At least two members must share their ranking first.")})
    everything = _candidates(cases, voices)
    currency = one_currency(everything)
    known = [one for one in everything if one.estimate is not None]
    common = {
        "organisation_id": federation.coordinator_id, "federation": federation,
        "budget": budget, "currency": currency, "made_at": at, "made_by_id": actor.signed_in_id,
    }  # fmt: skip
    highest = _by_value(known, common)
    equal = _by_equal_shares(known, voices, common | {"share_by": share_by, "beside": highest})
    for proposal in (highest, equal):
        proposal.rankings.add(*(one.ranking for one in voices))
        lacking = [one for one in everything if one.estimate is None]
        start = proposal.cases.count()
        rows = numbered([outside(proposal, one, because=Because.NO_COST) for one in lacking])
        for one in rows:
            one.position += start
        ProposedCase.objects.bulk_create(rows)
    told(equal, "propose_shared_sets", actor=actor, at=at)
    return highest, equal


def _voices(federation: Federation, *, at: datetime) -> tuple[list[Voice], dict[int, Case]]:
    """The newest shared ranking of each member, and the cases in them that all may read."""
    members = federation.memberships.filter(from_date__lte=at.date()).exclude(to_date__lt=at.date())
    within = set(members.values_list("organisation", flat=True))
    rankings = (
        Ranking.objects.filter(organisation__in=within, shared_at__isnull=False)
        .select_related("organisation", "profile")
        .order_by("organisation_id", "-made_at", "-id")
        .distinct("organisation_id")
    )
    voices, cases = [], {}
    for ranking in rankings:
        rows = list(ranking.ranked.select_related("round_case__case__idea"))
        order = placed(rows, list(ranking.moves.all()))
        values = values_by_place(order)
        points = {}
        for one in order:
            case = one.ranked.round_case.case
            if case.state != "closed" and _is_read_by_all(case, within=within):
                cases[case.pk] = case
                points[case.pk] = _points(
                    ranking, values[one.ranked.round_case_id], place=one.place, of=len(order)
                )
        voices.append(Voice(ranking, points))
    return voices, cases


def _is_read_by_all(case: Case, *, within: set[int]) -> bool:
    """Whether every member may read it: what a neighbour elsewhere shares, only some may."""
    if case.idea.visibility == Visibility.PUBLIC:
        return True
    return case.idea.visibility == Visibility.FEDERATION and case.organisation_id in within


def _points(ranking: Ranking, value: float, *, place: int, of: int) -> int:
    """A value between 0 and 100, so that councils with different scales can be added up."""
    if ranking.method == Method.PAIRS:
        return round(100 * (of - place + 1) / of)
    scale = ranking.profile.highest - ranking.profile.lowest
    return max(0, min(100, round(100 * (value - ranking.profile.lowest) / scale)))


def _candidates(cases: Mapping[int, Case], voices: Sequence[Voice]) -> list[Candidate]:
    """The shared cases, most wanted in all first."""
    estimates = {one.case_id: one for one in CaseEstimate.objects.filter(case__in=cases)}
    found = [
        Candidate(
            case=case,
            value=float(sum(voice.points.get(key, 0) for voice in voices)),
            must_have=False,
            estimate=estimates.get(key),
        )
        for key, case in cases.items()
    ]
    return sorted(found, key=lambda one: (-one.value, one.case.pk))


def _made(common: Mapping[str, object], **facts: object) -> SetProposal:
    return SetProposal.objects.create(**common, **facts)


def _used(candidates: Sequence[Candidate], chosen: Sequence[int]) -> Decimal:
    return sum((weeks_of(candidates[i]) for i in chosen), Decimal(0))


def _by_value(candidates: Sequence[Candidate], common: Mapping[str, object]) -> SetProposal:
    from loype.councils.sums import Options, explain, select  # noqa: PLC0415  heavy

    options = Options(
        values=[one.value for one in candidates],
        costs=[cost_of(one) for one in candidates],
        budget=common["budget"],  # type: ignore[arg-type]
    )
    with proved_in_time():
        found = select(options)
        out = explain(options, found)
    proposal = _made(
        common, method=SetMethod.EXACT, value=found.value, cost=found.cost,
        weeks_used=_used(candidates, found.chosen),
    )  # fmt: skip
    rows = [
        row(proposal, one, chosen=True)
        for number, one in enumerate(candidates)
        if number in found.chosen
    ]
    rows += [
        row(
            proposal, candidates[one.idea], chosen=False, because=one.because,
            extra_budget=one.extra_budget, value_lost=one.value_lost,
            displaces=[candidates[i].case.pk for i in one.displaces or ()],
        )
        for one in out
    ]  # fmt: skip
    ProposedCase.objects.bulk_create(numbered(rows))
    return proposal


def _election(
    candidates: Sequence[Candidate], voices: Sequence[Voice], common: Mapping[str, object]
) -> Election:
    from loype.councils.sums import Election  # noqa: PLC0415  heavy

    shares = None
    if common["share_by"] == ShareBy.INHABITANTS:
        counts = [one.ranking.organisation.inhabitants or 0 for one in voices]
        if not all(counts):
            raise BadInput({"share_by": _("Not all members say how many live there.")})
        shares = counts
    return Election(
        costs=[cost_of(one) for one in candidates],
        budget=common["budget"],  # type: ignore[arg-type]
        ballots=[[voice.points.get(one.case.pk, 0) for one in candidates] for voice in voices],
        kind="scoring",
        shares=shares,
    )


def _by_equal_shares(
    candidates: Sequence[Candidate], voices: Sequence[Voice], common: Mapping[str, object]
) -> SetProposal:
    from loype.councils.sums import equal_shares  # noqa: PLC0415  heavy

    election = _election(candidates, voices, common)
    found = equal_shares(election, completion="greedy")
    proposal = _made(
        common, method=SetMethod.EQUAL_SHARES, cost=found.cost,
        value=sum(candidates[i].value for i in found.chosen),
        weeks_used=_used(candidates, found.chosen),
    )  # fmt: skip
    rows = [
        row(
            proposal,
            candidates[i],
            chosen=True,
            paid={}
            if i in found.completed
            else _paid(found.paid, voices, idea=i, cost=cost_of(candidates[i])),
            from_the_rest=i in found.completed,
        )
        for i in found.chosen
    ]
    rows += [
        row(proposal, one, chosen=False, because=Because.SHARES)
        for number, one in enumerate(candidates)
        if number not in found.chosen
    ]
    ProposedCase.objects.bulk_create(numbered(rows))
    return proposal


def _paid(paid: Floats | None, voices: Sequence[Voice], *, idea: int, cost: Decimal) -> Paid:
    """What each organisation speaks for of one case, to the øre and adding up to its cost."""
    if paid is None:
        return {}
    parts = {
        str(voice.ranking.organisation_id): Decimal(str(float(paid[number, idea])))
        for number, voice in enumerate(voices)
    }
    whole = sum(parts.values())
    if not whole:
        return {}
    cents = int(cost * 100)
    exact = {key: cents * part / whole for key, part in parts.items()}
    floors = {key: int(amount) for key, amount in exact.items()}
    left = cents - sum(floors.values())
    for key in sorted(exact, key=lambda key: floors[key] - exact[key])[:left]:
        floors[key] += 1
    return {key: str(Decimal(amount) / 100) for key, amount in floors.items() if amount}
