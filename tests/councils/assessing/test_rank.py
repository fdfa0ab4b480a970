"""One ranked list: robust, by own plans, with every move by hand told."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from loype.councils.assessing.actions import (
    CriterionWords,
    make_ranking,
    mark_must_do,
    move_in_ranking,
    profile_from_plans,
    share_ranking,
    weigh_criteria,
    write_profile,
)
from loype.councils.assessing.ordering import moved
from loype.councils.assessing.reading import placed
from loype.councils.models import (
    Case,
    Criterion,
    ManualMove,
    RankedCase,
    Ranking,
    Round,
    RoundCase,
)
from loype.history.models import Event
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.strategy.models import PlanItem
from tests.cast import TODAY, World
from tests.councils.assessing.setting import (
    MEMBERS,
    assessed,
    begun,
    cases_of,
    closed,
    compares,
    gives,
    opened,
    organisation_of,
)
from tests.strategy.test_weigh_and_adopt import adopted, items_of, plan_of


def ranked(world: World, *rounds: Round, by: str = "bo", places: int = 1) -> Ranking:
    """The rounds as one list."""
    return make_ranking(
        organisation_of(world, by), rounds=rounds, places=places, actor=world.actor(by), at=TODAY,
        draws=2_000, seed=11,
    )  # fmt: skip


def titles(ranking: Ranking) -> list[str]:
    """The list as it stands, from the top."""
    order = placed(ranking.ranked.all(), list(ranking.moves.all()))
    return [one.ranked.round_case.case.idea.title for one in order]


def line(ranking: Ranking, title: str) -> RankedCase:
    """One case of the list."""
    return RankedCase.objects.get(ranking=ranking, round_case__case__idea__title=title)


@pytest.mark.requirement("ROR-22")
def test_it_ranks_by_what_members_gave(world: World) -> None:
    ranking = ranked(world, assessed(world, "Nøkler", "Vikarer", "Skjema", points=(2, 5, 4)))
    assert titles(ranking) == ["Vikarer", "Skjema", "Nøkler"]
    best, worst = line(ranking, "Vikarer"), line(ranking, "Nøkler")
    assert (best.kept, worst.kept) == (1.0, 0.0)  # they all agree, so nothing moves
    assert (best.points, best.priority) == (Decimal(25), "must")
    assert (line(ranking, "Skjema").priority, worst.priority) == ("should", "could")
    assert (best.members, best.disagreement, best.best_rank, best.worst_rank) == (3, 0.0, 1, 1)


def test_it_says_how_sure_a_place_is(world: World) -> None:
    cases = cases_of(world, "Nøkler", "Vikarer", "Skjema")
    round = opened(world, cases)
    views = {"bo": (5, 4, 1), "cai": (2, 4, 1), "fia": (3, 4, 1)}
    for name, points in views.items():
        gives(world, round, name, dict(zip(cases, points, strict=True)))
    round = closed(world, round)
    ranking = ranked(world, round)
    assert titles(ranking) == ["Vikarer", "Nøkler", "Skjema"]
    first, second = line(ranking, "Vikarer"), line(ranking, "Nøkler")
    assert first.kept is not None
    assert second.kept is not None
    # Only as Bo sees it do the keys come first: one of three draws.
    assert first.kept == pytest.approx(2 / 3, abs=0.05)
    assert first.kept + second.kept == pytest.approx(1)
    assert first.worst_rank == 2
    assert second.disagreement is not None
    assert second.disagreement > 1
    again = ranked(world, round)
    assert line(again, "Vikarer").kept == first.kept  # the same seed, the same answer


def test_it_lets_weights_vary_as_members_disagree(world: World) -> None:
    cases = cases_of(world, "Nøkler", "Vikarer")
    round = opened(world, cases)
    criteria = list(Criterion.objects.filter(profile=round.profile))
    for number, name in enumerate(MEMBERS):
        assessment = gives(
            world, round, name, {cases[0]: (5, 1, 1, 1, 1), cases[1]: (1, 3, 3, 3, 3)},
            hands_in=False,
        )  # fmt: skip
        points = {one.pk: 1 for one in criteria} | {criteria[0].pk: (0, 2, 10)[number]}
        weigh_criteria(assessment, points=points, actor=world.actor(name), at=TODAY)
        gives(world, round, name, {cases[0]: (5, 1, 1, 1, 1), cases[1]: (1, 3, 3, 3, 3)})
    ranking = ranked(world, closed(world, round))
    assert ranking.concentration is not None
    kept = line(ranking, "Nøkler").kept
    assert kept is not None
    assert 0.05 < kept < 0.95  # everybody gave the same points; only the weights are unsure


@pytest.mark.requirement("ROR-12")
def test_it_ranks_the_same_input_by_each_ones_own_plans(world: World) -> None:
    cases = cases_of(world, "Tryggere hjem", "Færre skjema", visibility="federation")
    lists = {}
    for name, weights in (("siv", (90, 10)), ("mia", (10, 90))):
        home, forms = items_of(world, plan_of(world, by=name), "Bo hjemme", "Enklere", by=name)
        period = adopted(world, {home: weights[0], forms: weights[1]}, by=name)
        profile = profile_from_plans(period, actor=world.actor(name), at=TODAY)
        round = opened(world, cases, by=name, profile=profile)
        serves = {home.pk: (5, 1), forms.pk: (1, 5)}
        asked = [one.plan_item_id for one in Criterion.objects.filter(profile=profile)]
        said = {
            case: [serves[item][place] for item in asked]  # type: ignore[index]
            for place, case in enumerate(cases)
        }
        gives(world, round, "bo" if name == "siv" else name, said)
        lists[name] = titles(ranked(world, closed(world, round, by=name), by=name))
    assert lists["siv"] == ["Tryggere hjem", "Færre skjema"]
    assert lists["mia"] == ["Færre skjema", "Tryggere hjem"]


@pytest.mark.parametrize("weight", ["100000", "1" + "0" * 40, "0,0001", "-1"])
def test_a_weight_that_cannot_be_kept_is_refused_in_words(
    world: World, client_of: Callable[[str], Client], weight: str
) -> None:
    answer = client_of("bo").post(
        reverse("profile_write"),
        {"organisation": world.fjordvik.pk, "name": "Vår", "criteria": f"Mot\nNytte: {weight}"},
    )
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "weighs" in told or "must be a number" in told


@pytest.mark.requirement("ROR-12")
def test_it_scores_against_ones_own_aims_only(world: World) -> None:
    theirs = items_of(world, plan_of(world, by="mia"), "Havet", by="mia")[0]
    with pytest.raises(BadInput):
        write_profile(
            world.fjordvik, name="Vår", actor=world.actor("bo"), at=TODAY,
            criteria=[CriterionWords(name="Havet", item=theirs)],
        )  # fmt: skip
    own = write_profile(
        world.fjordvik, name="Vår", actor=world.actor("bo"), at=TODAY,
        criteria=[CriterionWords(name="Nytte", weight=Decimal(3)), CriterionWords(name="Mot")],
    )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        Criterion.objects.filter(profile=own).update(plan_item=PlanItem.objects.get(pk=theirs.pk))
    mine = cases_of(world, "Hos oss", "Hos oss òg", visibility="federation")
    with pytest.raises(BadInput):
        opened(world, mine, by="mia", profile=own)
    with pytest.raises(DatabaseError), transaction.atomic():
        Round.objects.create(
            organisation=organisation_of(world, "mia"), profile=own, name="X", method="criteria",
            order_rule="random", seed=1, opened_at=TODAY, opened_by=world.people["mia"],
        )  # fmt: skip


def test_it_keeps_what_must_be_done_outside(world: World) -> None:
    cases = cases_of(world, "Nøkler", "Vikarer", "Arkiv")
    round = opened(world, cases)
    archive = RoundCase.objects.get(round=round, case=cases[2])
    mark_must_do(archive, reason="Arkivloven § 6", actor=world.actor("bo"), at=TODAY)
    for name in MEMBERS:
        gives(world, round, name, {cases[0]: 5, cases[1]: 3, cases[2]: 1})
    ranking = ranked(world, closed(world, round))
    assert titles(ranking) == ["Nøkler", "Vikarer"]
    assert line(ranking, "Arkiv").standing == "must_do"
    with pytest.raises(WrongMoment):
        move_in_ranking(
            line(ranking, "Arkiv"), to_place=1, reason="Fordi", actor=world.actor("bo"), at=TODAY
        )


def test_it_names_what_nobody_could_assess(world: World) -> None:
    cases = cases_of(world, "Nøkler", "Vikarer", "Min egen")
    round = opened(world, cases)
    own = RoundCase.objects.get(round=round, case=cases[2])
    begun(world, round, "bo", {own.pk: "Jeg skrev den."})
    gives(world, round, "bo", {cases[0]: 5, cases[1]: 3})
    ranking = ranked(world, closed(world, round))
    assert titles(ranking) == ["Nøkler", "Vikarer"]
    assert line(ranking, "Min egen").standing == "not_assessed"


@pytest.mark.requirement("ROR-22")
def test_it_tells_who_moved_what_when_and_why(world: World) -> None:
    ranking = ranked(
        world, assessed(world, "Nøkler", "Vikarer", "Skjema", "Benker", points=(5, 4, 3, 2))
    )
    bo = world.actor("bo")
    move = move_in_ranking(
        line(ranking, "Skjema"), to_place=1, reason="Tilskuddet går ut i mars.", actor=bo, at=TODAY
    )
    assert (move.from_place, move.to_place, move.moved_by, move.moved_at) == (
        3, 1, world.people["bo"], TODAY,
    )  # fmt: skip
    move_in_ranking(line(ranking, "Nøkler"), to_place=4, reason="Venter.", actor=bo, at=TODAY)
    assert titles(ranking) == ["Skjema", "Vikarer", "Benker", "Nøkler"]
    event = Event.objects.filter(verb="move_in_ranking").earliest("pk")
    assert (event.person_id, event.reason) == (bo.person_id, "Tilskuddet går ut i mars.")
    assert event.change["place"] == [3, 1]
    for change in (
        lambda: ManualMove.objects.filter(pk=move.pk).update(reason="Noe annet"),
        lambda: ManualMove.objects.filter(pk=move.pk).delete(),
        lambda: RankedCase.objects.filter(ranking=ranking).update(position=1),
        lambda: Ranking.objects.filter(pk=ranking.pk).update(seed=1),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.requirement("ROR-22")
@pytest.mark.parametrize(("place", "reason", "field"), [
    (1, "", "reason"), (2, "Samme sted", "to_place"), (0, "Opp", "to_place"),
    (3, "Ut av lista", "to_place"),
])  # fmt: skip
def test_it_refuses_a_move_without_reason_or_place(
    world: World, place: int, reason: str, field: str
) -> None:
    ranking = ranked(world, assessed(world, "Nøkler", "Vikarer", points=(5, 4)))
    with pytest.raises(BadInput) as refused:
        move_in_ranking(
            line(ranking, "Vikarer"), to_place=place, reason=reason, actor=world.actor("bo"),
            at=TODAY,
        )  # fmt: skip
    assert set(refused.value.fields) == {field}


@pytest.mark.requirement("ROR-22")
def test_the_database_takes_no_move_without_reason_or_place(world: World) -> None:
    ranking = ranked(world, assessed(world, "Nøkler", "Vikarer", points=(5, 4)))
    facts = {
        "ranking": ranking, "ranked": line(ranking, "Vikarer"), "from_place": 2, "to_place": 1,
        "reason": "Haster", "moved_at": TODAY, "moved_by": world.people["bo"],
    }  # fmt: skip
    for wrong, name in (({"reason": ""}, "gives_reason"), ({"to_place": 2}, "goes_somewhere")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            ManualMove.objects.create(**facts | wrong)
    ManualMove.objects.create(**facts)


def test_it_lets_only_the_decider_move(world: World) -> None:
    ranking = ranked(world, assessed(world, "Nøkler", "Vikarer", points=(5, 4)))
    for name in ("siv", "cai", "fia", "ada", "mia"):
        with pytest.raises(NotAllowed):
            move_in_ranking(
                line(ranking, "Vikarer"), to_place=1, reason="Fordi", actor=world.actor(name),
                at=TODAY,
            )  # fmt: skip
        with pytest.raises(NotAllowed):
            share_ranking(ranking, actor=world.actor(name), at=TODAY)
    newer = ranked(world, *ranking.rounds.all())
    with pytest.raises(WrongMoment):
        move_in_ranking(
            line(ranking, "Vikarer"), to_place=1, reason="Fordi", actor=world.actor("bo"), at=TODAY
        )
    assert titles(newer)[0] == "Nøkler"


@pytest.mark.requirement("ROR-22")
def test_it_makes_one_list_of_several_rounds(world: World) -> None:
    health = assessed(world, "Nøkler", "Vikarer", points=(2, 5))
    schools = assessed(world, "Skjema", "Benker", points=(4, 3))
    assert titles(ranked(world, health, schools)) == ["Vikarer", "Skjema", "Benker", "Nøkler"]
    still_open = opened(world, cases_of(world, "Senere", "Enda senere"))
    other_form = opened(world, cases_of(world, "Par", "To par"), method="pairs")
    compares(world, other_form, "bo", [one.case for one in other_form.round_cases.all()])
    for rounds in ([still_open], [], [health, closed(world, other_form)]):
        with pytest.raises(BadInput):
            ranked(world, *rounds)


def test_it_ranks_by_pairs(world: World) -> None:
    cases: list[Case] = cases_of(world, "Nøkler", "Vikarer", "Skjema")
    round = opened(world, cases, method="pairs")
    compares(world, round, "bo", cases)
    compares(world, round, "cai", cases)
    compares(world, round, "fia", [cases[1], cases[0], cases[2]])
    ranking = ranked(world, closed(world, round))
    assert titles(ranking) == ["Nøkler", "Vikarer", "Skjema"]
    kept = [line(ranking, title).kept for title in titles(ranking)]
    assert all(one is not None for one in kept)
    assert kept[0] > kept[1] > kept[2] - 0.01  # type: ignore[operator]
    assert 0.5 < kept[0] < 1  # type: ignore[operator]


def test_it_shares_a_list_as_far_as_the_ideas_are_shared(world: World) -> None:
    cases = cases_of(world, "Delt", "Enda en delt", visibility="federation")
    cases += cases_of(world, "Hemmelig")
    round = opened(world, cases)
    gives(world, round, "bo", dict.fromkeys(cases, 3))
    ranking = ranked(world, closed(world, round))
    mia, dee, olaf = (world.actor(name) for name in ("mia", "dee", "olaf"))
    assert not Ranking.objects.visible_to(mia).exists()
    share_ranking(ranking, actor=world.actor("bo"), at=TODAY)
    assert Ranking.objects.visible_to(mia).exists()
    assert RankedCase.objects.visible_to(mia).count() == 2
    assert RankedCase.objects.visible_to(world.actor("bo")).count() == 3
    for nobody in (dee, olaf, world.actor("ada")):
        assert not Ranking.objects.visible_to(nobody).exists()
        assert not RankedCase.objects.visible_to(nobody).exists()


def test_it_moves_one_after_the_other() -> None:
    assert moved("abcd", [("d", 1), ("a", 3)]) == ["d", "b", "a", "c"]
    assert moved("ab", []) == ["a", "b"]
