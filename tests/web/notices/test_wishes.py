"""Choosing how and when to hear: on a page, by program, and by the link in a mail."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loype.accounts.models import Person
from loype.history.models import Event
from loype.notices.actions import tell_about
from loype.notices.kinds import ALWAYS_IN_APP, How, NoticeKind
from loype.notices.mailing import mail_waiting
from loype.notices.models import KindWish, Notice, NoticeRhythm
from loype.notices.stopping import stop_address, stop_secret
from loype.notices.wishes import RhythmWords, choose_notices, wishes_of
from tests.cast import TODAY, World
from tests.post import PostOffice, post_office
from tests.trail_world import idea_of

pytestmark = pytest.mark.requirement("EP-22")

SignIn = Callable[[str], Client]
SAID = {"mail_wish": "important", "digest_time": "07:30", "digest_weekday": "0"}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    """A mail server that speaks SMTP."""
    with post_office(settings) as opened:
        yield opened


def wishes(world: World, name: str = "ada") -> Any:
    """What somebody wishes now."""
    return wishes_of(Person.objects.get(pk=world.people[name].pk))


# --- the page ------------------------------------------------------------------------------------


def test_it_keeps_what_is_chosen_and_shows_it_again(world: World, client_of: SignIn) -> None:
    ada = client_of("ada")
    answer = ada.post(
        reverse("notice_wishes"),
        {
            **SAID, "talk": "never", "mine": "daily", "reuse": "", "digest_time": "15:45",
            "digest_weekday": "4", "quiet_from": "17:00", "quiet_to": "07:00",
            "quiet_days": ["5", "6"], "time_zone": "America/Nuuk", "version": "0",
        },
    )  # fmt: skip
    assert answer.status_code == 302

    kept = wishes(world)
    assert (kept.how("talk"), kept.how("mine"), kept.how("reuse")) == ("never", "daily", "daily")
    assert kept.rhythm.zone.key == "America/Nuuk"
    assert (kept.rhythm.quiet_from, kept.rhythm.quiet_to) == (time(17), time(7))
    assert kept.rhythm.quiet_days == {5, 6}
    page = ada.get(reverse("notice_wishes")).content.decode()
    assert 'value="17:00"' in page
    assert re.search(r'<option value="never"[^>]* selected', page)
    assert re.search(r'<option value="America/Nuuk"[^>]* selected', page)


@pytest.mark.parametrize("kind", sorted(ALWAYS_IN_APP))
def test_what_concerns_one_offers_no_never_and_says_why(
    kind: str, world: World, client_of: SignIn
) -> None:
    ada = client_of("ada")
    page = ada.get(reverse("notice_wishes")).content.decode()
    offered = re.search(rf'<select name="{kind}".*?</select>', page, re.DOTALL)
    assert offered is not None
    assert 'value="never"' not in offered[0]
    assert str(ALWAYS_IN_APP[NoticeKind(kind)]).split(",")[0] in page

    assert ada.post(reverse("notice_wishes"), {**SAID, kind: "never"}).status_code == 422
    assert not KindWish.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"quiet_from": "17:00"}, "Say both when the quiet begins and when it ends"),
        ({"quiet_from": "17:00", "quiet_to": "17:00"}, "must end at another time"),
        ({"quiet_days": [str(day) for day in range(7)]}, "Leave one day for mail"),
        ({"time_zone": "Mars/Olympus"}, "ds-error-summary"),
        ({"talk": "by_pigeon"}, "ds-error-summary"),
        ({"mail_wish": "spam"}, "ds-error-summary"),
    ],
)
def test_it_says_what_must_be_mended_and_keeps_what_was_typed(
    wrong: dict[str, Any], said: str, client_of: SignIn
) -> None:
    answer = client_of("ada").post(reverse("notice_wishes"), {**SAID, "mine": "weekly", **wrong})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert re.search(r'<option value="weekly"[^>]* selected', page)
    assert not NoticeRhythm.objects.exists()


def test_two_windows_lose_nothing(world: World, client_of: SignIn) -> None:
    ada = client_of("ada")
    assert ada.post(reverse("notice_wishes"), {**SAID, "version": "0"}).status_code == 302
    late = ada.post(reverse("notice_wishes"), {**SAID, "version": "0", "mine": "weekly"})

    assert late.status_code == 409
    assert wishes(world).how("mine") == How.AT_ONCE


def test_a_choice_can_be_taken_back(world: World, client_of: SignIn) -> None:
    ada = client_of("ada")
    ada.post(reverse("notice_wishes"), {**SAID, "talk": "never"})
    ada.post(reverse("notice_wishes"), {**SAID, "talk": ""})

    assert wishes(world).how("talk") == How.DAILY


def test_how_much_by_mail_is_what_is_usual_for_every_kind(world: World, client_of: SignIn) -> None:
    ada = client_of("ada")
    for wish, how in (("all", How.AT_ONCE), ("none", How.APP), ("important", How.DAILY)):
        ada.post(reverse("notice_wishes"), {**SAID, "mail_wish": wish})
        assert wishes(world).how("talk") == how


# --- the API -------------------------------------------------------------------------------------


def test_the_api_reads_and_keeps_the_same(world: World, client_of: SignIn) -> None:
    ada = client_of("ada")
    before = ada.get("/api/v1/notices/wishes").json()
    assert {one["kind"]: one["how"] for one in before["kinds"]}["followed"] == "app"
    wanted = {
        "kinds": {"talk": "weekly", "reuse": "usual"}, "quiet_from": "20:00", "quiet_to": "06:30",
        "digest_time": "08:15", "digest_weekday": 2, "version": before["version"],
    }  # fmt: skip

    def put(**more: Any) -> Any:
        said = json.dumps({**wanted, **more})
        return ada.put("/api/v1/notices/wishes", said, content_type="application/json")

    after = put().json()
    assert {one["kind"]: one["how"] for one in after["kinds"]}["talk"] == "weekly"
    assert (after["quiet_from"], after["digest_time"]) == ("20:00", "08:15")
    assert put().status_code == 409
    assert put(version=after["version"], kinds={"mine": "never"}).status_code == 422
    assert put(version=after["version"], quiet_to=None).status_code == 422


# --- stopping by the link ------------------------------------------------------------------------


def mailed(world: World, office: PostOffice) -> tuple[str, str]:
    """Ada gets a mail with a receipt; the path in its header, and its words."""
    idea_of(world, text="Noe")
    for event in Event.objects.order_by("pk"):
        tell_about(event.pk, at=TODAY)
    mail_waiting(at=TODAY + timedelta(days=2))
    office.deliver_waiting()
    [mail] = office.to("ada@example.test")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    header = str(mail["List-Unsubscribe"]).strip()
    path = re.fullmatch(r"<http://127\.0\.0\.1:8000(/\S+)>", header)
    assert path is not None
    return path[1], office.text_to("ada@example.test")


def test_the_button_of_a_mail_program_stops_the_mail(world: World, office: PostOffice) -> None:
    """As in RFC 8058: one POST, no cookies, no sign-in, no redirect."""
    path, _words = mailed(world, office)
    answer = Client(enforce_csrf_checks=True).post(path, ONE_CLICK)

    assert answer.status_code == 200
    assert wishes(world).how("mine") == How.APP
    idea_of(world, text="Mer")
    for event in Event.objects.order_by("pk"):
        tell_about(event.pk, at=TODAY)
    mail_waiting(at=TODAY + timedelta(days=9))
    office.deliver_waiting()
    assert len(office.to("ada@example.test")) == 1
    assert Notice.objects.filter(person=world.people["ada"]).count() == 2


def test_looking_at_the_link_changes_nothing(world: World, office: PostOffice) -> None:
    """Scanners and previews open links."""
    path, _words = mailed(world, office)
    client = Client()
    for answer in (client.get(path), client.head(path)):
        assert answer.status_code == 200
        assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Stop this mail" in client.get(path).content.decode()
    assert wishes(world).how("mine") == How.AT_ONCE
    assert not KindWish.objects.exists()


def test_a_person_presses_the_button_and_takes_it_back(world: World, office: PostOffice) -> None:
    _path, words = mailed(world, office)
    found = re.search(r"No more mail about: my ideas and what I lead:\s+http://[^/]+(/\S+)", words)
    assert found is not None
    browser = Client(enforce_csrf_checks=True)
    stopped = browser.post(found[1], ONE_CLICK).content.decode()
    assert wishes(world).how("mine") == How.APP

    undo = re.search(r'action="([^"]+/undo/)"', stopped)
    assert undo is not None
    assert "Mail comes as before" in browser.post(undo[1]).content.decode()
    assert wishes(world).how("mine") == How.AT_ONCE
    assert not KindWish.objects.exists()
    assert "Nothing to undo" in browser.post(undo[1]).content.decode()


@pytest.mark.django_db
def test_undo_brings_back_what_was_chosen_and_touches_nothing_chosen_since(world: World) -> None:
    ada = world.people["ada"]

    def choose(how: str) -> None:
        choose_notices(
            ada, kinds={"talk": how}, rhythm=RhythmWords(), actor=world.actor("ada"), at=TODAY
        )

    choose("weekly")
    path = f"/notices/stop/{stop_secret(ada, kinds=['talk'])}/"
    for _time in range(2):  # the second press finds nothing to stop and forgets nothing
        Client().post(path, ONE_CLICK)
    Client().post(f"{path}undo/")
    assert wishes(world).how("talk") == How.WEEKLY

    Client().post(path, ONE_CLICK)
    choose("never")
    Client().post(f"{path}undo/")
    assert wishes(world).how("talk") == How.NEVER


@pytest.mark.django_db
def test_a_link_that_was_never_given_out_is_no_link(world: World) -> None:
    good = stop_secret(world.people["ada"], kinds=["talk"])
    for secret in ("nonsense", good[:-1] + ("a" if good[-1] != "a" else "b"), f"{good}x"):
        for method in ("get", "post"):
            answer = getattr(Client(), method)(f"/notices/stop/{secret}/")
            assert answer.status_code == 404
    assert not KindWish.objects.exists()


@pytest.mark.django_db
def test_a_forwarded_link_tells_nothing_about_the_person(world: World) -> None:
    Person.objects.filter(pk=world.people["ada"].pk).update(name="Ada Berg", language="nb")
    page = Client().get(f"/notices/stop/{stop_secret(world.people['ada'], kinds=['mine'])}/")

    assert "Ada" not in page.content.decode()
    assert "ada@example.test" not in page.content.decode()
    assert '<html lang="nb"' in page.content.decode()


@pytest.mark.django_db
def test_the_addresses_in_mails_are_those_of_the_pages(world: World, settings: Any) -> None:
    ada = world.people["ada"]
    secret = stop_secret(ada, kinds=["talk"])

    assert stop_address(ada, kinds=["talk"]) == settings.SITE_ADDRESS + reverse(
        "notice_stop", args=[secret]
    )
    assert reverse("notice_wishes") == "/notices/wishes/"
    assert reverse("notice_open", args=[5]) == "/notices/5/"
