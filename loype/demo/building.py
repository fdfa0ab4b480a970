"""Building the demo: one transaction, so that a stopped build leaves nothing half-made."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import connection, transaction

from loype.accounts.models import MailWish, Person
from loype.demo.activities import (
    plan_activity,
    plan_evaluation_of,
    plan_line_task,
    plan_solution,
)
from loype.demo.assessing import plan_assessing
from loype.demo.bodies import plan_bodies
from loype.demo.councils import plan_decisions
from loype.demo.federation import plan_federation
from loype.demo.founding import found_everything
from loype.demo.ideas import lay_on_next_agenda, plan_idea
from loype.demo.mandates import plan_mandates
from loype.demo.news import plan_news
from loype.demo.notices import choose_wishes
from loype.demo.reading import cast, read_content
from loype.demo.stage import Stage
from loype.demo.time import plan_time
from loype.demo.workforce import describe_workforce
from loype.history.actions import FOLLOW_UP
from loype.history.models import Event
from loype.notices.actions import tell_about
from loype.notices.models import Notice
from loype.organisations.models import Organisation

TOLD_DAYS = 30
UNREAD_DAYS = 4


def is_built() -> bool:
    """Whether the demo (or anything else) is in the database already."""
    return Organisation.objects.exists()


@transaction.atomic
def build_demo(*, now: datetime) -> int:
    """Let the year happen; gives how many acts it took."""
    stage = Stage(now=now, tables=read_content())
    found_everything(stage)
    describe_workforce(stage)
    for idea in stage.tables["idea"]:
        plan_idea(stage, idea)
        if idea.get("decision", {}).get("form") == "line_task":
            plan_line_task(stage, idea)
        if idea.get("on_next_agenda"):
            stage.plan(
                stage.moment(0, hour=0, minute=5) if now.hour else now,
                partial(lay_on_next_agenda, stage, idea),
            )
    plan_bodies(stage)
    plan_decisions(stage)
    for activity in stage.tables["activity"]:
        plan_activity(stage, activity)
    for evaluation in stage.tables["evaluation"]:
        plan_evaluation_of(stage, evaluation)
    for solution in stage.tables["solution"]:
        plan_solution(stage, solution)
    plan_federation(stage)
    plan_time(stage)
    plan_assessing(stage)
    plan_mandates(stage)
    plan_news(stage)
    done = stage.play()
    _tell_of_the_last_weeks(now=now)
    choose_wishes(stage, at=now)
    return done


def _tell_of_the_last_weeks(*, now: datetime) -> None:
    """Notices for what is recent; a year's old news would only be in the way."""
    recent = Event.objects.filter(at__gte=now - timedelta(days=TOLD_DAYS)).order_by("at", "id")
    for event in recent.values_list("pk", "at"):
        tell_about(event[0], at=event[1])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", [FOLLOW_UP])
    Notice.objects.filter(made_at__lt=now - timedelta(days=UNREAD_DAYS)).update(read_at=now)
    emails = [row["email"] for row in cast()]
    Person.objects.filter(email__in=emails).update(mail_wish=MailWish.IMPORTANT)
