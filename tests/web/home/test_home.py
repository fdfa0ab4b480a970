"""The home page: one question, what waits for me, mine, near me, reusable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from loype.bodies.actions import call_meeting, plan_meeting
from loype.councils.models import Case
from loype.kernel.clock import now
from loype.spread.actions import confirm_in_use, move_adoption
from tests.cast import World
from tests.trail_world import TrailWorld, idea_of

SignIn = Callable[[str], Client]


def home(client: Client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def section(page: str, name: str) -> str:
    """The section with this heading, or nothing."""
    if f'aria-labelledby="{name}"' not in page:
        return ""
    return page.split(f'aria-labelledby="{name}"', 1)[1].split("</section>", 1)[0]


def test_the_question_comes_first(world: World, client_of: SignIn) -> None:
    page = home(client_of("ada"))
    main = page[page.index("<main") :]
    assert main.index("What could be better where you work?") < main.index("Mine")
    assert 'action="/ideas/new/"' in main


def test_mine_show_the_trail_line_and_the_latest_news(trail: TrailWorld, client_of: SignIn) -> None:
    mine = section(home(client_of("ada")), "mine")
    assert trail["solution"].activity.idea.title in mine
    assert mine.count('class="trail-line"') == 5
    assert "Now a solution that others can use." in mine


def test_what_waits_is_shown_by_kind(trail: TrailWorld, client_of: SignIn) -> None:
    cai = section(home(client_of("cai")), "waits")
    assert trail["idea"].title in cai
    assert "You are responsible; it waits for a decision" in cai
    assert "Tell how it goes" in cai  # the running trial was last heard of in March
    assert trail["activity"].title in cai
    ada = section(home(client_of("ada")), "waits")
    assert trail["draft"].title in ada
    assert "You are responsible" not in ada
    mia = section(home(client_of("mia")), "waits")
    assert "Fjordvik kommune asks your council to join" in mia
    assert "asks your council to join" not in section(home(client_of("dee")), "waits")


@pytest.mark.requirement("ROR-20")
@pytest.mark.parametrize("name", ["bo", "siv"])
def test_those_who_run_the_council_see_its_queue(
    name: str, trail: TrailWorld, client_of: SignIn
) -> None:
    waiting = Case.objects.filter(
        organisation=trail.world.fjordvik, state__in=("waiting", "on_agenda")
    )
    alone = waiting.filter(responsible=None).count()
    waits = section(home(client_of(name)), "waits")
    assert f"{waiting.count()} wait for a decision in Fjordvik kommune" in waits
    assert f"{alone} have nobody responsible" in waits
    assert "The oldest has waited since" in waits


@pytest.mark.parametrize("name", ["ada", "cai", "fia", "dee", "olaf"])
def test_others_do_not_see_the_queue(name: str, trail: TrailWorld, client_of: SignIn) -> None:
    assert "in Fjordvik kommune" not in section(home(client_of(name)), "waits")


def test_a_meeting_one_is_called_to_waits(world: World, client_of: SignIn) -> None:
    meeting = plan_meeting(
        world.council, starts_at=now() + timedelta(days=4), place="Rom 2",
        actor=world.actor("bo"), at=now(),
    )  # fmt: skip
    assert "You are called" not in section(home(client_of("fia")), "waits")
    call_meeting(meeting, actor=world.actor("bo"), at=now())
    for name in ("bo", "cai", "fia"):
        waits = section(home(client_of(name)), "waits")
        assert waits.count("You are called to a meeting") == 1
        assert "Rom 2" in waits
    assert "You are called" not in home(client_of("ada"))


def test_near_me_holds_what_others_handed_in(trail: TrailWorld, client_of: SignIn) -> None:
    other = idea_of(trail.world, text="Fra en kollega", by="siv")
    foreign = idea_of(trail.world, text="Langt borte", by="olaf", visibility="public")
    near = section(home(client_of("ada")), "near")
    assert other.title in near
    assert trail["idea"].title not in near
    assert foreign.title not in near
    shared = section(home(client_of("dee")), "near")
    assert other.title not in shared
    assert trail["public_idea"].title in shared


def test_what_could_be_reused_is_not_ours_and_not_taken_up(
    trail: TrailWorld, client_of: SignIn
) -> None:
    title = trail["solution"].title
    assert title not in section(home(client_of("ada")), "reuse")  # ours
    assert title not in section(home(client_of("dee")), "reuse")  # taken up
    assert title in section(home(client_of("gro")), "reuse")
    assert title not in section(home(client_of("olaf")), "reuse")  # not readable


def test_reuse_reaches_the_giver(trail: TrailWorld, client_of: SignIn) -> None:
    dee = trail.world.actor("dee")
    adoption = trail["adoption"]
    for state in ("testing", "adapting"):
        adoption = move_adoption(adoption, state=state, actor=dee, at=now())
    confirm_in_use(adoption, value_seen="Kortere ventetid", actor=dee, at=now())
    assert "In use in 1 other organisation." in section(home(client_of("ada")), "mine")


def test_signed_out_it_is_a_front_page(trail: TrailWorld, client_of: SignIn) -> None:
    page = home(client_of("eve"))
    assert trail["public_idea"].title in page
    assert trail["idea"].title not in page
    assert trail["federation_idea"].title not in page
    assert "/account/login/" in page
    assert "<textarea" not in page
