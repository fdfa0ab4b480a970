"""An act of several verbs tells of all of them in one go, in their order, or of none."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from loype.history.actions import record, told_together
from loype.history.models import Event
from loype.history.verify import find_flaws
from loype.kernel.errors import WrongMoment
from loype.organisations.actor import HOUSE
from tests.cast import TODAY, World


def tell(world: World, verb: str, *, follow: bool = True, home: str = "fjordvik") -> None:
    record(
        verb,
        thing=world.organisations[home],
        actor=HOUSE,
        at=TODAY,
        organisation_id=world.organisations[home].pk,
        follow=follow,
    )


def verbs_since(last: int) -> list[str]:
    return list(Event.objects.filter(pk__gt=last).order_by("pk").values_list("verb", flat=True))


def followed_since(last: int) -> list[str]:
    """The verbs of the events that a job was queued for, in the order of the jobs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.verb FROM procrastinate_jobs j"
            " JOIN history_event e ON e.id = (j.args->>'event_id')::bigint"
            " WHERE e.id > %s ORDER BY j.id",
            [last],
        )
        return [verb for (verb,) in cursor.fetchall()]


def last_event() -> int:
    return int(Event.objects.order_by("-pk").values_list("pk", flat=True)[0])


@told_together()
def tell_and_refuse(world: World) -> None:
    tell(world, "first")
    raise WrongMoment("no")


def test_it_tells_of_all_in_their_order_when_all_is_done(world: World) -> None:
    last = last_event()
    with told_together():
        tell(world, "first")
        tell(world, "second", home="elvestrand")
        tell(world, "third", follow=False)
        with told_together():
            tell(world, "fourth")
        assert verbs_since(last) == []
    assert verbs_since(last) == ["first", "second", "third", "fourth"]
    assert followed_since(last) == ["first", "second", "fourth"]
    assert list(find_flaws()) == []


def test_it_takes_two_statements(world: World, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2), told_together():
        tell(world, "first")
        tell(world, "second", home="elvestrand")
        tell(world, "third")


def test_it_tells_nothing_of_what_was_refused(world: World) -> None:
    last = last_event()
    with pytest.raises(WrongMoment):
        tell_and_refuse(world)
    assert verbs_since(last) == []
    tell(world, "after")
    assert verbs_since(last) == ["after"]
    assert followed_since(last) == ["after"]
