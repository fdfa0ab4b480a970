"""Plans, what their aims weigh, what cases serve and take, rounds, lists and proposed sets."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from loype.councils.assessing.actions import (
    close_round,
    declare_interests,
    estimate_case,
    hand_in_assessment,
    make_ranking,
    move_in_ranking,
    name_aim,
    open_round,
    profile_from_pack,
    profile_from_plans,
    propose_set,
    propose_shared_sets,
    score_case,
    share_ranking,
)
from loype.councils.assessing.packs import DEFAULT_PACK
from loype.councils.models import Case, Criterion, Profile, RankedCase, Ranking, Round
from loype.demo.reading import Row
from loype.demo.stage import Stage
from loype.strategy.actions import (
    ItemWords,
    PlanWords,
    add_plan_item,
    adopt_period,
    draft_period,
    weigh_items,
    write_plan,
)
from loype.strategy.models import Period, PlanItem

ADOPTED_DAYS_AGO = 385
COSTS = (60_000, 90_000, 140_000, 220_000, 310_000, 450_000, 640_000)
WEEKS = (2, 3, 5, 6, 8, 12, 16)
DRAWS = 10_000


def plan_assessing(stage: Stage) -> None:
    """A year of aims, an autumn of rounds, and a common proposal."""
    chosen = {row["organisation"]: row for row in stage.tables["strategy"]}
    for key, row in chosen.items():
        stage.plan(stage.moment(ADOPTED_DAYS_AGO, hour=7), partial(_adopt, stage, row))
        for idea in stage.tables["idea"]:
            if idea["organisation"] == key:
                stage.plan(
                    stage.moment(idea["day"], hour=7, minute=50), partial(_weigh, stage, row, idea)
                )
    for number, row in enumerate(stage.tables["assessing"]):
        begin = stage.moment(row["opened_days_ago"], hour=8)
        stage.plan(begin, partial(_open, stage, row, number))
    for row in stage.tables["common"]:
        stage.plan(stage.moment(row["days_ago"], hour=9), partial(_common, stage, row))


def _adopt(stage: Stage, row: Row, at: datetime) -> None:
    """The municipal council has adopted a plan; its decider writes it down and weighs its aims."""
    organisation = stage.organisations[row["organisation"]]
    decider = stage.actor(stage.holder_of("decider", row["organisation"]), at)
    words = PlanWords(
        title=row["plan"], kind="master_plan", from_date=at.date(), visibility="public",
        decision_reference=row["reference"],
    )  # fmt: skip
    plan = write_plan(organisation, words=words, actor=decider, at=at)
    points = {}
    for aim in row["aim"]:
        said = {key: aim[key] for key in ("title", "number", "involvement", "involvement_words")}
        item = add_plan_item(plan, words=ItemWords(**said), actor=decider, at=at)
        points[item.pk] = aim["points"]
    period = draft_period(
        organisation, name=row["period"], from_date=at.date(), actor=decider, at=at
    )
    weigh_items(period, points=points, actor=decider, at=at)
    adopt_period(period, decision_reference=row["reference"], actor=decider, at=at)


def _aim_of(row: Row, idea: Row) -> Row:
    """The aim that an idea's unit works for; the last where none does."""
    found = (aim for aim in row["aim"] if idea["unit"] in aim["units"])
    aim: Row = next(found, row["aim"][-1])
    return aim


def _weigh(stage: Stage, row: Row, idea: Row, at: datetime) -> None:
    """The secretary says which aim a new idea serves, and what it takes."""
    case = Case.objects.filter(idea=stage.ideas[idea["key"]]).first()
    if case is None or case.state == "closed":
        return
    secretary = stage.actor(stage.secretary_of(row["organisation"]), at)
    aim, lot = _aim_of(row, idea), Random(idea["key"])  # noqa: S311
    item = PlanItem.objects.get(organisation=case.organisation, title=aim["title"])
    fit = lot.choice((3, 4, 4, 5))
    name_aim(case, item=item, fit=fit, reason=aim["reason"], actor=secretary, at=at)
    size = lot.randrange(len(COSTS))
    estimate_case(
        case, cost=Decimal(COSTS[size]), weeks=Decimal(WEEKS[size]),
        yearly_value=Decimal(lot.randrange(2, 40) * 10_000), actor=secretary, at=at,
    )  # fmt: skip


def _profile(stage: Stage, row: Row, at: datetime) -> Profile:
    organisation = stage.organisations[row["organisation"]]
    leader = stage.actor(stage.decider_of(row["organisation"]), at)
    if row["criteria"] == "pack":
        return profile_from_pack(organisation, pack=DEFAULT_PACK, actor=leader, at=at)
    period = Period.objects.adopted_on(at.date()).get(organisation=organisation)
    return profile_from_plans(period, actor=leader, at=at)


def _open(stage: Stage, row: Row, number: int, at: datetime) -> None:
    """A round begins; members assess over the next days, and then it is closed."""
    leader = stage.actor(stage.decider_of(row["organisation"]), at)
    ideas = [stage.ideas[key] for key in row["ideas"]]
    cases = Case.objects.filter(idea__in=ideas).exclude(state="closed").select_related("idea")
    ahead = row.get("hand_in_days_ahead")
    round = open_round(
        stage.organisations[row["organisation"]],
        name=row["name"],
        cases=list(cases),
        profile=_profile(stage, row, at),
        hand_in_by=(stage.now + timedelta(days=ahead)).date() if ahead else None,
        seed=1000 + number,
        actor=leader,
        at=at,
    )
    seats = [one for one in stage.tables["seat"] if one["organisation"] == row["organisation"]]
    for place, seat in enumerate(seats):
        if seat["person"] not in row.get("away", ()):
            moment = at + timedelta(days=1 + place % 2, minutes=17 * place)
            stage.plan(moment, partial(_assess, stage, row, round, seat["person"]))
    if "closed_days_ago" in row:
        moment = stage.moment(row["closed_days_ago"], hour=13)
        stage.plan(moment, partial(_close, stage, row, round))


def _assess(stage: Stage, row: Row, round: Round, person: str, at: datetime) -> None:
    """One member declares, gives points and hands in."""
    member = stage.actor(person, at)
    declared = row.get("declares", {}).get(person)
    interests = {}
    if declared:
        case = round.round_cases.get(case__idea=stage.ideas[declared["idea"]])
        interests[case.pk] = declared["words"]
    assessment = declare_interests(round, interests=interests, actor=member, at=at)
    criteria = list(Criterion.objects.filter(profile=round.profile).select_related("plan_item"))
    for sheet in assessment.sheets.filter(has_interest=False).select_related(
        "round_case__case__estimate"
    ):
        points = {one.pk: _points(sheet.round_case.case, one, person) for one in criteria}
        score_case(sheet, points=points, actor=member, at=at)
    hand_in_assessment(assessment, actor=member, at=at)


def _points(case: Case, criterion: Criterion, person: str) -> int:
    """What a member thinks: much where the case serves the aim, a little more or less by person."""
    own = Random(f"{case.pk}-{criterion.pk}")  # noqa: S311
    if criterion.plan_item is None:
        middle = own.uniform(1.8, 4.6)
    else:
        aim = case.aims.select_related("item").first()
        same_unit = aim is not None and aim.item_id == criterion.plan_item_id
        middle = own.uniform(3.8, 5.0) if same_unit else own.uniform(1.2, 3.4)
    taste = Random(f"{person}-{case.pk}-{criterion.pk}").gauss(0, 0.7)  # noqa: S311
    return max(1, min(5, round(middle + taste)))


def _close(stage: Stage, row: Row, round: Round, at: datetime) -> None:
    """The round ends; the list is made, once moved by hand, shared, and tried against the means."""
    leader = stage.actor(stage.decider_of(row["organisation"]), at)
    closed = close_round(round, actor=leader, at=at)
    ranking = make_ranking(
        stage.organisations[row["organisation"]], rounds=[closed], places=row["places"],
        draws=DRAWS, seed=round.seed, actor=leader, at=at,
    )  # fmt: skip
    if "move" in row:
        _move(stage, row["move"], ranking, at=at + timedelta(hours=1), leader=row["organisation"])
    share_ranking(ranking, actor=leader, at=at)
    propose_set(
        ranking, budget=Decimal(row["budget"]), actor=leader, at=at + timedelta(hours=2),
        weeks=Decimal(row["weeks"]) if "weeks" in row else None,
    )  # fmt: skip


def _move(stage: Stage, move: Row, ranking: Ranking, *, leader: str, at: datetime) -> None:
    ranked = RankedCase.objects.get(
        ranking=ranking, round_case__case__idea=stage.ideas[move["idea"]]
    )
    if ranked.position != move["to"]:
        move_in_ranking(
            ranked, to_place=move["to"], reason=move["reason"],
            actor=stage.actor(stage.decider_of(leader), at), at=at,
        )  # fmt: skip


def _common(stage: Stage, row: Row, at: datetime) -> None:
    """The coordinator puts common sets together from the lists that are shared."""
    coordinator = next(one for one in stage.tables["person"] if one.get("cast") == "fia")
    propose_shared_sets(
        stage.federations[row["federation"]], budget=Decimal(row["budget"]),
        actor=stage.actor(coordinator["key"], at), at=at,
    )  # fmt: skip
