"""The council room shows at a glance what waits, what meets and what runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from loype.accounts.models import Person
from loype.bodies.actions import appoint_to_seat, establish_council, plan_meeting
from loype.councils.actions import put_on_agenda
from loype.councils.models import Case
from loype.kernel.clock import now
from loype.organisations.actions import give_role
from loype.organisations.actor import HOUSE
from loype.portfolio.actions import report_status
from loype.trail.handovers import hand_in, start_running
from tests.cast import TODAY, World
from tests.trail_world import TrailWorld, go_on, idea_of


def test_it_puts_the_longest_wait_first(world: World, client_of: Callable[[str], Client]) -> None:
    ada = world.actor("ada")
    for days in (1, 40, 3):
        hand_in(
            organisation=world.fjordvik, text=f"Ventet {days} dager", kind="idea", actor=ada,
            at=now() - timedelta(days=days),
        )  # fmt: skip
    rows = client_of("bo").get("/council/").context["rows"]
    assert [row.case.idea.title for row in rows] == [f"Ventet {days} dager" for days in (40, 3, 1)]
    assert [row.age.is_late for row in rows] == [True, False, False]


def test_it_tells_the_chair_whether_anyone_waited_too_long(
    world: World, client_of: Callable[[str], Client]
) -> None:
    bo, ada = client_of("bo"), world.actor("ada")
    assert "ideas wait for a decision" in bo.get("/council/").content.decode()
    hand_in(organisation=world.fjordvik, text="Nytt", kind="need", actor=ada, at=now())
    assert "nobody has passed the limit of 20" in bo.get("/council/").content.decode()
    idea_of(world, text="Gammelt")  # handed in in March, many months ago
    page = bo.get("/council/").content.decode()
    assert "is the longest wait; the limit is 20" in page
    assert 'data-late="yes"' in page


def test_it_pages_the_queue(world: World, client_of: Callable[[str], Client]) -> None:
    for turn in range(30):
        idea_of(world, text=f"Forslag nummer {turn}")
    bo = client_of("bo")
    first = bo.get("/council/")
    assert len(first.context["rows"]) == 25
    rest = bo.get("/council/", {"after": first.context["page"].older})
    assert len(rest.context["rows"]) == 5


def test_it_shows_what_is_late_or_in_trouble_first(
    world: World, client_of: Callable[[str], Client]
) -> None:
    cai = world.actor("cai")
    facts = {
        "Går fint": ("green", 400), "Tregt": ("yellow", 400), "Over tiden": ("green", 9),
        "Rødt": ("red", 400),
    }  # fmt: skip
    for title, (light, days) in facts.items():
        activity = go_on(
            world, idea_of(world, text=title), deadline=TODAY.date() + timedelta(days=days)
        )
        start_running(activity, actor=cai, at=TODAY)
        report_status(activity, light=light, text="x", next_step="y", actor=cai, at=TODAY)
    shown = client_of("bo").get("/council/").context["running"]
    assert [one.activity.title for one in shown] == ["Over tiden", "Rødt", "Tregt", "Går fint"]
    assert [one.is_late for one in shown] == [True, False, False, False]


def test_members_look_and_only_who_may_acts(
    trail: TrailWorld, client_of: Callable[[str], Client]
) -> None:
    bo = trail.world.actor("bo")
    coming = plan_meeting(
        trail.world.council, starts_at=now() + timedelta(days=8), actor=bo, at=now()  # type: ignore[arg-type]
    )  # fmt: skip
    case = Case.objects.get(idea=idea_of(trail.world, text="Noe nytt"))
    put_on_agenda(case, meeting=coming, actor=bo, at=now())
    for who, acts in (("bo", True), ("cai", False), ("fia", False)):
        page = client_of(who).get("/council/").content.decode()
        assert trail["idea"].title in page
        assert ("Plan a meeting" in page) is acts
        assert ("off the agenda" in page) is acts


def test_it_explains_itself_to_those_without_a_room(
    world: World, client_of: Callable[[str], Client]
) -> None:
    plan_meeting(
        world.council, starts_at=now() + timedelta(days=8), actor=world.actor("bo"), at=now()  # type: ignore[arg-type]
    )  # fmt: skip
    page = client_of("ada").get("/council/").content.decode()
    assert "Innovasjonsrådet i Fjordvik reads every idea" in page
    assert "It meets next on" in page
    assert "has no active council" in client_of("dee").get("/council/").content.decode()


@pytest.mark.parametrize("asked", ["999999", "x", "1" * 40, "-1", "²"])
def test_nonsense_is_no_room(world: World, client_of: Callable[[str], Client], asked: str) -> None:
    assert client_of("bo").get("/council/", {"organisation": asked}).status_code == 404


def test_who_sits_on_several_councils_chooses(
    world: World, client_of: Callable[[str], Client]
) -> None:
    gro, fia = world.actor("gro"), world.actor("fia")
    body = establish_council(
        world.organisations["skogbygda"], name="Rådet i Skogbygda", federation=world.federation,  # type: ignore[arg-type]
        actor=gro, at=TODAY,
    )  # fmt: skip
    appoint_to_seat(
        body.seats.get(kind="federation"), person=world.people["fia"], from_date=TODAY.date(),
        actor=fia, at=TODAY,
    )  # fmt: skip
    idea_of(world, text="Noe fra Skogbygda", by="gro")
    client = client_of("fia")
    page = client.get("/council/").content.decode()
    assert "Innovasjonsrådet i Fjordvik" in page
    assert "Decisions in Skogbygda kommune" in page
    place = world.organisations["skogbygda"].pk
    room = client.get("/council/", {"organisation": place}).content.decode()
    assert "Noe fra Skogbygda" in room
    assert "My other councils" in room


@pytest.mark.requirement("ROR-02")
def test_the_decider_has_a_room_without_a_council(
    world: World, client_of: Callable[[str], Client]
) -> None:
    idea_of(world, text="Felles kjøkken", by="gro")
    page = client_of("gro").get("/council/").content.decode()
    assert "Decisions in Skogbygda kommune" in page
    assert "the named decider decides each case" in page
    assert "Next meeting" not in page


def test_it_needs_no_more_statements_for_more_rows(
    trail: TrailWorld, client_of: Callable[[str], Client], statements: Callable[[], object]
) -> None:
    bo, world = client_of("bo"), trail.world
    places = (
        "/council/",
        "/council/decisions/",
        "/council/meetings/",
        f"/council/meetings/{trail['meeting'].pk}/",
        f"/council/meetings/{trail['meeting'].pk}/live/",
        f"/council/cases/{trail['case'].pk}/",
        f"/council/decisions/{trail['decision'].pk}/",
        "/council/setup/",
    )

    def needed() -> list[int]:
        found = []
        for place in places:
            with statements() as counted:  # type: ignore[attr-defined]
                assert bo.get(place).status_code == 200
            asked = [one for one in counted if not one["sql"].startswith("EXPLAIN")]
            found.append(len(asked))  # the planner's estimates are asked once a minute
        return found

    def grow() -> None:
        for turn in range(6):
            idea = idea_of(world, text=f"Enda et forslag {Case.objects.count()} {turn}")
            give_role(
                _newcomer(idea.pk), organisation=world.fjordvik, role="employee", actor=HOUSE,
                at=TODAY,
            )  # fmt: skip
            if turn % 2:
                go_on(world, idea)

    grow()
    few = needed()
    grow()
    grow()
    many = needed()
    assert many <= few
    lists, details = [few[0], few[1], few[2]], few[3:]
    assert max(lists) <= 8
    live = details.pop(1)
    assert max(details) <= 12  # ten, and two for who has it already
    # And six for who is there, proposals, votes, interests, dissent and the mandates.
    assert live <= 17


def _newcomer(number: int) -> Person:
    return Person.objects.create_user(f"new{number}@example.test", name=f"Ny {number}")
