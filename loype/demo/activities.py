"""Activities, evaluations, solutions and reuse, as the content tells."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from loype.demo.reading import Row
from loype.demo.stage import Stage
from loype.evaluation.actions import add_indicator, conclude_evaluation, measure, plan_evaluation
from loype.evaluation.models import Evaluation
from loype.portfolio.actions import (
    add_milestone,
    add_participant,
    describe_activity,
    finish_activity,
    move_to_phase,
    pause_activity,
    reach_milestone,
    report_status,
    stop_activity,
)
from loype.portfolio.models import Activity
from loype.portfolio.states import PHASES
from loype.spread.actions import (
    confirm_in_use,
    draft_solution,
    move_adoption,
    publish_solution,
    stop_adoption,
    take_up,
)
from loype.spread.models import Adoption, Solution
from loype.trail.handovers import start_running

DONE = {
    "nb": "Gjort, og en fast del av arbeidet nå.",
    "nn": "Gjort, og ein fast del av arbeidet no.",
    "da": "Gjort, og nu en fast del af arbejdet.",
    "en": "Done, and part of the daily work now.",
}
ON_THE_WAY = {
    "considering": (),
    "testing": ("testing",),
    "adapting": ("testing", "adapting"),
    "in_use": ("testing", "adapting", "in_use"),
    "stopped": ("testing", "stopped"),
}


def plan_activity(stage: Stage, row: Row) -> None:
    """An activity from its opening to its end."""
    idea = next(one for one in stage.tables["idea"] if one["key"] == row["idea"])
    day, decided = idea["day"], idea["decision"]["after_days"]

    def at_day(after: int, hour: int) -> datetime:
        return stage.moment(day - after, hour=hour)

    stage.plan(at_day(decided, 16), lambda at: _describe(stage, row, day, at))
    if "start_after_days" in row:
        stage.plan(at_day(row["start_after_days"], 17), lambda at: _start(stage, row, at))
    for milestone in row["milestones"]:
        if milestone["reached"]:
            stage.plan(
                at_day(milestone["reached_after_days"], 18),
                partial(_reach, stage, row, milestone["title"]),
            )
    for report in row.get("reports", ()):
        stage.plan(
            at_day(report["after_days"], 19),
            partial(_report, stage, row, report),
        )
    if "paused_after_days" in row:
        stage.plan(at_day(row["paused_after_days"], 20), lambda at: _pause(stage, row, at))
    if "ended_after_days" in row:
        stage.plan(at_day(row["ended_after_days"], 20), lambda at: _end(stage, row, at))


def _describe(stage: Stage, row: Row, day: int, at: datetime) -> None:
    owner = stage.actor(row["owner"], at)
    due = [stage.moment(day - one["due_after_days"]).date() for one in row["milestones"]]
    activity = describe_activity(
        stage.activities[row["idea"]],
        title=row["title"],
        summary=row["summary"],
        due_date=max(due, default=None),
        actor=owner,
        at=at,
    )
    for milestone, due_date in zip(row["milestones"], due, strict=True):
        add_milestone(activity, title=milestone["title"], due_date=due_date, actor=owner, at=at)
    for participant in row.get("participants", ()):
        add_participant(
            activity,
            organisation=stage.organisations[participant["organisation"]],
            role=participant["role"],
            actor=owner,
            at=at,
        )
    stage.activities[row["idea"]] = activity


def _start(stage: Stage, row: Row, at: datetime) -> None:
    activity = Activity.objects.select_related("current_decision").get(
        pk=stage.activities[row["idea"]].pk
    )
    start_running(activity, actor=stage.actor(row["owner"], at), at=at)


def _reach(stage: Stage, row: Row, title: str, at: datetime) -> None:
    activity = Activity.objects.get(pk=stage.activities[row["idea"]].pk)
    owner = stage.actor(row["owner"], at)
    milestones = list(activity.milestones.all())
    milestone = next(one for one in milestones if one.title == title)
    reach_milestone(milestone, reached_date=at.date(), actor=owner, at=at)
    phases = PHASES[activity.form]
    reached = sum(1 for one in milestones if one.reached_date)
    phase = phases[min(len(phases) - 1, reached * len(phases) // (len(milestones) + 1))]
    if phases.index(phase) > phases.index(activity.phase) and activity.state == "running":
        move_to_phase(activity, phase=phase, actor=owner, at=at)


def _report(stage: Stage, row: Row, report: Row, at: datetime) -> None:
    report_status(
        stage.activities[row["idea"]],
        light=report["light"],
        text=report["text"],
        next_step=report["next_step"],
        actor=stage.actor(row["owner"], at),
        at=at,
    )


def _pause(stage: Stage, row: Row, at: datetime) -> None:
    pause_activity(
        stage.activities[row["idea"]],
        reason=row["reports"][-1]["text"],
        actor=stage.actor(row["owner"], at),
        at=at,
    )


def _end(stage: Stage, row: Row, at: datetime) -> None:
    owner = stage.actor(row["owner"], at)
    activity = stage.activities[row["idea"]]
    if row["state"] == "stopped":
        stop_activity(activity, reason=row["stop_reason"], actor=owner, at=at)
        return
    last = PHASES[activity.form][-1]
    move_to_phase(activity, phase=last, actor=owner, at=at)
    result = row["reports"][-1]["text"] if row.get("reports") else row["summary"]
    finish_activity(activity, result=result, actor=owner, at=at)


def plan_line_task(stage: Stage, idea: Row) -> None:
    """A line task is simply done by whoever is responsible."""
    days_ago = idea["day"] - idea["decision"]["after_days"]
    owner = idea.get("responsible") or idea["giver"]
    done = DONE.get(idea["language"], DONE["en"])
    stage.plan(
        stage.moment(days_ago - 4, hour=17),
        lambda at: start_running(
            stage.activities[idea["key"]], actor=stage.actor(owner, at), at=at
        ),
    )
    stage.plan(
        stage.moment(days_ago - idea["decision"].get("deadline_days", 60) + 5, hour=17),
        lambda at: finish_activity(
            Activity.objects.get(pk=stage.activities[idea["key"]].pk),
            result=done,
            actor=stage.actor(owner, at),
            at=at,
        ),
    )


def plan_evaluation_of(stage: Stage, row: Row) -> None:
    """An evaluation from its plan to its verdict."""
    idea = next(one for one in stage.tables["idea"] if one["key"] == row["activity"])
    activity = next(one for one in stage.tables["activity"] if one["idea"] == row["activity"])
    day, owner = idea["day"], activity["owner"]
    made: dict[str, Evaluation] = {}

    def begin(at: datetime) -> None:
        actor = stage.actor(owner, at)
        made["one"] = plan_evaluation(
            stage.activities[row["activity"]], question=row["question"], depth=row["depth"],
            values=row["values"], actor=actor, at=at,
        )  # fmt: skip
        for indicator in row["indicators"]:
            facts = {key: indicator[key] for key in ("value", "name", "unit", "better")}
            add_indicator(
                made["one"], baseline=Decimal(str(indicator["baseline"])),
                target=Decimal(str(indicator["target"])), actor=actor, at=at, **facts,
            )  # fmt: skip

    def record_value(name: str, measurement: Row, at: datetime) -> None:
        measure(
            made["one"].indicators.get(name=name), value=Decimal(str(measurement["value"])),
            measured_date=at.date(), note=measurement.get("note", ""),
            actor=stage.actor(owner, at), at=at,
        )  # fmt: skip

    stage.plan(stage.moment(day - row["planned_after_days"], hour=21), begin)
    for indicator in row["indicators"]:
        for one in indicator["measurements"]:
            stage.plan(
                stage.moment(day - one["after_days"], hour=21, minute=10),
                partial(record_value, indicator["name"], one),
            )
    if "verdict" in row:
        stage.plan(
            stage.moment(day - row["verdict_after_days"], hour=21, minute=30),
            lambda at: conclude_evaluation(
                made["one"], verdict=row["verdict"], conclusion=row["conclusion"],
                unexpected_findings=row["unexpected_findings"],
                actor=stage.actor(owner, at), at=at,
            ),
        )  # fmt: skip


def plan_solution(stage: Stage, row: Row) -> None:
    """A solution and everybody who takes it up."""
    idea = next(one for one in stage.tables["idea"] if one["key"] == row["idea"])
    activity = next(one for one in stage.tables["activity"] if one["idea"] == row["idea"])
    day = idea["day"]

    def publish(at: datetime) -> None:
        owner = stage.actor(activity["owner"], at)
        facts = {
            key: "\n".join(value) if isinstance(value, list) else value
            for key, value in row.items()
            if key
            in (
                "title", "summary", "for_whom", "core_parts", "adaptable_parts", "cost",
                "conditions", "contact_role", "language", "visibility", "cost_amount",
            )
        }  # fmt: skip
        if "currency" in row:
            facts["cost_currency"] = row["currency"]
        solution = draft_solution(stage.activities[row["idea"]], actor=owner, at=at, **facts)
        solution = publish_solution(solution, actor=owner, at=at)
        for adoption in row["adoptions"]:
            _plan_adoption(stage, solution, adoption, day=day)

    stage.plan(stage.moment(day - row["published_after_days"], hour=22), publish)


def _plan_adoption(stage: Stage, solution: Solution, row: Row, *, day: int) -> None:
    begins = stage.moment(day - row["after_days"], hour=22, minute=30)
    ends = stage.moment(day - row["state_after_days"], hour=22, minute=40)
    way = ON_THE_WAY[row["state"]]
    made: dict[str, Adoption] = {}

    def begin(at: datetime) -> None:
        actor = stage.actor(row["contact"], at)
        made["one"] = take_up(solution, actor=actor, at=at)

    def move(state: str, at: datetime) -> None:
        _move(stage, made["one"], state, row, at)

    stage.plan(begins, begin)
    for number, state in enumerate(way, start=1):
        moment = begins + (ends - begins) * number / len(way)
        stage.plan(max(moment, begins + timedelta(minutes=number)), partial(move, state))


def _move(stage: Stage, adoption: Adoption, state: str, row: Row, at: datetime) -> None:
    actor = stage.actor(row["contact"], at)
    notes = row.get("adaptation_notes", "")
    if state == "in_use":
        value = notes or row.get("value_seen") or "✓"
        confirm_in_use(adoption, value_seen=value, actor=actor, at=at)
    elif state == "stopped":
        stop_adoption(adoption, reason=row["stop_reason"], actor=actor, at=at)
    else:
        move_adoption(
            adoption,
            state=state,
            adaptation_notes=notes,
            actor=actor,
            at=at,
        )
