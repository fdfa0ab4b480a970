"""Board, timeline and list are three views of one filter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loype.portfolio.models import Activity
from loype.trail.handovers import start_running
from loype.web.portfolio import views
from tests.cast import TODAY
from tests.trail_world import TrailWorld, go_on, idea_of

SignIn = Callable[[str], Client]
LIST = "/portfolio/"


def html(client: Client, query: str = "") -> str:
    answer = client.get(f"{LIST}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_board_has_a_column_for_each_phase(trail: TrailWorld, client_of: SignIn) -> None:
    page = html(client_of("cai"))
    assert [
        page.count(f'data-column="{phase}"') for phase in ("hypothesis", "trial", "learning")
    ] == [1, 1, 1]
    assert 'data-column="concept"' not in page
    assert trail["activity"].title in page
    assert "To låser mangler" in page
    assert "Ti låser på plass" in page
    assert trail["finished_activity"].title not in page


def test_only_the_owner_moves_a_card(trail: TrailWorld, client_of: SignIn) -> None:
    assert "data-move" in html(client_of("cai"))
    assert "data-move" not in html(client_of("ada"))


def test_a_move_comes_back_to_the_same_view_and_tells(trail: TrailWorld, client_of: SignIn) -> None:
    activity, cai = trail["activity"], client_of("cai")
    where = "/portfolio/?view=board&form=experiment"
    data = {"phase": "trial", "version": activity.version, "next": where}
    answer = cai.post(reverse("activity_phase", args=[activity.pk]), data)
    assert answer.headers["Location"] == f"{where}#activity-{activity.pk}"
    activity.refresh_from_db()
    assert activity.phase == "trial"
    assert "is moved" in html(cai)
    again = cai.post(reverse("activity_phase", args=[activity.pk]), data | {"phase": "learning"})
    assert again.status_code == 409


def test_a_move_never_sends_one_to_another_site(trail: TrailWorld, client_of: SignIn) -> None:
    data = {"phase": "trial", "next": "https://elsewhere.example/"}
    answer = client_of("cai").post(reverse("activity_phase", args=[trail["activity"].pk]), data)
    assert answer.headers["Location"].startswith("/")
    assert "elsewhere" not in answer.headers["Location"]


@pytest.mark.parametrize("view", ["board", "timeline", "list"])
@pytest.mark.parametrize(
    ("who", "query", "shown", "hidden"),
    [
        ("cai", "state=finished", "finished_activity", "activity"),
        ("cai", "light=yellow", "activity", "planned_activity"),
        ("cai", "owner=me", "activity", "finished_activity"),
        ("ada", "owner=me", None, "activity"),
        ("cai", "text=NATTPATRULJE", "planned_activity", "activity"),
        ("cai", "form=project", None, "activity"),
        ("dee", "scope=joined", "activity", "planned_activity"),
        ("dee", "scope=all", "planned_activity", "finished_activity"),
        ("dee", "", None, "activity"),
        ("gro", "scope=all", "planned_activity", "activity"),
        ("olaf", "scope=all&state=all", None, "planned_activity"),
        ("eve", "state=all", None, "planned_activity"),
    ],
)
def test_every_view_shows_what_the_filter_asks_for(
    view: str, who: str, query: str, shown: str | None, hidden: str,
    trail: TrailWorld, client_of: SignIn,
) -> None:  # fmt: skip
    page = html(client_of(who), f"?view={view}&{query}")
    assert trail[hidden].title not in page
    if shown:
        assert trail[shown].title in page


@pytest.mark.parametrize(
    "query", ["?view=matrix&scope=world&form=%00&light=blue&text=" + "x" * 200, "?after=nonsense"]
)
def test_nonsense_in_the_address_is_left_out(
    query: str, trail: TrailWorld, client_of: SignIn
) -> None:
    assert trail["activity"].title in html(client_of("cai"), query)


def test_the_filter_stays_in_the_links_between_views(trail: TrailWorld, client_of: SignIn) -> None:
    page = html(client_of("cai"), "?scope=all&light=yellow")
    assert "?scope=all&amp;light=yellow&amp;view=timeline" in page


def test_the_timeline_has_a_table_twin(trail: TrailWorld, client_of: SignIn) -> None:
    page = html(client_of("cai"), "?view=timeline")
    assert 'data-kind="plan"' in page
    assert "<table" in page
    assert "chart__today" in page
    assert "Ti låser på plass" in page


def test_the_board_shows_the_newest_and_leads_to_the_rest(
    trail: TrailWorld, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_CARDS", 1)
    page = html(client_of("cai"))
    assert page.count("board-card__title") == 1
    assert "More in the list" in page
    assert "board-card__title" in html(client_of("cai"), "?view=board&light=yellow")
    assert "More in the list" not in html(client_of("cai"), "?view=board&light=yellow")


def more_activities(trail: TrailWorld, count: int) -> None:
    """So many more that run, each with a milestone and a report."""
    from loype.portfolio.actions import add_milestone, report_status

    cai = trail.world.actor("cai")
    for number in range(count):
        idea = idea_of(trail.world, text=f"Noe mer å prøve, nummer {number}.")
        activity = start_running(go_on(trail.world, idea), actor=cai, at=TODAY)
        add_milestone(activity, title="Halvveis", due_date=TODAY.date(), actor=cai, at=TODAY)
        report_status(activity, light="red", text="Treigt", next_step="Mer", actor=cai, at=TODAY)


@pytest.mark.parametrize("query", ["", "?view=timeline", "?view=list", "?view=list&scope=all"])
def test_twice_the_rows_need_no_more_statements(
    query: str, trail: TrailWorld, client_of: SignIn, statements: Any
) -> None:
    more_activities(trail, 6)
    client = client_of("cai")
    html(client, query)
    with statements() as few:
        html(client, query)
    more_activities(trail, 6)
    with statements() as many:
        html(client, query)
    assert len(many) == len(few) <= 8
    assert Activity.objects.open().count() > 12
