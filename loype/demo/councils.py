"""A year of council meetings and decisions, and what other councils answered."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from loype.bodies.actions import call_meeting, plan_meeting
from loype.councils.actions import (
    DecisionWords,
    answer_joint_invitation,
    approve_minutes,
    put_on_agenda,
)
from loype.councils.models import Case, Decision, JointInvitation, NeedElsewhere
from loype.councils.states import JOINT_COURSES
from loype.demo.meetings import (
    open_meeting,
    prepare_paper,
    put_to_the_members,
    talk_of_the_year,
)
from loype.demo.reading import Row
from loype.demo.stage import Stage
from loype.ideas.actions import ReuseWords
from loype.search.needs.actions import link_ideas
from loype.search.needs.labels import Relation
from loype.trail.handovers import council_to_portfolio, end_meeting

PLACES = {"nb": "Formannskapssalen", "nn": "Formannskapssalen", "da": "Byrådssalen"}
MINUTES = {
    "nb": "Rådet gikk gjennom saklista. Hver avgjørelse står med begrunnelse i saken.",
    "nn": "Rådet gjekk gjennom saklista. Kvar avgjerd står med grunngjeving i saka.",
    "da": "Rådet gennemgik dagsordenen. Hver beslutning står med begrundelse i sagen.",
}
ANSWERS = {
    "nb": {
        "yes": "Vi har det samme behovet og vil være med.",
        "later": "Vi vil gjerne, men må ha budsjettet på plass først.",
        "no": "Vi har nylig kjøpt noe annet som dekker dette.",
    },
    "nn": {
        "yes": "Vi har det same behovet og vil vere med.",
        "later": "Vi vil gjerne, men må ha budsjettet på plass først.",
        "no": "Vi har nyleg kjøpt noko anna som dekkjer dette.",
    },
}
# The rules of procedure ask for a week's notice.
NOTICE_DAYS = 7
# The papers are to be out five days before; what was handed in later comes late.
AGENDA_DAYS = 6
PATTERN = ("yes", "yes", "later", "no")


def plan_decisions(stage: Stage) -> None:
    """Meetings where there is a council, the decider's desk where there is none."""
    by_meeting: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in stage.tables["idea"]:
        if "decision" not in row:
            continue
        days_ago = row["day"] - row["decision"]["after_days"]
        if row["organisation"] in stage.councils:
            by_meeting[row["organisation"], days_ago].append(row)
        else:
            stage.plan(
                stage.moment(days_ago, hour=13),
                partial(_decide, stage, row, None),
            )
    for (organisation, days_ago), rows in by_meeting.items():
        _plan_meeting(stage, organisation, days_ago, rows)
    for council in stage.tables["council"]:
        _plan_next_meeting(stage, council)


def _plan_meeting(stage: Stage, organisation: str, days_ago: int, rows: list[Row]) -> None:
    key = (organisation, days_ago)
    stage.plan(stage.moment(days_ago + 14, hour=8), lambda at: _call(stage, key, at))
    rows = sorted(rows, key=lambda row: row["decision"]["outcome"] != "merge")
    for number, row in enumerate(rows):
        agenda_day = min(row["day"], days_ago + AGENDA_DAYS)
        stage.plan(
            stage.moment(agenda_day, hour=15, minute=number),
            partial(_lay, stage, row, key),
        )
        stage.plan(
            stage.moment(days_ago, hour=12, minute=5 * number),
            partial(_decide, stage, row, key),
        )
    stage.plan(stage.moment(days_ago, hour=11), lambda at: open_meeting(stage, key, at))
    stage.plan(stage.moment(days_ago, hour=14), lambda at: talk_of_the_year(stage, key, at))
    stage.plan(stage.moment(days_ago, hour=15), lambda at: _close(stage, key, at))
    stage.plan(stage.moment(days_ago - 5, hour=9), lambda at: _approve(stage, key, at))


def _plan_next_meeting(stage: Stage, council: Row) -> None:
    """The meeting ahead, called already."""
    ahead = max(council["meeting_every_days"] - council["last_meeting_days_ago"], 1)
    while (stage.now + timedelta(days=ahead)).weekday() > 4:
        ahead += 1
    key = (council["organisation"], -1)
    stage.plan(
        stage.moment(max(1, NOTICE_DAYS + 1 - ahead), hour=8),
        lambda at: _call(stage, key, at, starts_at=stage.moment(-ahead, hour=11)),
    )


def _call(
    stage: Stage, key: tuple[str, int], at: datetime, starts_at: datetime | None = None
) -> None:
    organisation, days_ago = key
    leader = stage.actor(stage.decider_of(organisation), at)
    language = stage.organisations[organisation].language
    meeting = plan_meeting(
        stage.councils[organisation],
        starts_at=starts_at or stage.moment(days_ago, hour=11),
        place=PLACES.get(language, ""),
        actor=leader,
        at=at,
    )
    stage.meetings[key] = call_meeting(meeting, actor=leader, at=at)


def _lay(stage: Stage, row: Row, key: tuple[str, int], at: datetime) -> None:
    case = Case.objects.get(idea=stage.ideas[row["key"]])
    secretary = stage.actor(stage.secretary_of(row["organisation"]), at)
    item = put_on_agenda(case, meeting=stage.meetings[key], actor=secretary, at=at)
    prepare_paper(stage, item, key, at)


def _close(stage: Stage, key: tuple[str, int], at: datetime) -> None:
    meeting = stage.meetings[key]
    language = stage.organisations[key[0]].language
    end_meeting(
        meeting,
        minutes=MINUTES.get(language, MINUTES["nb"]),
        actor=stage.actor(stage.secretary_of(key[0]), at),
        at=at,
    )


def _approve(stage: Stage, key: tuple[str, int], at: datetime) -> None:
    leader = stage.actor(stage.decider_of(key[0]), at)
    approve_minutes(stage.meetings[key], actor=leader, at=at)


def _decide(stage: Stage, row: Row, meeting_key: tuple[str, int] | None, at: datetime) -> None:
    words = row["decision"]
    activity = _activity_of(stage, row)
    facts: dict[str, Any] = {
        "outcome": words["outcome"],
        "reasons": words["reasons"],
        "conditions": words.get("conditions", ""),
    }
    if "deadline_days" in words:
        facts["deadline"] = (at + timedelta(days=words["deadline_days"])).date()
    if words["outcome"] == "merge":
        facts["merged_into"] = stage.ideas[row["merged_into"]]
    if words["outcome"] == "join":
        facts |= _joining(stage, row, at=at)
    if words["outcome"] == "go_on":
        facts |= _how(stage, row, activity, at=at)
    trial = stage.activities.get(activity.get("trial", ""))
    if meeting_key is not None:
        put_to_the_members(stage, row, meeting_key, at)
    decision = council_to_portfolio(
        Case.objects.get(idea=stage.ideas[row["key"]]),
        words=DecisionWords(**facts),
        meeting=stage.meetings[meeting_key] if meeting_key else None,
        trial=trial,
        activity_visibility=_shared_with(stage, row) if words["outcome"] == "go_on" else "",
        actor=stage.actor(stage.decider_of(row["organisation"]), at),
        at=at,
    )
    if decision.outcome == "go_on":
        stage.activities[row["key"]] = decision.activity
    _plan_answers(stage, decision, at=at)


def _shared_with(stage: Stage, row: Row) -> str:
    """Whoever hands an idea in for all to read chooses the same for what becomes of it."""
    visibility: str = stage.ideas[row["key"]].visibility
    return visibility if visibility in ("federation", "public") else ""


def _activity_of(stage: Stage, row: Row) -> Row:
    return next((one for one in stage.tables["activity"] if one["idea"] == row["key"]), {})


def _joining(stage: Stage, row: Row, *, at: datetime) -> dict[str, Any]:
    """The leader says that the two are the same need; the council said yes to the others before."""
    ours, theirs = stage.ideas[row["key"]], stage.ideas[row["joins"]]
    leader = stage.actor(stage.decider_of(row["organisation"]), at)
    link_ideas(ours, theirs, relation=Relation.SAME_NEED, actor=leader, at=at)
    told = NeedElsewhere.objects.filter(case__idea=ours).values_list("pk", flat=True)
    return {
        "joins": JointInvitation.objects.select_related("decision__organisation").get(
            decision__case__idea=theirs, organisation=ours.organisation_id
        ),
        "seen_elsewhere": frozenset(told),
    }


def _how(stage: Stage, row: Row, activity: Row, *, at: datetime) -> dict[str, Any]:
    words = row["decision"]
    responsible = activity.get("owner") or row.get("responsible") or row["giver"]
    facts: dict[str, Any] = {
        "form": words["form"],
        "course": words["course"],
        "scale": activity.get("scale", "small"),
        "responsible": stage.people[responsible],
        "exemption_reason": activity.get("exemption_reason", ""),
    }
    if words["form"] == "project":  # in round sums that stay the same from day to day
        facts["amount"] = Decimal(25_000 * Random(row["key"]).randint(4, 30))  # noqa: S311
    if "reuse" in words:
        facts["reuse"] = ReuseWords(**words["reuse"])
    if words["course"] in JOINT_COURSES:
        until_start = activity.get("start_after_days", words["after_days"] + 30)
        days = max(2, min(21, until_start - words["after_days"] - 1))
        facts["answer_by"] = (at + timedelta(days=days)).date()
    return facts


def _plan_answers(stage: Stage, decision: Decision, *, at: datetime) -> None:
    """Other councils answer over the following days; the youngest questions still wait."""
    keys = {one.pk: key for key, one in stage.organisations.items()}
    for number, invitation in enumerate(decision.invitations.order_by("organisation_id")):
        days = 1 + number % max(1, (invitation.answer_by - at.date()).days - 1)
        stage.plan(
            at + timedelta(days=days, hours=1),
            partial(_answer, stage, invitation, number, keys),
        )


def _answer(
    stage: Stage, invitation: JointInvitation, number: int, keys: dict[int, str], at: datetime
) -> None:
    key = keys[invitation.organisation_id]
    language = stage.organisations[key].language
    answer = PATTERN[(number + invitation.decision_id) % len(PATTERN)] if number else "yes"
    answer_joint_invitation(
        invitation,
        answer=answer,
        reasons=ANSWERS.get(language, ANSWERS["nb"])[answer],
        actor=stage.actor(stage.decider_of(key), at),
        at=at,
    )
