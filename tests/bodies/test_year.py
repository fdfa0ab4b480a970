"""A body's year, what was promised in it, committees that end, and a body on any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from loype.bodies.actions import (
    activate_council,
    adopt_mandate,
    appoint_to_seat,
    call_meeting,
    end_finished_bodies,
    establish_body,
    finish_on_wheel,
    plan_meeting,
    promise_introduction,
    put_on_wheel,
    settle_introduction,
)
from loype.bodies.as_of import body_on
from loype.bodies.models import Body, WheelItem
from loype.bodies.year_wheel import year_wheel
from loype.jobs.tasks import end_bodies
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from tests.bodies.groups import Centre, build_centre, fill
from tests.cast import BEGINNING, TODAY, World

DAY = TODAY.date()


@pytest.fixture
def centre(db: None) -> Centre:
    """The centre with every seat filled and its group at work."""
    made = build_centre()
    fill(made, "state", "municipalities", "regions")
    made.group = activate_council(made.body, actor=made.actor("hans"), at=TODAY)
    return made


def plan(centre: Centre, *days: int) -> None:
    for ahead in days:
        plan_meeting(
            centre.body, starts_at=TODAY + timedelta(days=ahead), actor=centre.actor("sofie"),
            at=TODAY,
        )  # fmt: skip


@pytest.mark.requirement("S19-53")
def test_it_warns_of_too_few_and_too_many_meetings_in_a_year(centre: Centre) -> None:
    def warned() -> bool:
        wheel = year_wheel(centre.body, year=2026, today=DAY)
        return any("3 to 4" in one for one in wheel.warnings)

    plan(centre, 30, 90)
    wheel = year_wheel(centre.body, year=2026, today=DAY)
    assert "2 meetings stand in 2026; the rules of procedure ask for 3 to 4." in wheel.warnings
    plan(centre, 150)
    assert not warned()
    plan(centre, 200, 250)
    assert warned()


@pytest.mark.requirement("S19-53")
def test_it_shows_when_the_papers_are_due(centre: Centre) -> None:
    plan(centre, 30)
    meeting = next(one for one in year_wheel(centre.body, year=2026, today=DAY).days if one.meeting)
    assert meeting.papers_by == meeting.day - timedelta(days=7)


@pytest.mark.requirement("S19-44")
def test_it_has_the_overall_evaluation_on_the_year_wheel(centre: Centre) -> None:
    wheel = year_wheel(centre.body, year=2026, today=DAY)
    item = next(one.item for one in wheel.days if one.item and one.item.kind == "evaluation")
    assert item is not None
    assert item.questions
    assert item.method
    later = item.due_date + timedelta(days=1)
    late = year_wheel(centre.body, year=2026, today=later)
    assert any(item.title in one for one in late.warnings)
    with pytest.raises(BadInput):
        finish_on_wheel(item, result=" ", actor=centre.actor("sofie"), at=TODAY)
    done = finish_on_wheel(
        item, result="Godt", follow_up="Mere", actor=centre.actor("sofie"), at=TODAY
    )
    assert (done.result, done.follow_up, done.done_date) == ("Godt", "Mere", DAY)
    after = year_wheel(centre.body, year=2026, today=later)
    assert not any(item.title in one for one in after.warnings)


@pytest.mark.requirement("S19-44")
def test_an_evaluation_says_what_it_asks_and_how(centre: Centre) -> None:
    with pytest.raises(BadInput, match="evaluation is to answer"):
        put_on_wheel(
            centre.body, kind="evaluation", title="Alt", due_date=DAY, involvement="takes_part",
            involvement_reason="Ja", actor=centre.actor("hans"), at=TODAY,
        )  # fmt: skip


@pytest.mark.requirement("S19-56")
def test_it_says_of_each_task_how_those_who_are_heard_take_part(centre: Centre) -> None:
    told = {"kind": "plan", "title": "Plan", "due_date": DAY}
    by = {"actor": centre.actor("sofie"), "at": TODAY}
    with pytest.raises(BadInput, match="whether those who are heard"):
        put_on_wheel(centre.body, **told, **by)
    with pytest.raises(BadInput, match="Say how they take part"):
        put_on_wheel(centre.body, involvement="not_concerned", **told, **by)
    put_on_wheel(
        centre.body, involvement="not_concerned", involvement_reason="Kun regnskab", **told, **by
    )
    items = WheelItem.objects.filter(body=centre.body)
    assert all(one.involvement and one.involvement_reason for one in items)


@pytest.mark.requirement("ROR-25")
def test_it_asks_a_council_to_look_at_its_mandate_every_year(world: World) -> None:
    body, siv = world.council, world.actor("siv")
    assert body is not None
    assert any(
        "review of the mandate" in one for one in year_wheel(body, year=2026, today=DAY).warnings
    )
    review = {"kind": "mandate_review", "title": "Mandatet", "due_date": date(2026, 11, 1)}
    with pytest.raises(BadInput, match="no mandate"):
        put_on_wheel(body, actor=siv, at=TODAY, **review)
    mandate = adopt_mandate(body, points=["One"], from_date=DAY, actor=siv, at=TODAY)
    item = put_on_wheel(body, actor=siv, at=TODAY, **review)
    assert item.mandate == mandate
    assert year_wheel(body, year=2026, today=DAY).warnings == []


@pytest.mark.requirement("S19-49")
def test_it_follows_up_a_promised_introduction(centre: Centre) -> None:
    chair, member = centre.actor("state_0"), centre.actor("regions_1")
    plan(centre, 20)
    meeting = centre.body.meetings.get()
    call_meeting(meeting, actor=chair, at=TODAY)
    promised = promise_introduction(
        centre.body, whom="Centeret", to_whom="Regionens direktør", due_date=DAY, meeting=meeting,
        actor=member, at=TODAY,
    )  # fmt: skip
    assert (promised.state, promised.meeting) == ("promised", meeting)
    with pytest.raises(NotAllowed):
        settle_introduction(
            promised, is_made=True, outcome="Ja", actor=centre.actor("regions_2"), at=TODAY
        )
    with pytest.raises(BadInput):
        settle_introduction(promised, is_made=True, outcome="", actor=member, at=TODAY)
    done = settle_introduction(promised, is_made=True, outcome="De mødtes.", actor=member, at=TODAY)
    assert (done.state, done.settled_date) == ("made", DAY)
    with pytest.raises(WrongMoment):
        settle_introduction(done, is_made=False, outcome="Nej", actor=member, at=TODAY)


def committee(world: World, *, last: date) -> Body:
    body = establish_body(
        world.fjordvik, kind="task_committee", name="Utvalg", commission="Se på det",
        ends_date=last, actor=world.actor("siv"), at=BEGINNING,
    )  # fmt: skip
    appoint_to_seat(
        body.seats.get(is_leader=True), person=world.people["cai"], from_date=BEGINNING.date(),
        actor=world.actor("siv"), at=BEGINNING,
    )  # fmt: skip
    return activate_council(body, actor=world.actor("siv"), at=BEGINNING)


@pytest.mark.requirement("S19-R17")
@pytest.mark.django_db
def test_a_committee_ends_by_itself_on_its_last_day(world: World) -> None:
    body = committee(world, last=DAY)
    cai = world.actor("cai")
    before = plan_meeting(body, starts_at=TODAY + timedelta(hours=1), actor=cai, at=TODAY)
    after = plan_meeting(body, starts_at=TODAY + timedelta(days=5), actor=cai, at=TODAY)
    with pytest.raises(WrongMoment, match="last day"):
        call_meeting(after, actor=cai, at=TODAY)
    assert end_finished_bodies(at=TODAY) == 0
    assert end_finished_bodies(at=TODAY + timedelta(days=1)) == 1
    assert end_finished_bodies(at=TODAY + timedelta(days=1)) == 0
    body.refresh_from_db()
    after.refresh_from_db()
    before.refresh_from_db()
    assert (body.state, body.closed_date) == ("closed", DAY + timedelta(days=1))
    assert (after.state, before.state) == ("cancelled", "planned")
    assert not world.actor("cai", at=TODAY + timedelta(days=2)).sits_on(body.pk)


@pytest.mark.requirement("S19-R17")
def test_the_clock_ends_committees(world: World) -> None:
    body = committee(world, last=DAY)
    end_bodies(0)
    body.refresh_from_db()
    assert body.state == "closed"


@pytest.mark.requirement("S19-R17")
def test_a_committee_has_a_commission_and_a_last_day(world: World) -> None:
    with pytest.raises(BadInput) as refused:
        establish_body(
            world.fjordvik, kind="task_committee", name="Utvalg", actor=world.actor("siv"),
            at=TODAY,
        )  # fmt: skip
    assert set(refused.value.fields) == {"commission", "ends_date"}


@pytest.mark.requirement("ROR-07")
def test_it_shows_the_body_as_it_was_on_any_day(world: World) -> None:
    body, siv = world.council, world.actor("siv")
    assert body is not None
    adopt_mandate(body, points=["One"], from_date=DAY, actor=siv, at=TODAY)
    appoint_to_seat(
        body.seats.get(is_leader=True), person=world.people["cai"],
        from_date=DAY + timedelta(days=10), actor=siv, at=TODAY,
    )  # fmt: skip
    today, later = body_on(body, day=DAY), body_on(body, day=DAY + timedelta(days=10))
    long_ago = body_on(body, day=date(2020, 1, 1))
    assert (today.people.state, long_ago.people.state) == ("active", "draft")
    assert [one.holder.name for one in today.people.seats if one.holder and one.seat.is_leader] == [
        "Bo"
    ]
    assert [one.holder.name for one in later.people.seats if one.holder and one.seat.is_leader] == [
        "Cai"
    ]
    assert long_ago.papers.mandate is None
    assert [point.text for point in today.papers.points] == ["One"]
    assert long_ago.people.missing
