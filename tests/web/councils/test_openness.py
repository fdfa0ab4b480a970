"""The public log, signed out too, and saying what the public may know."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from loype.councils.models import Decision
from loype.ideas.actions import change_visibility
from tests.cast import TODAY, World
from tests.councils.assessing.setting import begun, cases_of, closed, gives, opened
from tests.councils.openness.test_public_log import SECRET, basis, locked, withheld
from tests.trail_world import go_on, idea_of

SignIn = Callable[[str], Client]
TITLE = "Støy ved legevakten"


@pytest.fixture
def decision(world: World) -> Decision:
    """A decision about an idea that Fjordvik's own people read, in approved minutes."""
    return locked(go_on(world, idea_of(world, text=f"{TITLE}."), reasons=SECRET).decision)


ADDRESSES = (
    "decision_log", "decision_log_csv", "decision_feed_json", "decision_feed_rss",
)  # fmt: skip


def texts(client: Client, decision: Decision) -> dict[str, str]:
    """The log in all its forms."""
    told = {}
    for name in ADDRESSES:
        answer: Any = client.get(reverse(name))
        assert answer.status_code == 200
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told[name] = content.decode()
    entry = client.get(reverse("decision_log_entry", args=[decision.pk]))
    return told | {"decision_log_entry": entry.content.decode()}


@pytest.mark.requirement("NET-08")
def test_what_is_withheld_shows_its_legal_basis_in_every_form(
    world: World, decision: Decision, client_of: SignIn
) -> None:
    withheld(world, decision)
    for name in ("eve", "olaf", "dee", "ada", "bo"):
        for place, text in texts(client_of(name), decision).items():
            assert decision.number in text, place
            assert "Offentleglova § 13" in text, place
            assert SECRET not in text, place
            assert TITLE not in text, place
    for name in ("eve", "olaf", "dee"):
        answer = client_of(name).get(reverse("decision_page", args=[decision.pk]))
        assert answer.status_code == 404


@pytest.mark.requirement("NET-08")
def test_what_is_open_is_read_signed_out(
    world: World, decision: Decision, client_of: SignIn
) -> None:
    form = {"access_class": "open", "public_title": "Ro om natten"}
    siv = client_of("siv")
    place = reverse("decision_access", args=[decision.pk])
    assert "Ro om natten" not in texts(client_of("eve"), decision)["decision_log"]
    assert siv.post(place, form).status_code == 302
    for name, text in texts(client_of("eve"), decision).items():
        assert "Ro om natten" in text, name
        assert TITLE not in text, name
    assert "Kan" not in siv.get(place).content.decode().split("<form")[0]


def test_the_table_and_the_feeds_are_read_by_machines(
    world: World, decision: Decision, client_of: SignIn
) -> None:
    siv = client_of("siv")
    form = {"access_class": "open", "public_title": "=Ro"}
    siv.post(reverse("decision_access", args=[decision.pk]), form)
    told = texts(client_of("eve"), decision)
    row = next(csv.DictReader(io.StringIO(told["decision_log_csv"].removeprefix("\ufeff"))))
    assert (row["Number"], row["Title"], row["Reasons"]) == (decision.number, "'=Ro", SECRET)
    feed = json.loads(told["decision_feed_json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"][0]["_decision"]["number"] == decision.number
    item = ElementTree.fromstring(told["decision_feed_rss"]).find("channel/item")
    assert item is not None
    assert item.findtext("title") == "=Ro"


def test_what_must_be_mended_comes_back_with_what_was_typed(
    decision: Decision, client_of: SignIn
) -> None:
    place = reverse("decision_access", args=[decision.pk])
    answer = client_of("siv").post(place, {"access_class": "withheld", "reasons": "Kan kjennes"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Nothing is withheld without a legal basis" in text
    assert "Kan kjennes" in text
    form = {"access_class": "withheld", "reasons": "Ja", "legal_basis": basis().pk}
    assert client_of("siv").post(place, form).status_code == 302


@pytest.mark.requirement("NET-08")
def test_what_nobody_has_assessed_waits_in_a_list(
    world: World, decision: Decision, client_of: SignIn
) -> None:
    siv = client_of("siv")
    assert TITLE in siv.get(reverse("openness_queue")).content.decode()
    assert TITLE not in client_of("ada").get(reverse("openness_queue")).content.decode()
    withheld(world, decision)
    assert TITLE not in siv.get(reverse("openness_queue")).content.decode()


def test_the_log_is_narrowed_and_paged(world: World, client_of: SignIn) -> None:
    from loype.councils.actions import DecisionWords
    from loype.councils.models import Case
    from loype.trail.handovers import council_to_portfolio
    from tests.cast import TODAY

    for number in range(30):
        case = Case.objects.get(idea=idea_of(world, text=f"Forslag {number}.", by="dee"))
        words = DecisionWords(outcome="reject", reasons="Nei.")
        council_to_portfolio(case, words=words, actor=world.actor("mia"), at=TODAY)
    eve, elvestrand = client_of("eve"), world.organisations["elvestrand"].pk
    first = eve.get(reverse("decision_log"), {"organisation": elvestrand, "year": 2026})
    assert first.content.decode().count('class="row"') == 25
    assert "before=" in first.content.decode() or "after=" in first.content.decode()
    none = eve.get(reverse("decision_log"), {"organisation": world.fjordvik.pk})
    assert "No decisions here" in none.content.decode()
    opened_ones = eve.get(reverse("decision_log"), {"access": "open"})
    assert "No decisions here" in opened_ones.content.decode()


@pytest.mark.requirement("NET-08")
def test_equal_treatment_is_proved_or_what_is_missing_is_named(
    world: World, client_of: SignIn
) -> None:
    cases = cases_of(world, "Nøkler", "Vikarer")
    round = opened(world, cases)
    bo = client_of("bo")

    def proof() -> str:
        answer = bo.get(reverse("round_proof", args=[round.pk]))
        assert answer.status_code == 200
        return answer.content.decode()

    assert "nobody has handed in yet" in proof()
    begun(world, round, "cai", interests={round.round_cases.get(case=cases[0]).pk: "Min kone"})
    for name in ("bo", "fia"):
        gives(world, round, name, dict.fromkeys(cases, 4))
    closed(world, round)
    text = proof()
    assert "2 members declared their interests" in text
    assert "not decided yet" in text
    assert "Not all of it can be shown yet." in text
    for case in cases:
        go_on(world, case.idea)
    text = proof()
    assert "Yes: every idea was judged on the same criteria" in text
    assert "cannot be shown" not in text
    for name in ("ada", "dee", "olaf"):
        assert client_of(name).get(reverse("round_proof", args=[round.pk])).status_code == 404


@pytest.mark.requirement("NET-08")
def test_a_case_judged_on_fewer_criteria_is_found(world: World) -> None:
    from django.db import connection

    from loype.councils.models import Score
    from loype.councils.openness.equal import prove_equal_treatment

    cases = cases_of(world, "Nøkler", "Vikarer")
    round = opened(world, cases)
    gives(world, round, "bo", dict.fromkeys(cases, 4))
    closed(world, round)
    actor = world.actor("bo")
    checks = {one.key: one for one in prove_equal_treatment(round, actor=actor).checks}
    assert checks["criteria"].holds
    with connection.cursor() as cursor:  # past every rule, as a tampering operator would
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE councils_score DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM councils_score WHERE id = %s", [Score.objects.latest("pk").pk])
    checks = {one.key: one for one in prove_equal_treatment(round, actor=actor).checks}
    assert [gap.words for gap in checks["criteria"].gaps] == ["not judged on the same criteria"]


def test_the_proof_leaves_out_what_another_organisation_took_back(
    world: World, client_of: SignIn
) -> None:
    own = cases_of(world, "Nøkler", "Vikarer")
    (theirs,) = cases_of(world, "Lys i trapper", by="dee", visibility="federation")
    round = opened(world, [*own, theirs])
    gives(world, round, "bo", dict.fromkeys([*own, theirs], 4))
    change_visibility(theirs.idea, visibility="organisation", actor=world.actor("dee"), at=TODAY)
    answer = client_of("bo").get(reverse("round_proof", args=[round.pk]))
    assert answer.status_code == 200
    assert "Vikarer" in answer.content.decode()
    assert "Lys i trapper" not in answer.content.decode()


def test_only_who_prepares_cases_is_led_to_what_the_public_may_know(
    world: World, decision: Decision, client_of: SignIn
) -> None:
    access, queue = reverse("decision_access", args=[decision.pk]), reverse("openness_queue")
    points = reverse("decision_points", args=[decision.pk])
    page = reverse("decision_page", args=[decision.pk])
    room = f"{reverse('council_room')}?organisation={world.fjordvik.pk}"
    for name, may in (("bo", True), ("siv", True), ("cai", False), ("fia", False)):
        client = client_of(name)
        shown = client.get(page).content.decode()
        logged = client.get(reverse("decision_log_entry", args=[decision.pk])).content.decode()
        assert (access in logged) is may, name
        for address in (access, points):
            assert (address in shown) is may, (name, address)
            assert client.get(address).status_code == (200 if may else 403), (name, address)
        assert (access in client.get(queue).content.decode()) is may, name
        assert (queue in client.get(room).content.decode()) is may, name
