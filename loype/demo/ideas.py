"""Handing in, supporting, commenting and withdrawing, as the content tells."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from loype.councils.actions import appoint_responsible, put_on_agenda
from loype.councils.models import Case
from loype.demo.reading import Row
from loype.demo.stage import Stage
from loype.ideas.actions import add_co_author, comment_on_idea, draft_idea, support_idea
from loype.ideas.models import Idea
from loype.trail.handovers import idea_to_council, withdraw


def plan_idea(stage: Stage, row: Row) -> None:
    """Everything up to (but not with) the decision."""
    day = row["day"]
    stage.plan(stage.moment(day, hour=7, minute=40), lambda at: _write(stage, row, at))
    for support in row.get("supports", ()):
        stage.plan(
            stage.moment(day - support["after_days"], hour=10),
            partial(_support, stage, row, support),
        )
    for comment in row.get("comments", ()):
        stage.plan(
            stage.moment(day - comment["after_days"], hour=11),
            partial(_comment, stage, row, comment),
        )
    if "taken_up_after_days" in row:
        stage.plan(
            stage.moment(day - row["taken_up_after_days"], hour=12),
            lambda at: _take_up(stage, row, at),
        )
    if "withdrawn_after_days" in row:
        stage.plan(
            stage.moment(day - row["withdrawn_after_days"], hour=14),
            lambda at: withdraw(
                stage.ideas[row["key"]],
                reason=row["withdrawn_reason"],
                actor=stage.actor(row["giver"], at),
                at=at,
            ),
        )


def _write(stage: Stage, row: Row, at: datetime) -> None:
    giver = stage.actor(row["giver"], at)
    idea: Idea = draft_idea(
        organisation=stage.organisations[row["organisation"]],
        unit=stage.units[row["organisation"], row["unit"]],
        kind=row["kind"],
        title=row["title"],
        text=row["text"],
        language=row["language"],
        changes_service=row.get("changes_service"),
        digital_element=row.get("digital_element", ""),
        visibility=row["visibility"],
        anonymity="hidden" if row.get("anonymous") else "open",
        actor=giver,
        at=at,
    )
    for author in row.get("co_authors", ()):
        add_co_author(idea, person=stage.people[author], actor=giver, at=at)
    if row["journey"] != "draft":
        idea = idea_to_council(idea, actor=giver, at=at)
    stage.ideas[row["key"]] = idea


def _support(stage: Stage, row: Row, support: Row, at: datetime) -> None:
    support_idea(
        stage.ideas[row["key"]],
        helps=support.get("helps"),
        note=support.get("note", ""),
        actor=stage.actor(support["person"], at),
        at=at,
    )


def _comment(stage: Stage, row: Row, comment: Row, at: datetime) -> None:
    comment_on_idea(
        stage.ideas[row["key"]],
        text=comment["text"],
        actor=stage.actor(comment["person"], at),
        at=at,
    )


def _take_up(stage: Stage, row: Row, at: datetime) -> None:
    case = Case.objects.get(idea=stage.ideas[row["key"]])
    secretary = stage.actor(stage.secretary_of(row["organisation"]), at)
    appoint_responsible(case, person=stage.people[row["responsible"]], actor=secretary, at=at)


def lay_on_next_agenda(stage: Stage, row: Row, at: datetime) -> None:
    """Put a taken-up idea on the agenda of the meeting ahead."""
    meeting = stage.meetings.get((row["organisation"], -1))
    if meeting is not None:
        secretary = stage.actor(stage.secretary_of(row["organisation"]), at)
        case = Case.objects.get(idea=stage.ideas[row["key"]])
        put_on_agenda(case, meeting=meeting, actor=secretary, at=at)
