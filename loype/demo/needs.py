"""The same needs of the year: found when the younger was handed in, and some answered since."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from loype.accounts.models import Person
from loype.bodies.loading import load_actor
from loype.demo.reading import Row, read_content
from loype.history.actions import FOLLOW_UP
from loype.history.models import Event
from loype.ideas.models import Idea
from loype.notices.actions import tell_about
from loype.search.models import SameNeed
from loype.search.needs.actions import confirm_pair, dismiss_pair
from loype.search.needs.checking import check_needs

FOUND_AFTER = timedelta(minutes=2)
TOLD_DAYS = 30
ANSWERS = {"confirm": confirm_pair, "dismiss": dismiss_pair}


@transaction.atomic
def find_same_needs(*, now: datetime) -> int:
    """Find what the search sees, as if it had looked all year; gives how many pairs there are.

    The newest idea is looked at first: a pair is found when the younger of the two came in.
    """
    newest_first = Idea.objects.filter(submitted_at__isnull=False).order_by("-submitted_at")
    for pk, submitted_at in newest_first.values_list("pk", "submitted_at"):
        if submitted_at is not None:
            check_needs(at=min(now, submitted_at + FOUND_AFTER), idea_ids=[pk])
    content = read_content()
    titles = {row["key"]: row["title"] for row in content["idea"]}
    for row in content["same_answer"]:
        _answer(row, titles=titles)
    _tell_of_the_last_weeks(now=now)
    return SameNeed.objects.count()


def _answer(row: Row, *, titles: dict[str, str]) -> None:
    """What somebody said of a pair; where the search did not find it, nobody could."""
    ideas = Idea.objects.filter(title__in=[titles[key] for key in row["ideas"]])
    pair = SameNeed.objects.filter(idea_a__in=ideas, idea_b__in=ideas).first()
    if pair is None:
        return
    person = Person.objects.get(email__startswith=f"{row['by']}@")
    at = pair.found_at + timedelta(days=row["after_days"])
    actor = load_actor(person.pk, name=person.name, day=timezone.localdate(at))
    ANSWERS[row["answer"]](pair, actor=actor, at=at, reason=row["reason"])


def _tell_of_the_last_weeks(*, now: datetime) -> None:
    recent = Event.objects.filter(verb="propose_same_need", at__gte=now - timedelta(days=TOLD_DAYS))
    for pk, at in recent.order_by("id").values_list("pk", "at"):
        tell_about(pk, at=at)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'", [FOLLOW_UP]
        )
