"""A proposed set for one organisation: the highest value that the means allow, explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from loype.councils.actions.cases import refuse_unless_preparing
from loype.councils.assessing.actions.preparing import MOST, MOST_WEEKS
from loype.councils.assessing.labels import Because, SetMethod, Standing
from loype.councils.assessing.reading import placed, values_by_place
from loype.councils.models import (
    Case,
    CaseEstimate,
    CaseNeed,
    Decision,
    ProposedCase,
    Ranking,
    SetProposal,
)
from loype.history.actions import record
from loype.kernel.errors import BadInput, Unavailable
from loype.organisations.actor import Actor

if TYPE_CHECKING:
    from loype.councils.sums import FellOut, Impossible, Options, Proposal

WEEKS = "weeks"


@dataclass(frozen=True)
class Candidate:
    """A case that may be in a set."""

    case: Case
    value: float
    must_have: bool
    estimate: CaseEstimate | None


@transaction.atomic
def propose_set(
    ranking: Ranking,
    *,
    budget: Decimal,
    actor: Actor,
    at: datetime,
    weeks: Decimal | None = None,
) -> SetProposal:
    """Propose the cases that give most together under a budget and a ceiling of weeks of work."""
    from loype.councils.sums import Impossible, explain, select  # noqa: PLC0415  heavy

    refuse_unless_preparing(actor, ranking.organisation_id)
    refuse_bad_means(budget=budget, weeks=weeks)
    everything = _candidates(ranking)
    currency = one_currency(everything)
    known = [one for one in everything if one.estimate is not None]
    _refuse_unknown_must(everything)
    possible, hopeless = _whose_needs_can_be_met(known)
    _refuse_hopeless_must(hopeless)
    options = _options(possible, budget=budget, weeks=weeks)
    try:
        with proved_in_time():
            found = select(options)
            out = explain(options, found)
    except Impossible as problem:
        raise BadInput(_impossible_words(problem, possible)) from problem
    proposal = SetProposal.objects.create(
        organisation_id=ranking.organisation_id, method=SetMethod.EXACT, budget=budget,
        currency=currency, weeks=weeks, value=found.value, cost=found.cost,
        weeks_used=sum((weeks_of(possible[i]) for i in found.chosen), Decimal(0)),
        made_at=at, made_by_id=actor.signed_in_id,
    )  # fmt: skip
    proposal.rankings.add(ranking)
    rows = _rows(proposal, possible, found, out)
    rows += [outside(proposal, one, because=Because.NEED) for one in hopeless]
    rows += [
        outside(proposal, one, because=Because.NO_COST)
        for one in everything
        if one.estimate is None
    ]
    ProposedCase.objects.bulk_create(numbered(rows))
    told(proposal, "propose_set", actor=actor, at=at)
    return proposal


def refuse_bad_means(*, budget: Decimal, weeks: Decimal | None) -> None:
    """Stop sums with nothing, or more than there is."""
    problems: dict[str, Any] = {}
    if not 0 < budget <= MOST:
        problems["budget"] = _("Write an amount above zero.")
    if weeks is not None and not 0 < weeks <= MOST_WEEKS:
        problems["weeks"] = _("Write a number of weeks above zero, or leave it open.")
    if problems:
        raise BadInput(problems)


def _candidates(ranking: Ranking) -> list[Candidate]:
    """What the list holds, in its order; what must be done first."""
    rows = list(ranking.ranked.select_related("round_case__case__idea"))
    order = placed(rows, list(ranking.moves.all()))
    values = values_by_place(order)
    must = [one for one in rows if one.standing == Standing.MUST_DO]
    in_order = [(one, True) for one in must] + [(one.ranked, False) for one in order]
    cases = [ranked.round_case.case_id for ranked, _must in in_order]
    estimates = {one.case_id: one for one in CaseEstimate.objects.filter(case__in=cases)}
    return [
        Candidate(
            case=ranked.round_case.case,
            value=values.get(ranked.round_case_id, 0.0),
            must_have=must_have,
            estimate=estimates.get(ranked.round_case.case_id),
        )
        for ranked, must_have in in_order
        if ranked.round_case.case.state != "closed"
    ]


def one_currency(candidates: Iterable[Candidate]) -> str:
    """The currency of all estimates; sums of several are refused."""
    found = {one.estimate.currency for one in candidates if one.estimate}
    if len(found) > 1:
        raise BadInput({"budget": _("The estimates are in several currencies.")})
    if not found:
        raise BadInput({"budget": _("Nothing is estimated yet. Say what the cases cost first.")})
    return found.pop()


def _refuse_unknown_must(candidates: Iterable[Candidate]) -> None:
    lacking = [one.case.idea.title for one in candidates if one.must_have and not one.estimate]
    if lacking:
        raise BadInput(
            {"budget": _("Say first what this costs, it must be done: %(titles)s")
             % {"titles": "; ".join(lacking)}}
        )  # fmt: skip


def _refuse_hopeless_must(hopeless: Iterable[Candidate]) -> None:
    lacking = [one.case.idea.title for one in hopeless if one.must_have]
    if lacking:
        raise BadInput(
            {"budget": _("This must be done, and what it needs is not in the list or has no "
                         "estimate: %(titles)s") % {"titles": "; ".join(lacking)}}
        )  # fmt: skip


@contextmanager
def proved_in_time() -> Iterator[None]:
    """Say in words that the solver did not find the best set in the time it had."""
    from loype.councils.sums import TookTooLong  # noqa: PLC0415  heavy

    try:
        yield
    except TookTooLong as problem:
        raise Unavailable(
            _("It took too long to prove which set is best. Try again with fewer cases.")
        ) from problem


def _whose_needs_can_be_met(
    candidates: Sequence[Candidate],
) -> tuple[list[Candidate], list[Candidate]]:
    """Those that need only each other or what goes on already, and those that need more."""
    keys = {one.case.pk for one in candidates}
    needs = CaseNeed.objects.filter(case__in=keys).values_list("case_id", "needed_id")
    wanted = {needed for _case, needed in needs} - keys
    going = set(
        Decision.objects.filter(case__in=wanted, in_force=True, outcome="go_on").values_list(
            "case_id", flat=True
        )
    )
    hopeless = {case for case, needed in needs if needed in wanted - going}
    while more := {case for case, needed in needs if needed in hopeless} - hopeless:
        hopeless |= more
    return (
        [one for one in candidates if one.case.pk not in hopeless],
        [one for one in candidates if one.case.pk in hopeless],
    )


def _options(candidates: Sequence[Candidate], *, budget: Decimal, weeks: Decimal | None) -> Options:
    from loype.councils.sums import Limit, Options  # noqa: PLC0415  heavy

    place = {one.case.pk: number for number, one in enumerate(candidates)}
    needs = CaseNeed.objects.filter(case__in=place, needed__in=place)
    limits: tuple[Limit, ...] = ()
    if weeks is not None:
        limits = (Limit(name=WEEKS, uses=[weeks_of(one) for one in candidates], ceiling=weeks),)
    return Options(
        values=[one.value for one in candidates],
        costs=[cost_of(one) for one in candidates],
        budget=budget,
        limits=limits,
        required=[number for number, one in enumerate(candidates) if one.must_have],
        needs=[(place[need.case_id], place[need.needed_id]) for need in needs],
    )


def cost_of(candidate: Candidate) -> Decimal:
    """What a case costs."""
    return candidate.estimate.cost if candidate.estimate else Decimal(0)


def weeks_of(candidate: Candidate) -> Decimal:
    """How many weeks of work a case takes."""
    return candidate.estimate.weeks if candidate.estimate else Decimal(0)


def _impossible_words(problem: Impossible, candidates: Sequence[Candidate]) -> dict[str, str]:
    titles = "; ".join(candidates[i].case.idea.title for i in problem.ideas)
    told = {"titles": titles, "missing": f"{problem.missing:f}"}
    if problem.because == WEEKS:
        words = _("What must be done takes %(missing)s weeks more than there are: %(titles)s")
        return {"weeks": words % told}
    words = _("What must be done costs %(missing)s more than the budget: %(titles)s")
    return {"budget": words % told}


def _rows(
    proposal: SetProposal,
    candidates: Sequence[Candidate],
    found: Proposal,
    out: Sequence[FellOut],
) -> list[ProposedCase]:
    """First what is in, in the list's order, then what fell out, best first."""
    chosen = [
        row(proposal, one, chosen=True, must_have=one.must_have)
        for number, one in enumerate(candidates)
        if number in found.chosen
    ]
    fallen = [
        row(
            proposal,
            candidates[one.idea],
            chosen=False,
            because=one.because,
            extra_budget=one.extra_budget,
            value_lost=one.value_lost,
            can_be_in=one.displaces is not None or one.extra_budget is not None,
            displaces=[candidates[i].case.pk for i in one.displaces or ()],
            brings=[candidates[i].case.pk for i in one.brings],
        )
        for one in out
    ]
    return chosen + fallen


def row(proposal: SetProposal, candidate: Candidate, **facts: Any) -> ProposedCase:
    """One case of a proposal, with what it would take."""
    return ProposedCase(
        proposal=proposal,
        case=candidate.case,
        value=candidate.value,
        cost=candidate.estimate.cost if candidate.estimate else None,
        weeks=candidate.estimate.weeks if candidate.estimate else None,
        **facts,
    )


def outside(proposal: SetProposal, candidate: Candidate, *, because: str) -> ProposedCase:
    """A case that could not be in at all."""
    return row(proposal, candidate, chosen=False, because=because, can_be_in=False)


def numbered(rows: Sequence[ProposedCase]) -> Sequence[ProposedCase]:
    """The rows with their places."""
    for place, one in enumerate(rows, start=1):
        one.position = place
    return rows


def told(proposal: SetProposal, verb: str, *, actor: Actor, at: datetime) -> None:
    """Account for a proposal."""
    record(
        verb, thing=proposal, actor=actor, at=at, organisation_id=proposal.organisation_id,
        acting_as="council" if proposal.federation_id is None else "coordinator", follow=False,
        change={"budget": str(proposal.budget), "method": proposal.method},
    )  # fmt: skip
