"""Searches one keeps: one's own, told once, and never of what one may not read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loype.history.models import Event
from loype.ideas.actions import change_visibility
from loype.kernel.errors import BadInput, WrongMoment
from loype.mail.models import OutgoingMail
from loype.notices.actions import tell_about
from loype.notices.mailing import mail_waiting
from loype.notices.models import Notice
from loype.notices.words import explanation, headline
from loype.organisations.actions import leave_organisation
from loype.search.finding import Filters
from loype.search.indexing import index_waiting
from loype.search.saved import actions
from loype.search.saved.actions import MOST_SAVED, run_saved_searches, save_search
from loype.search.saved.models import SavedSearch
from tests.cast import TODAY, World
from tests.trail_world import idea_of

SignIn = Callable[[str], Client]
NIGHT = TODAY + timedelta(hours=19)


@pytest.fixture(autouse=True)
def _by_words(settings: Any) -> None:
    settings.LOYPE_EMBEDDING_PROVIDER = "none"


def keep(world: World, *, by: str = "dee", asked: str = "gravemaskin", **narrowed: Any) -> Any:
    """A search that somebody keeps."""
    return save_search(asked=asked, filters=Filters(**narrowed), actor=world.actor(by), at=TODAY)


def night(*, days: int = 0) -> list[Notice]:
    """What the worker does in a night; gives the notices there are afterwards."""
    at = NIGHT + timedelta(days=days)
    index_waiting(at=at)
    run_saved_searches(at=at)
    for event in Event.objects.filter(verb="find_new"):
        tell_about(event.pk, at=at)
    return list(Notice.objects.filter(subject="found_new").order_by("pk"))


# --- telling ------------------------------------------------------------------------------------


def test_it_tells_of_what_is_new_once(world: World) -> None:
    idea_of(world, text="Gravemaskin fra før.", visibility="federation")
    keep(world)
    assert night() == []
    idea_of(world, text="Gravemaskin på deling.", visibility="federation")
    idea_of(world, text="Noe helt annet.", visibility="federation")
    [notice] = night(days=1)
    assert notice.person == world.people["dee"]
    assert headline(notice.subject, notice.facts) == "New for your search “gravemaskin”: 1."
    told = explanation(notice.subject, notice.facts)
    assert told == "Gravemaskin på deling (idea or need, Fjordvik kommune)"
    assert night(days=1) == night(days=2) == [notice]
    for _time in range(2):
        mail_waiting(at=NIGHT + timedelta(days=3))
    assert OutgoingMail.objects.filter(notices=notice).count() == OutgoingMail.objects.count() == 1


def test_it_tells_of_what_became_visible(world: World) -> None:
    idea = idea_of(world, text="Gravemaskin på deling.")
    keep(world)
    assert night() == []
    change_visibility(idea, visibility="federation", actor=world.actor("siv"), at=TODAY)
    assert [one.facts["count"] for one in night(days=1)] == [1]
    change_visibility(idea, visibility="organisation", actor=world.actor("siv"), at=TODAY)
    change_visibility(idea, visibility="federation", actor=world.actor("siv"), at=TODAY)
    assert len(night(days=2)) == 1  # it is known already


@pytest.mark.parametrize("visibility", ["confidential", "organisation"])
def test_it_never_tells_of_what_one_may_not_read(visibility: str, world: World) -> None:
    keep(world)
    keep(world, by="olaf")
    idea_of(world, text="Gravemaskin på deling.", visibility=visibility)
    assert night() == []
    assert not Event.objects.filter(verb="find_new").exists()


def test_it_asks_anew_what_one_may_read_when_it_tells(world: World) -> None:
    keep(world)
    first = idea_of(world, text="Gravemaskin på deling.", visibility="federation")
    idea_of(world, text="Gravemaskin til leie.", visibility="federation")
    index_waiting(at=NIGHT)
    run_saved_searches(at=NIGHT)
    change_visibility(first, visibility="organisation", actor=world.actor("siv"), at=NIGHT)
    [notice] = night()
    assert notice.facts["count"] == 1
    assert "deling" not in str(notice.facts)


def test_it_tells_nobody_who_has_left(world: World) -> None:
    keep(world)
    idea_of(world, text="Gravemaskin på deling.", visibility="federation")
    home = world.organisations["elvestrand"]
    leave_organisation(home, person=world.people["dee"], actor=world.actor("dee"), at=TODAY)
    assert night(days=2) == []


def test_it_does_nothing_twice_when_it_dies_half_way(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(world)
    keep(world, by="gro")
    idea_of(world, text="Gravemaskin på deling.", visibility="federation")
    index_waiting(at=NIGHT)
    run = actions.run_saved_search
    done: list[int] = []

    def dies(saved_id: int, *, at: Any) -> bool:
        if done:
            raise KeyboardInterrupt
        done.append(saved_id)
        return run(saved_id, at=at)

    monkeypatch.setattr(actions, "run_saved_search", dies)
    with pytest.raises(KeyboardInterrupt):
        run_saved_searches(at=NIGHT)
    monkeypatch.setattr(actions, "run_saved_search", run)
    assert len(night()) == 2
    assert Event.objects.filter(verb="find_new").count() == 2


def test_it_goes_on_where_one_search_fails(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = keep(world)
    keep(world, by="gro")
    idea_of(world, text="Gravemaskin på deling.", visibility="federation")
    run = actions.run_saved_search

    def fails(saved_id: int, *, at: Any) -> bool:
        if saved_id == broken.pk:
            raise ValueError(saved_id)
        return run(saved_id, at=at)

    monkeypatch.setattr(actions, "run_saved_search", fails)
    assert [one.person for one in night()] == [world.people["gro"]]


def test_it_names_at_most_twenty(world: World) -> None:
    keep(world, asked="", kinds=frozenset({"idea"}))
    for number in range(23):
        idea_of(world, text=f"Gravemaskin {number}", visibility="federation")
    [notice] = night()
    assert notice.facts["count"] == 23
    assert len(notice.facts["found"]) == 20
    assert explanation(notice.subject, notice.facts).endswith("and 3 more")


def test_it_leads_from_the_notice_to_the_search(world: World, client_of: SignIn) -> None:
    saved = keep(world, kinds=frozenset({"idea"}))
    idea_of(world, text="Gravemaskin på deling.", visibility="federation")
    [notice] = night()
    dee = client_of("dee")
    answer = dee.get(reverse("notice_open", args=[notice.pk]))
    assert answer.headers["Location"] == reverse("saved_search", args=[saved.pk])
    answer = dee.get(answer.headers["Location"])
    assert answer.headers["Location"] == "/search/?q=gravemaskin&kind=idea"
    assert "deling" in dee.get(answer.headers["Location"]).content.decode()


def test_it_lets_the_events_name_no_words_of_the_search(world: World) -> None:
    keep(world)
    idea_of(world, text="Gravemaskin på deling.", visibility="federation")
    night()
    event = Event.objects.get(verb="find_new")
    assert set(event.change) == {"texts"}
    assert event.person_id is None


# --- keeping ------------------------------------------------------------------------------------


def test_it_keeps_one_names_it_anew_and_stops(world: World, client_of: SignIn) -> None:
    dee = client_of("dee")
    facts = {"q": "gravemaskin", "kind": ["idea", "solution"], "language": "nb"}
    answer = dee.post(reverse("search_save"), facts)
    assert (
        answer.headers["Location"] == "/search/?q=gravemaskin&kind=idea&kind=solution&language=nb"
    )
    dee.post(reverse("search_save"), facts)
    saved = SavedSearch.objects.get()
    assert saved.narrowed == {"kind": ["idea", "solution"], "language": ["nb"]}
    shown = dee.get(reverse("saved_search_list")).content.decode()
    assert "gravemaskin" in shown
    assert "Norsk bokmål" in shown
    rename = reverse("saved_search_rename", args=[saved.pk])
    assert dee.post(rename, {"name": " "}).status_code == 422
    assert dee.post(rename, {"name": "Maskiner"}).status_code == 302
    assert "Maskiner" in dee.get(reverse("saved_search_list")).content.decode()
    assert dee.post(reverse("saved_search_stop", args=[saved.pk])).status_code == 302
    assert not SavedSearch.objects.exists()


def test_it_keeps_nothing_for_an_open_question(world: World, client_of: SignIn) -> None:
    with pytest.raises(BadInput):
        keep(world, asked="  ")
    assert client_of("dee").post(reverse("search_save"), {"q": ""}).status_code == 422


def test_it_keeps_at_most_thirty(world: World) -> None:
    for number in range(MOST_SAVED):
        keep(world, asked=f"ting {number}")
    keep(world, asked="ting 3")  # the same one is no other
    with pytest.raises(WrongMoment):
        keep(world, asked="en til")


def test_it_shows_nobody_what_others_keep(world: World, client_of: SignIn) -> None:
    saved = keep(world)
    for name in ("mia", "siv", "olaf"):
        client = client_of(name)
        assert "gravemaskin" not in client.get(reverse("saved_search_list")).content.decode()
        for address in ("saved_search", "saved_search_rename", "saved_search_stop"):
            ask = client.get if address == "saved_search" else client.post
            assert ask(reverse(address, args=[saved.pk])).status_code == 404


def test_it_lists_with_at_most_eight_statements(
    world: World, client_of: SignIn, statements: Any
) -> None:
    ours = frozenset({world.fjordvik.pk})
    federation = world.federation.pk  # type: ignore[union-attr]
    for number in range(12):
        keep(world, asked=f"ting {number}", organisations=ours, federation=federation)
    client = client_of("dee")
    with statements() as counted:
        shown = client.get(reverse("saved_search_list")).content.decode()
    assert shown.count("Fjordvik kommune") >= 12
    assert len(counted) <= 8


def test_it_gives_one_what_is_kept_of_oneself(world: World, client_of: SignIn) -> None:
    keep(world)
    from loype.web.accounts.own_data import own_data

    told = own_data(world.people["dee"], actor=world.actor("dee"))
    assert [one["asked"] for one in told["saved_searches"]] == ["gravemaskin"]
