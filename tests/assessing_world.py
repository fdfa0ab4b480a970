"""Plans, rounds, a ranking and a set in Fjordvik: what the permission matrix asks about them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from loype.councils.assessing.actions import (
    close_round,
    declare_interests,
    estimate_case,
    hand_in_assessment,
    make_ranking,
    name_aim,
    name_need,
    open_round,
    profile_from_pack,
    propose_set,
    score_case,
)
from loype.councils.assessing.packs import DEFAULT_PACK
from loype.councils.models import Assessment, Case, Criterion, RankedCase, Round, RoundCase, Sheet
from loype.strategy.actions import (
    ItemWords,
    PlanWords,
    add_plan_item,
    draft_period,
    weigh_items,
    write_plan,
)
from tests.cast import BEGINNING, TODAY, World


def add_assessing(world: World, things: dict[str, Any]) -> None:
    """The weights are not adopted here, so that nothing else in this world needs an aim."""
    _plans(world, things)
    _rounds(world, things)
    _results(world, things)


def _plans(world: World, things: dict[str, Any]) -> None:
    siv = world.actor("siv")
    things["plan"] = write_plan(
        world.fjordvik, words=PlanWords(title="Kommuneplanen", from_date=BEGINNING.date()),
        actor=siv, at=TODAY,
    )  # fmt: skip
    things["plan_item"] = add_plan_item(
        things["plan"], actor=siv, at=TODAY,
        words=ItemWords(
            title="Bo hjemme lenger", involvement="involved", involvement_words="I styringsgruppa."
        ),
    )  # fmt: skip
    period = draft_period(
        world.fjordvik, name="2026–2029", from_date=BEGINNING.date(), actor=siv, at=TODAY
    )
    points = {things["plan_item"].pk: 10}
    things["period"] = weigh_items(period, points=points, actor=siv, at=TODAY)
    name_aim(
        things["case"], item=things["plan_item"], fit=4, reason="Sparer turer.",
        actor=world.actor("bo"), at=TODAY,
    )  # fmt: skip
    things["case_aim"] = things["case"].aims.get()


def _rounds(world: World, things: dict[str, Any]) -> None:
    bo = world.actor("bo")
    things["profile"] = profile_from_pack(world.fjordvik, pack=DEFAULT_PACK, actor=bo, at=TODAY)
    things["federation_case"] = Case.objects.get(idea=things["federation_idea"])
    cases = [things["case"], things["federation_case"]]
    for name, method in (
        ("round", "criteria"), ("handed_round", "criteria"), ("closed_round", "criteria"),
        ("pairs_round", "pairs"),
    ):  # fmt: skip
        things[name] = open_round(
            world.fjordvik, name=name, cases=cases, profile=things["profile"], method=method,
            seed=1, actor=bo, at=TODAY,
        )  # fmt: skip
    begun = declare_interests(things["round"], interests={}, actor=world.actor("cai"), at=TODAY)
    declare_interests(things["pairs_round"], interests={}, actor=world.actor("cai"), at=TODAY)
    things["sheet"] = Sheet.objects.filter(assessment=begun).first()
    things["round_case"] = RoundCase.objects.filter(round=things["round"]).first()
    pair = RoundCase.objects.filter(round=things["pairs_round"])
    things["pair_first"], things["pair_second"] = pair
    _assess(world, things["handed_round"])
    _assess(world, things["closed_round"])


def _assess(world: World, round: Round) -> Assessment:
    """Cai gives everything a four and hands in."""
    cai = world.actor("cai")
    assessment = declare_interests(round, interests={}, actor=cai, at=TODAY)
    points = {one.pk: 4 for one in Criterion.objects.filter(profile=round.profile)}
    for sheet in assessment.sheets.all():
        score_case(sheet, points=points, actor=cai, at=TODAY)
    return hand_in_assessment(assessment, actor=cai, at=TODAY)


def _results(world: World, things: dict[str, Any]) -> None:
    bo = world.actor("bo")
    for name in ("case", "federation_case"):
        estimate_case(things[name], cost=Decimal(1000), weeks=Decimal(2), actor=bo, at=TODAY)
    things["case_need"] = name_need(
        things["case"], needed=things["federation_case"], reason="Hører sammen.", actor=bo,
        at=TODAY,
    )  # fmt: skip
    closed = close_round(things["closed_round"], actor=bo, at=TODAY)
    things["ranking"] = make_ranking(
        world.fjordvik, rounds=[closed], places=1, draws=100, seed=1, actor=bo, at=TODAY
    )
    things["ranked_case"] = RankedCase.objects.get(ranking=things["ranking"], position=2)
    things["set"] = propose_set(things["ranking"], budget=Decimal(1500), actor=bo, at=TODAY)
