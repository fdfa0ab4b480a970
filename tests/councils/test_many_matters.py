"""Many matters are put on an agenda as one: in their order, and none that stands there already."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from loype.councils.actions import Matter, add_agenda_items
from loype.councils.models import AgendaItem
from loype.history.models import Event
from tests.cast import TODAY
from tests.trail_world import TrailWorld


def put(trail: TrailWorld, *about: str) -> tuple[list[AgendaItem], int]:
    """What stands on the agenda of these, and how many statements that took."""
    matters = [Matter(kind="follow_up", title=f"About {one}", about=one) for one in about]
    with CaptureQueriesContext(connection) as asked:
        items = add_agenda_items(
            trail["meeting"], matters=matters, actor=trail.world.actor("bo"), at=TODAY
        )
    return items, len(asked)


def test_it_takes_as_many_statements_for_many_as_for_one(trail: TrailWorld) -> None:
    _one, few = put(trail, "activity 1 due")
    items, many = put(trail, *(f"activity {number} due" for number in range(2, 9)))
    assert len({item.pk for item in items}) == 7
    assert many <= few


def test_it_keeps_their_order_and_doubles_nothing(trail: TrailWorld) -> None:
    first, _count = put(trail, "b", "a")
    again, _count = put(trail, "c", "a", "c", "b")
    assert [item.about for item in again] == ["c", "a", "c", "b"]
    assert {item.pk for item in again} > {item.pk for item in first}
    on_it = AgendaItem.objects.filter(meeting=trail["meeting"], removed_at=None).exclude(about="")
    assert list(on_it.order_by("position").values_list("about", flat=True)) == ["b", "a", "c"]
    told = Event.objects.filter(verb="add_agenda_item", thing_id__in=[one.pk for one in again])
    assert list(told.order_by("pk").values_list("change__title", flat=True)) == [
        "About b", "About a", "About c",
    ]  # fmt: skip
