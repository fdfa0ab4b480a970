"""Each member declares, assesses alone and on the same form; others open when handed in."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from loype.councils.assessing.actions import (
    close_round,
    compare_cases,
    declare_interests,
    hand_in_assessment,
    mark_must_do,
    open_round,
    score_case,
    weigh_criteria,
)
from loype.councils.assessing.actions.assessing import own_pairs
from loype.councils.assessing.ordering import member_order, pairs_to_compare
from loype.councils.models import (
    Assessment,
    Case,
    Comparison,
    Criterion,
    CriterionWeight,
    Profile,
    Round,
    RoundCase,
    Score,
    Sheet,
)
from loype.history.models import Event
from loype.ideas.models import Idea
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from tests.cast import TODAY, World
from tests.councils.assessing.setting import (
    begun,
    cases_of,
    closed,
    compares,
    gives,
    opened,
)


@pytest.fixture
def cases(world: World) -> list[Case]:
    """Three cases in the queue."""
    return cases_of(world, "Nøkler", "Vikarer", "Skjema")


@pytest.mark.requirement("NET-08")
def test_it_hides_others_until_ones_own_is_handed_in(world: World, cases: list[Case]) -> None:
    round = opened(world, cases)
    first = gives(world, round, "cai", dict.fromkeys(cases, 4))
    gives(world, round, "fia", dict.fromkeys(cases, 2), hands_in=False)
    bo, cai = world.actor("bo"), world.actor("cai")
    begun(world, round, "bo")
    for rows in (Score.objects, Sheet.objects):
        assert not rows.visible_to(bo).exclude(**_own(rows, "bo", world)).exists()
    assert list(Assessment.objects.visible_to(cai)) == [first]
    gives(world, round, "bo", dict.fromkeys(cases, 5))
    assert Score.objects.visible_to(bo).values("sheet__assessment").distinct().count() == 2
    # Fia has not handed in: nobody sees hers, not even when the round is closed.
    closed(world, round)
    assert (
        not Score.objects.visible_to(bo)
        .filter(sheet__assessment__person=world.people["fia"])
        .exists()
    )
    assert Assessment.objects.visible_to(world.actor("siv")).count() == 2
    for outsider in ("ada", "dee", "olaf", "eve"):
        assert not Assessment.objects.visible_to(world.actor(outsider)).exists()
        assert not Score.objects.visible_to(world.actor(outsider)).exists()


def _own(rows: object, name: str, world: World) -> dict[str, object]:
    path = "sheet__assessment__person" if rows is Score.objects else "assessment__person"
    return {path: world.people[name]}


@pytest.mark.requirement("NET-08")
def test_it_lets_nobody_see_more_by_preparing(world: World, cases: list[Case]) -> None:
    round = opened(world, cases)
    gives(world, round, "cai", dict.fromkeys(cases, 4))
    # Siv is the secretary and does not sit on the council.
    assert not Assessment.objects.visible_to(world.actor("siv")).exists()
    with pytest.raises(NotAllowed):
        begun(world, round, "siv")


@pytest.mark.requirement("NET-08")
def test_it_keeps_what_is_handed_in(world: World, cases: list[Case]) -> None:
    round = opened(world, cases)
    assessment = gives(world, round, "cai", dict.fromkeys(cases, 4))
    sheet = assessment.sheets.first()
    assert sheet is not None
    criterion = Criterion.objects.filter(profile=round.profile).first()
    assert criterion is not None
    with pytest.raises(WrongMoment):
        score_case(sheet, points={criterion.pk: 5}, actor=world.actor("cai"), at=TODAY)
    with pytest.raises(WrongMoment):
        hand_in_assessment(assessment, actor=world.actor("cai"), at=TODAY)
    for change in (
        lambda: Score.objects.filter(sheet=sheet).update(value=5),
        lambda: Score.objects.filter(sheet=sheet).delete(),
        lambda: Sheet.objects.filter(pk=sheet.pk).update(remark="Noe annet"),
        lambda: Assessment.objects.filter(pk=assessment.pk).update(handed_in_at=None),
        lambda: Assessment.objects.filter(pk=assessment.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.requirement("NET-08")
def test_it_takes_only_whole_assessments(world: World, cases: list[Case]) -> None:
    round = opened(world, cases)
    assessment = begun(world, round, "cai")
    with pytest.raises(BadInput) as refused:
        hand_in_assessment(assessment, actor=world.actor("cai"), at=TODAY)
    assert "15" in refused.value.fields["assessment"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(handed_in_at=TODAY)


@pytest.mark.requirement("NET-08")
def test_it_keeps_who_has_an_interest_from_assessing(world: World, cases: list[Case]) -> None:
    round = opened(world, cases)
    mine = RoundCase.objects.get(round=round, case=cases[0])
    with pytest.raises(BadInput):
        begun(world, round, "cai", {mine.pk: "  "})
    assessment = begun(world, round, "cai", {mine.pk: "Søsteren min laget forslaget."})
    sheet = Sheet.objects.get(assessment=assessment, round_case=mine)
    criterion = Criterion.objects.filter(profile=round.profile).first()
    assert criterion is not None
    with pytest.raises(WrongMoment):
        score_case(sheet, points={criterion.pk: 5}, actor=world.actor("cai"), at=TODAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Score.objects.create(sheet=sheet, criterion=criterion, value=3)
    gives(world, round, "cai", dict.fromkeys(cases, 4))  # the other two are enough
    event = Event.objects.get(verb="declare_interests")
    assert event.change["interests"] == [mine.pk]


@pytest.mark.requirement("NET-08")
def test_it_asks_everybody_the_same(world: World, cases: list[Case]) -> None:
    round = opened(world, cases)
    begun(world, round, "cai")
    other = cases_of(world, "For sent")[0]
    for change in (
        lambda: RoundCase.objects.create(round=round, case=other, position=9),
        lambda: RoundCase.objects.filter(round=round).first().delete(),  # type: ignore[union-attr]
        lambda: Round.objects.filter(pk=round.pk).update(method="pairs"),
        lambda: Round.objects.filter(pk=round.pk).update(seed=1),
        lambda: Criterion.objects.filter(profile=round.profile).update(weight=9),
        lambda: Criterion.objects.create(profile=round.profile, code="ny", name="Ny", position=9),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    stray = Criterion.objects.create(
        profile=Profile.objects.create(
            organisation=world.fjordvik, kind="own", name="En annen", from_date=TODAY.date()
        ),
        code="x", name="X", position=1,
    )  # fmt: skip
    sheet = Sheet.objects.filter(round_case__round=round).first()
    assert sheet is not None
    with pytest.raises(DatabaseError), transaction.atomic():
        Score.objects.create(sheet=sheet, criterion=stray, value=3)
    with pytest.raises(BadInput):
        score_case(sheet, points={stray.pk: 3}, actor=world.actor("cai"), at=TODAY)


@pytest.mark.requirement("NET-08")
def test_it_orders_by_rule_or_by_a_lot_that_is_told(world: World, cases: list[Case]) -> None:
    many = cases + cases_of(world, *(f"Sak {n}" for n in range(9)))
    by_lot, by_rule = opened(world, many), opened(world, many, order_rule="longest_waiting")
    orders = {}
    for name in ("bo", "cai"):
        for round in (by_lot, by_rule):
            sheets = begun(world, round, name).sheets.order_by("position")
            orders[name, round.order_rule] = [one.round_case.case_id for one in sheets]
    queue = [case.pk for case in sorted(many, key=lambda case: (case.waiting_since, case.pk))]
    assert orders["bo", "longest_waiting"] == orders["cai", "longest_waiting"] == queue
    assert orders["bo", "random"] != orders["cai", "random"]
    again = member_order(
        list(RoundCase.objects.filter(round=by_lot)), rule="random", seed=by_lot.seed,
        person_id=world.people["bo"].pk,
    )  # fmt: skip
    assert [one.case_id for one in again] == orders["bo", "random"]
    assert Event.objects.filter(verb="open_round", change__seed=by_lot.seed).exists()


def test_it_compares_pairs_that_tie_everything_together(world: World, cases: list[Case]) -> None:
    round = opened(world, cases, method="pairs")
    compares(world, round, "bo", cases)
    assert Comparison.objects.count() == 3
    assessment = begun(world, round, "cai")
    first, second = own_pairs(assessment)[0]
    with pytest.raises(BadInput):
        hand_in_assessment(assessment, actor=world.actor("cai"), at=TODAY)
    for answer in ("first", "equal"):  # the second answer takes the first one's place
        compare_cases(
            assessment, first=first, second=second, preferred=answer, actor=world.actor("cai"),
            at=TODAY,
        )  # fmt: skip
    assert assessment.comparisons.get().preferred == "equal"
    for count in (2, 6, 7, 20):
        pairs = pairs_to_compare(range(count), seed=3, person_id=1)
        assert len({frozenset(pair) for pair in pairs}) == len(pairs)
        assert len(pairs) == (count * (count - 1) // 2 if count <= 6 else 3 * count)
        reached = {0}
        while more := {b for pair in pairs for b in pair if reached & set(pair)} - reached:
            reached |= more
        assert len(reached) == count


def test_it_lets_members_say_what_counts(world: World, cases: list[Case]) -> None:
    round = opened(world, cases)
    assessment = begun(world, round, "cai")
    criteria = list(Criterion.objects.filter(profile=round.profile))
    told = {one.pk: 2 for one in criteria}
    weigh_criteria(assessment, points=told, actor=world.actor("cai"), at=TODAY)
    weigh_criteria(
        assessment, points=told | {criteria[0].pk: 9}, actor=world.actor("cai"), at=TODAY
    )
    assert CriterionWeight.objects.get(criterion=criteria[0]).points == 9
    with pytest.raises(BadInput):
        weigh_criteria(assessment, points={criteria[0].pk: 11}, actor=world.actor("cai"), at=TODAY)
    with pytest.raises(NotAllowed):
        weigh_criteria(assessment, points=told, actor=world.actor("bo"), at=TODAY)


def test_it_opens_only_for_those_who_prepare(world: World, cases: list[Case]) -> None:
    profile = opened(world, cases).profile
    for name in ("cai", "fia", "ada", "mia", "eve"):
        with pytest.raises(NotAllowed):
            open_round(
                world.fjordvik, name="Vår", cases=cases, profile=profile,
                actor=world.actor(name), at=TODAY,
            )  # fmt: skip


def test_it_refuses_a_round_that_cannot_be(world: World, cases: list[Case]) -> None:
    profile = opened(world, cases).profile
    theirs = cases_of(world, "Deres", by="dee")[0]
    wrong = {
        "cases": {"cases": cases[:1]},
        "name": {"name": " "},
        "method": {"method": "shouting"},
        "order_rule": {"order_rule": "mine first"},
        "hand_in_by": {"hand_in_by": TODAY.date().replace(year=2020)},
    }
    facts = {"name": "Vår", "cases": cases, "profile": profile}
    for name, more in (*wrong.items(), ("cases", {"cases": [*cases, theirs]})):
        with pytest.raises(BadInput) as refused:
            open_round(world.fjordvik, actor=world.actor("bo"), at=TODAY, **facts | more)  # type: ignore[arg-type]
        assert set(refused.value.fields) == {name}


def test_it_assesses_what_others_share_as_long_as_they_do(world: World, cases: list[Case]) -> None:
    theirs = cases_of(world, "Felles vikarer", by="dee", visibility="federation")[0]
    round = opened(world, [*cases, theirs])
    bo = world.actor("bo")
    assert RoundCase.objects.visible_to(bo).filter(round=round).count() == 4
    Idea.objects.filter(pk=theirs.idea_id).update(visibility="organisation")
    assert RoundCase.objects.visible_to(bo).filter(round=round).count() == 3


def test_it_closes_once_and_with_something_handed_in(world: World, cases: list[Case]) -> None:
    round = opened(world, cases)
    with pytest.raises(WrongMoment):
        close_round(round, actor=world.actor("bo"), at=TODAY)
    unfinished = begun(world, round, "fia")
    gives(world, round, "cai", dict.fromkeys(cases, 4))
    with pytest.raises(NotAllowed):
        close_round(round, actor=world.actor("cai"), at=TODAY)
    closed(world, round)
    with pytest.raises(WrongMoment):
        close_round(round, actor=world.actor("bo"), at=TODAY)
    sheet = unfinished.sheets.first()
    assert sheet is not None
    criterion = Criterion.objects.filter(profile=round.profile).first()
    assert criterion is not None
    for change in (
        lambda: Score.objects.create(sheet=sheet, criterion=criterion, value=3),
        lambda: Assessment.objects.create(
            round=round, person=world.people["bo"], declared_at=TODAY
        ),
        lambda: Round.objects.filter(pk=round.pk).update(name="Ny"),
        lambda: Round.objects.filter(pk=round.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(WrongMoment):
        declare_interests(round, interests={}, actor=world.actor("bo"), at=TODAY)


def test_it_wants_the_law_named_for_what_must_be_done(world: World, cases: list[Case]) -> None:
    round = opened(world, cases)
    one = RoundCase.objects.get(round=round, case=cases[0])
    with pytest.raises(BadInput):
        mark_must_do(one, reason=" ", actor=world.actor("bo"), at=TODAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        RoundCase.objects.filter(pk=one.pk).update(must_do=True)
    mark_must_do(one, reason="Arkivloven § 6", actor=world.actor("bo"), at=TODAY)
    assert RoundCase.objects.get(pk=one.pk).must_do
    with pytest.raises(NotAllowed):
        mark_must_do(one, reason="Arkivloven § 6", actor=world.actor("cai"), at=TODAY)


def test_it_takes_points_on_the_scale(world: World, cases: list[Case]) -> None:
    round = opened(world, cases)
    sheet = begun(world, round, "cai").sheets.first()
    criterion = Criterion.objects.filter(profile=round.profile).first()
    assert sheet is not None
    assert criterion is not None
    for value in (0, 6):
        with pytest.raises(BadInput):
            score_case(sheet, points={criterion.pk: value}, actor=world.actor("cai"), at=TODAY)
        with pytest.raises(DatabaseError), transaction.atomic():
            Score.objects.create(sheet=sheet, criterion=criterion, value=value)
    with pytest.raises(NotAllowed):
        score_case(sheet, points={criterion.pk: 3}, actor=world.actor("bo"), at=TODAY)
    assert connection.in_atomic_block
