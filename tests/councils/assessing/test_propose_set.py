"""A set under a budget and a ceiling of work, with must-haves and needs; what fell out says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from loype.councils.assessing.actions import (
    estimate_case,
    make_ranking,
    mark_must_do,
    move_in_ranking,
    name_need,
    propose_set,
    propose_shared_sets,
    share_ranking,
)
from loype.councils.models import (
    Case,
    CaseEstimate,
    ProposedCase,
    RankedCase,
    Ranking,
    RoundCase,
    SetProposal,
)
from loype.kernel.errors import BadInput, NotAllowed, Unavailable
from loype.organisations.actions import found_federation, join_federation
from loype.organisations.actor import HOUSE
from tests.cast import BEGINNING, TODAY, World
from tests.councils.assessing.setting import cases_of, closed, gives, opened, organisation_of


def estimated(world: World, case: Case, cost: int, weeks: int = 1, *, by: str = "bo") -> None:
    """What a case costs and takes."""
    estimate_case(case, cost=Decimal(cost), weeks=Decimal(weeks), actor=world.actor(by), at=TODAY)


def listed(
    world: World, cases: Sequence[Case], points: Sequence[int], *, must: Sequence[Case] = (),
    by: str = "bo",
) -> Ranking:  # fmt: skip
    """A ranking in which one member gave these points."""
    round = opened(world, cases, by=by)
    for case in must:
        mark_must_do(
            RoundCase.objects.get(round=round, case=case), reason="Loven krever det.",
            actor=world.actor(by), at=TODAY,
        )  # fmt: skip
    gives(world, round, by, dict(zip(cases, points, strict=True)))
    return make_ranking(
        organisation_of(world, by), rounds=[closed(world, round, by=by)], places=2,
        actor=world.actor(by), at=TODAY, draws=200, seed=1,
    )  # fmt: skip


def proposed(world: World, ranking: Ranking, budget: int, **more: Any) -> SetProposal:
    """Bo asks for a set."""
    return propose_set(ranking, budget=Decimal(budget), actor=world.actor("bo"), at=TODAY, **more)


def chosen(proposal: SetProposal) -> set[str]:
    """The titles of what is in."""
    return set(proposal.cases.filter(chosen=True).values_list("case__idea__title", flat=True))


def fallen(proposal: SetProposal, title: str) -> ProposedCase:
    """One that fell out."""
    return ProposedCase.objects.get(proposal=proposal, case__idea__title=title, chosen=False)


@pytest.mark.requirement("EP-07")
def test_it_proposes_what_gives_most_together(world: World) -> None:
    names, points, costs = ("A", "B", "C", "D"), (5, 4, 3, 2), (70, 40, 35, 20)
    cases = cases_of(world, *names)
    for case, cost in zip(cases, costs, strict=True):
        estimated(world, case, cost)
    ranking = listed(world, cases, points)
    for budget in (30, 75, 95, 110, 165):
        sets = [
            found for size in range(5) for found in combinations(range(4), size)
            if sum(costs[i] for i in found) <= budget
        ]  # fmt: skip
        best = max(sets, key=lambda one: (sum(points[i] for i in one), -sum(costs[i] for i in one)))
        proposal = proposed(world, ranking, budget)
        assert chosen(proposal) == {names[i] for i in best}
        assert proposal.cost == sum(costs[i] for i in best)


@pytest.mark.requirement("EP-07")
def test_it_explains_what_fell_out_and_what_it_would_take(world: World) -> None:
    cases = cases_of(world, "A", "B", "C")
    for case, cost in zip(cases, (60, 50, 50), strict=True):
        estimated(world, case, cost)
    proposal = proposed(world, listed(world, cases, (5, 4, 3)), 100)
    assert chosen(proposal) == {"B", "C"}
    out = fallen(proposal, "A")
    assert out.because in ("budget", "value")
    assert out.displaces  # to bring it in, one of the others would have to leave
    assert out.value_lost == pytest.approx(2)
    assert out.extra_budget == Decimal(10)  # with 110 the best set is A and B
    with pytest.raises(DatabaseError), transaction.atomic():
        ProposedCase.objects.filter(pk=out.pk).update(because="need")


@pytest.mark.requirement("EP-07")
def test_the_database_keeps_the_ceiling_and_what_must_be_in(world: World) -> None:
    cases = cases_of(world, "Lov", "Fint")
    for case, cost in zip(cases, (50, 70), strict=True):
        estimated(world, case, cost)
    proposal = proposed(world, listed(world, cases, (1, 4), must=[cases[0]]), 60)
    with pytest.raises(IntegrityError, match="fits_the_budget"), transaction.atomic():
        SetProposal.objects.filter(pk=proposal.pk).update(cost=Decimal(61))
    other = cases_of(world, "Senere")[0]
    facts = {"proposal": proposal, "case": other, "position": 9, "value": 1.0}
    for wrong, name in (
        ({"chosen": False, "because": ""}, "fell_out_says_why"),
        ({"chosen": False, "because": "budget", "must_have": True}, "must_have_is_in"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            ProposedCase.objects.create(**facts, **wrong)


@pytest.mark.requirement("EP-07")
def test_it_keeps_must_haves_and_needs_in(world: World) -> None:
    cases = cases_of(world, "Lov", "Bygg", "Grunnmur", "Fint")
    for case, cost in zip(cases, (50, 30, 40, 70), strict=True):
        estimated(world, case, cost)
    name_need(cases[1], needed=cases[2], reason="Må stå på noe.", actor=world.actor("bo"), at=TODAY)
    ranking = listed(world, cases, (1, 5, 1, 4), must=[cases[0]])
    proposal = proposed(world, ranking, 120)
    assert chosen(proposal) == {"Lov", "Bygg", "Grunnmur"}
    assert proposal.cases.get(case=cases[0]).must_have
    assert chosen(proposed(world, ranking, 119)) == {"Lov", "Grunnmur"}
    with pytest.raises(BadInput) as refused:
        proposed(world, ranking, 49)
    assert "1" in refused.value.fields["budget"]


@pytest.mark.requirement("EP-07")
def test_it_heeds_the_weeks_of_work(world: World) -> None:
    cases = cases_of(world, "Tungt", "Lett", "Lettere")
    for case, weeks in zip(cases, (10, 5, 4), strict=True):
        estimated(world, case, 10, weeks)
    ranking = listed(world, cases, (5, 4, 3))
    proposal = proposed(world, ranking, 1000, weeks=Decimal(10))
    assert chosen(proposal) == {"Lett", "Lettere"}
    assert proposal.weeks_used == 9
    assert fallen(proposal, "Tungt").because == "limit"
    with pytest.raises(IntegrityError), transaction.atomic():
        SetProposal.objects.filter(pk=proposal.pk).update(weeks=8)


def test_it_counts_moves_by_hand(world: World) -> None:
    cases = cases_of(world, "A", "B")
    for case in cases:
        estimated(world, case, 50)
    ranking = listed(world, cases, (5, 4))
    assert chosen(proposed(world, ranking, 60)) == {"A"}
    move_in_ranking(
        RankedCase.objects.get(ranking=ranking, round_case__case=cases[1]), to_place=1,
        reason="Haster", actor=world.actor("bo"), at=TODAY,
    )  # fmt: skip
    assert chosen(proposed(world, ranking, 60)) == {"B"}


def test_it_names_what_nobody_estimated(world: World) -> None:
    cases = cases_of(world, "A", "B", "C")
    ranking = listed(world, cases, (5, 4, 3))
    with pytest.raises(BadInput):
        proposed(world, ranking, 60)
    estimated(world, cases[1], 10)
    estimated(world, cases[2], 10)
    name_need(cases[2], needed=cases[0], reason="Bygger på.", actor=world.actor("bo"), at=TODAY)
    proposal = proposed(world, ranking, 60)
    assert chosen(proposal) == {"B"}
    assert fallen(proposal, "A").because == "no_cost"
    assert fallen(proposal, "C").because == "need"
    assert not fallen(proposal, "C").can_be_in


def test_it_lets_those_who_prepare_propose(world: World) -> None:
    cases = cases_of(world, "A", "B")
    for case in cases:
        estimated(world, case, 50)
    ranking = listed(world, cases, (5, 4))
    for name in ("cai", "fia", "ada", "mia"):
        with pytest.raises(NotAllowed):
            propose_set(ranking, budget=Decimal(10), actor=world.actor(name), at=TODAY)
        with pytest.raises(NotAllowed):
            estimated(world, cases[0], 5, by=name)
    proposal = proposed(world, ranking, 60)
    assert proposal in SetProposal.objects.visible_to(world.actor("cai"))
    for name in ("ada", "mia", "olaf", "eve"):
        assert not SetProposal.objects.visible_to(world.actor(name)).exists()
        assert not CaseEstimate.objects.visible_to(world.actor(name)).exists()


def shared_lists(world: World) -> dict[str, Case]:
    """Two municipalities want different things: many and dear in Fjordvik, one in Elvestrand."""
    big = cases_of(world, "Stort 1", "Stort 2", visibility="federation")
    small = cases_of(world, "Lite", by="dee", visibility="federation")
    for case in big:
        estimated(world, case, 50)
    estimated(world, small[0], 40, by="mia")
    cases = [*big, *small]
    for name, points in (("bo", (5, 5, 1)), ("mia", (1, 1, 4))):
        share_ranking(listed(world, cases, points, by=name), actor=world.actor(name), at=TODAY)
    return {case.idea.title: case for case in cases}


def test_it_gives_each_municipality_its_share(world: World) -> None:
    cases = shared_lists(world)
    assert world.federation is not None
    fia = world.actor("fia")
    highest, equal = propose_shared_sets(world.federation, budget=Decimal(100), actor=fia, at=TODAY)
    assert chosen(highest) == {"Stort 1", "Stort 2"}
    assert "Lite" in chosen(equal)
    assert len(chosen(equal)) == 2
    assert equal.beside == highest
    paid = equal.cases.get(case=cases["Lite"]).paid
    assert paid == {str(world.organisations["elvestrand"].pk): "40"}
    for row in equal.cases.filter(chosen=True):
        assert sum(Decimal(part) for part in row.paid.values()) in (row.cost, 0)
    for name in ("bo", "mia", "fia"):
        assert equal in SetProposal.objects.visible_to(world.actor(name))
    for name in ("ada", "dee", "olaf"):
        assert equal not in SetProposal.objects.visible_to(world.actor(name))


@pytest.mark.requirement("ROR-22")
def test_it_says_plainly_what_was_added_from_what_was_left(
    world: World, client_of: Callable[[str], Client]
) -> None:
    shared_lists(world)
    assert world.federation is not None
    _highest, equal = propose_shared_sets(
        world.federation, budget=Decimal(90), actor=world.actor("fia"), at=TODAY
    )
    added = equal.cases.get(from_the_rest=True)
    assert (added.chosen, added.paid, added.cost) == (True, {}, Decimal(50))
    shown = client_of("fia").get(f"/council/sets/{equal.pk}/").content.decode()
    words = " ".join(shown.replace("\u00a0", " ").split())
    assert "The members' shares paid for 1 case" in words.replace("&#x27;", "'")
    assert "1 case was added from what all had left" in words
    assert "Left unspent:" in words
    assert "Added at the end, from what all had left" in words
    (case,) = cases_of(world, "Noe annet")
    with pytest.raises(IntegrityError, match="what_the_rest_pays"), transaction.atomic():
        ProposedCase.objects.create(
            proposal=equal, case=case, position=9, chosen=False, because="shares", value=1,
            from_the_rest=True,
        )  # fmt: skip


def test_it_puts_common_sets_together_only_from_what_is_shared(world: World) -> None:
    cases = cases_of(world, "Felles", "Egen")
    estimated(world, cases[0], 10)
    ranking = listed(world, cases, (5, 4))
    share_ranking(ranking, actor=world.actor("bo"), at=TODAY)
    assert world.federation is not None
    with pytest.raises(NotAllowed):
        propose_shared_sets(
            world.federation, budget=Decimal(100), actor=world.actor("bo"), at=TODAY
        )
    with pytest.raises(BadInput):  # only one municipality shares
        propose_shared_sets(
            world.federation, budget=Decimal(100), actor=world.actor("fia"), at=TODAY
        )
    shared_lists(world)
    _highest, equal = propose_shared_sets(
        world.federation, budget=Decimal(100), actor=world.actor("fia"), at=TODAY
    )
    assert not equal.cases.filter(case__in=cases).exists()  # not shared with the federation
    with pytest.raises(BadInput) as refused:
        propose_shared_sets(
            world.federation, budget=Decimal(100), share_by="inhabitants",
            actor=world.actor("fia"), at=TODAY,
        )  # fmt: skip
    assert "share_by" in refused.value.fields


@pytest.mark.requirement("EP-07")
def test_what_must_be_done_never_falls_out_for_what_it_needs(world: World) -> None:
    cases = cases_of(world, "Lov", "Grunnmur", "Fint")
    for case in (cases[0], cases[2]):
        estimated(world, case, 10)
    name_need(cases[0], needed=cases[1], reason="Må stå på noe.", actor=world.actor("bo"), at=TODAY)
    ranking = listed(world, cases, (1, 1, 4), must=[cases[0]])
    with pytest.raises(BadInput) as refused:
        proposed(world, ranking, 100)
    assert "Lov" in refused.value.fields["budget"]
    estimated(world, cases[1], 10)
    assert chosen(proposed(world, ranking, 100)) == {"Lov", "Grunnmur", "Fint"}


def test_a_solver_that_finds_no_proof_in_time_is_told_in_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scipy import optimize

    cases = cases_of(world, "A", "B")
    for case in cases:
        estimated(world, case, 50)
    ranking = listed(world, cases, (5, 4))
    late = optimize.OptimizeResult(status=1, x=None, message="Time limit reached.")
    monkeypatch.setattr(optimize, "milp", lambda *_args, **_more: late)
    with pytest.raises(Unavailable, match="too long to prove"):
        proposed(world, ranking, 60)


def test_a_common_set_holds_only_what_every_member_may_read(world: World) -> None:
    """What a neighbour shares within another federation is read by one of the members only."""
    cases = shared_lists(world)
    home, sundkobing = world.organisations["fjordlaget"], world.organisations["sundkobing"]
    other = found_federation(name="Sundlaget", coordinator=home, actor=HOUSE, at=BEGINNING)
    for organisation in (world.fjordvik, sundkobing):
        join_federation(
            other, organisation=organisation, from_date=BEGINNING.date(), actor=HOUSE, at=BEGINNING
        )
    (far,) = cases_of(world, "Langt borte", by="olaf", visibility="federation")
    estimated(world, far, 10, by="olaf")
    ranking = listed(world, [*cases.values(), far], (5, 5, 1, 5))
    share_ranking(ranking, actor=world.actor("bo"), at=TODAY)
    assert world.federation is not None
    for proposal in propose_shared_sets(
        world.federation, budget=Decimal(500), actor=world.actor("fia"), at=TODAY
    ):
        assert far.pk not in proposal.cases.values_list("case", flat=True)
        assert cases["Lite"].pk in proposal.cases.values_list("case", flat=True)
