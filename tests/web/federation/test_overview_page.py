"""The coordinator's page: what is worth knowing stands first, and every picture has its table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from loype.search.needs.actions import propose_pair
from loype.trail.federation.common import CommonNeed
from loype.trail.federation.overview import CouncilRow, JointRow, MeetingHeld, Overview
from loype.web.federation.findings import findings_of
from loype.web.federation.pictures import ages_picture, meetings_picture
from tests.cast import TODAY, World
from tests.trail.test_federation_overview import a_case
from tests.trail_world import TrailWorld, idea_of

ClientOf = Callable[[str], Client]
DAY = date(2026, 3, 2)


def council(place: str = "Fjordvik", **more: Any) -> CouncilRow:
    """A council that is on time."""
    facts: dict[str, Any] = {
        "organisation_id": 1, "organisation": place, "council": f"Rådet i {place}", "limit": 20,
        "undecided": 0, "without_responsible": 0, "oldest_waited": None, **more,
    }  # fmt: skip
    return CouncilRow(**facts)


def overview(*councils: CouncilRow, **more: Any) -> Overview:
    """A federation of these councils."""
    return Overview(federation_id=1, name="Laget", today=DAY, councils=list(councils), **more)


def said(*councils: CouncilRow, **more: Any) -> list[str]:
    """What the page says first."""
    return [one.words for one in findings_of(overview(*councils, **more))]


def held(*came: bool) -> tuple[MeetingHeld, ...]:
    """Meetings of the last months."""
    return tuple(
        MeetingHeld(DAY - timedelta(days=30 * number), "approved", one)
        for number, one in enumerate(came, start=1)
    )


def test_it_says_nothing_where_nothing_presses() -> None:
    assert said(council()) == []


def test_a_need_that_nobody_decided_comes_before_everything() -> None:
    need = CommonNeed((a_case(1, "Fjordvik"), a_case(2, "Elvestrand")))
    late = council(undecided=3, oldest_waited=60, without_responsible=2)
    found = said(late, needs=[need])
    assert "Behov 1" in found[0]
    assert "Fjordvik, Elvestrand" in found[0]
    assert "60 working days; it promised 20" in found[1]


def test_it_names_the_latest_council_and_counts_the_others() -> None:
    found = said(
        council("A", undecided=1, oldest_waited=25), council("B", undecided=1, oldest_waited=40)
    )
    assert found[0].startswith("B lets its oldest case wait")
    assert found[0].endswith("1 other council is late, too.")


def test_it_says_where_ideas_have_nobody() -> None:
    found = said(council("A", without_responsible=1), council("B", without_responsible=4))
    assert found == ["5 ideas have nobody responsible, 4 of them in B."]


@pytest.mark.requirement("ROR-09")
def test_it_says_where_the_federations_seat_stays_away() -> None:
    ahead = (MeetingHeld(DAY + timedelta(days=5), "called", None),)
    some = council("A", meetings=held(True, True, True, False, True, True) + ahead)
    often = council("B", meetings=held(True, False, False) + ahead)
    assert said(some) == []
    assert said(some, often) == ["The federation's seat missed 2 of 3 meetings in B."]


def test_it_says_who_has_cases_and_no_meeting() -> None:
    assert said(council("A", undecided=2, oldest_waited=1)) == [
        "A has cases waiting, but no meeting planned."
    ]


def test_it_says_which_answers_are_missing() -> None:
    row = JointRow(
        joint_id=1, title="Nattpatrulje", language="nb", organisation="A", state="asking",
        course="inter_municipal_should", answer_by=DAY, yes=1, no=0, later=0, silent=2,
        is_overdue=True,
    )  # fmt: skip
    assert "2 answers are missing" in said(council(), joint=[row])[0]


def test_the_pictures_say_what_they_show_and_hold_it_as_a_table() -> None:
    rows = overview(
        council("A", undecided=2, oldest_waited=30, meetings=held(True, False)),
        council("B", undecided=1, oldest_waited=5, meetings=held(True)),
    )
    meetings, ages = meetings_picture(rows), ages_picture(rows)
    assert "came to 2 of 3 meetings" in meetings
    assert "1 of 2 is late with its oldest case" in ages
    for picture in (meetings, ages):
        assert picture.count("<tr>") == 3
        assert 'aria-hidden="true"' in picture
    assert meetings.count('data-tone="came"') == 2
    assert meetings.count('data-tone="missed"') == 1
    assert ages.index(">A<") < ages.index(">B<")


@pytest.mark.django_db
@pytest.mark.requirement("ROR-08")
def test_the_coordinator_sees_the_same_need_at_once(world: World, client_of: ClientOf) -> None:
    one = idea_of(world, text="Alarmen er flat", visibility="federation")
    two = idea_of(world, text="Flat alarm", by="dee", visibility="federation")
    propose_pair(one, two, probability=0.8, evidence={}, embedder="", at=TODAY)
    page = client_of("fia").get("/federation/overview/").content.decode()
    assert page.index("none has decided yet") < page.index("How long cases wait")
    assert "Can be run together" in page


@pytest.mark.django_db
def test_it_stays_within_ten_statements(
    trail: TrailWorld, client_of: ClientOf, statements: Callable[[], Any]
) -> None:
    fia = client_of("fia")
    with statements() as counted:
        assert fia.get("/federation/overview/").status_code == 200
    assert len(counted) <= 10
