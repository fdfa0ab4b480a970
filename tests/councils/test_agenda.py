"""What a meeting will treat, in order."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from loype.councils.actions import move_agenda_item, put_on_agenda, take_off_agenda
from loype.councils.models import AgendaItem
from loype.kernel.errors import NotAllowed, WrongMoment
from tests.cast import TODAY, World
from tests.councils.test_decide_case import (
    approved,
    decide,
    meeting_of,
    on_agenda,
    waiting_case,
)


def titles(world: World) -> list[str]:
    items = AgendaItem.objects.filter(meeting=meeting_of(world)).on_agenda()
    return [item.case.idea.title for item in items.select_related("case__idea")]


def item_of(world: World, title: str) -> AgendaItem:
    return AgendaItem.objects.get(
        meeting=meeting_of(world), case__idea__title=title, removed_at=None
    )


@pytest.mark.requirement("ROR-04")
def test_an_idea_of_today_is_on_the_next_agenda(
    world: World, client_of: Callable[[str], Client]
) -> None:
    case, meeting = waiting_case(world, text="Sendt inn nå nettopp"), meeting_of(world)
    bo = client_of("bo")
    assert f'value="{meeting.pk}"' in bo.get(f"/council/cases/{case.pk}/").content.decode()
    answer = bo.post(f"/council/cases/{case.pk}/agenda/", {"meeting": meeting.pk})
    assert answer.status_code == 302
    assert titles(world) == ["Sendt inn nå nettopp"]
    case.refresh_from_db()
    assert case.state == "on_agenda"


def test_it_is_moved_with_the_pages_buttons(
    world: World, client_of: Callable[[str], Client]
) -> None:
    for name in ("Første sak", "Andre sak", "Tredje sak"):
        on_agenda(world, text=name)
    place = f"/council/meetings/{meeting_of(world).pk}"
    bo = client_of("bo")

    def press(title: str, act: str, **data: str) -> int:
        answer = bo.post(f"{place}/items/{item_of(world, title).pk}/{act}/", data)
        return answer.status_code

    assert press("Tredje sak", "move", way="up") == 302
    assert titles(world) == ["Første sak", "Tredje sak", "Andre sak"]
    assert press("Første sak", "move", way="up") == 302
    assert press("Første sak", "move", way="down") == 302
    assert titles(world) == ["Tredje sak", "Første sak", "Andre sak"]
    assert press("Første sak", "remove") == 302
    assert titles(world) == ["Tredje sak", "Andre sak"]
    assert press("Andre sak", "move", way="sideways") == 404


def test_it_keeps_the_old_waiting_time(world: World) -> None:
    case = on_agenda(world)
    since = case.waiting_since
    take_off_agenda(item_of(world, case.idea.title), actor=world.actor("bo"), at=TODAY)
    case.refresh_from_db()
    assert (case.state, case.waiting_since) == ("waiting", since)
    again = put_on_agenda(case, meeting=meeting_of(world), actor=world.actor("bo"), at=TODAY)
    assert put_on_agenda(
        case, meeting=meeting_of(world), actor=world.actor("bo"), at=TODAY
    ) == again  # fmt: skip


def test_what_is_decided_stays_on_it(world: World) -> None:
    case = on_agenda(world)
    decide(world, case)
    item = item_of(world, case.idea.title)
    with pytest.raises(WrongMoment, match="decided in this meeting"):
        take_off_agenda(item, actor=world.actor("bo"), at=TODAY)
    approved(world, meeting_of(world))
    with pytest.raises(WrongMoment, match="agenda of this meeting is closed"):
        move_agenda_item(item, upwards=True, actor=world.actor("bo"), at=TODAY)


def test_only_leader_and_secretary_change_it(world: World) -> None:
    item = item_of(world, on_agenda(world).idea.title)
    for who in ("ada", "cai", "fia", "dee"):
        with pytest.raises(NotAllowed):
            move_agenda_item(item, upwards=True, actor=world.actor(who), at=TODAY)


def test_colleagues_see_only_what_they_may_read(
    world: World, client_of: Callable[[str], Client]
) -> None:
    on_agenda(world, text="Åpen for alle her")
    on_agenda(world, text="Bare rådet vet om dette", by="cai", visibility="confidential")
    place = f"/council/meetings/{meeting_of(world).pk}/"
    seen = client_of("ada").get(place).content.decode()
    assert "Åpen for alle her" in seen
    assert "Bare rådet" not in seen
    assert "Bare rådet" in client_of("fia").get(place).content.decode()
