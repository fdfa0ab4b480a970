"""The list of probable same needs: whom it is for, what is answered there, where else it shows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loype.councils.actions import put_on_agenda
from loype.councils.models import Case
from loype.ideas.models import Idea
from loype.search.models import SameNeed
from loype.search.needs.actions import confirm_pair
from tests.cast import TODAY, World
from tests.trail_world import TrailWorld

SignIn = Callable[[str], Client]


def answer(client: Client, pair: SameNeed, act: str, *, htmx: bool = False, **more: Any) -> Any:
    """Press one of the buttons."""
    headers = {"HX-Request": "true"} if htmx else {}
    data = {"act": act, "version": SameNeed.objects.get(pk=pair.pk).version, **more}
    return client.post(reverse("need_answer", args=[pair.pk]), data, headers=headers)


def now(pair: SameNeed) -> SameNeed:
    """The pair as it is now."""
    return SameNeed.objects.with_ideas().get(pk=pair.pk)


@pytest.mark.requirement("ROR-08")
def test_both_councils_see_it_where_they_work(trail: TrailWorld, client_of: SignIn) -> None:
    own = {"bo": trail["federation_idea"], "mia": trail["twin"]}
    for name, place in (("bo", "Elvestrand kommune"), ("mia", "Fjordvik kommune")):
        client = client_of(name)
        other = own["mia" if name == "bo" else "bo"]

        room = client.get(reverse("council_room")).content.decode()
        case = Case.objects.get(idea=own[name])
        page = client.get(reverse("case_page", args=[case.pk])).content.decode()
        listed = client.get(reverse("need_list")).content.decode()

        assert f"The same need: {place}" in room
        assert "The same need elsewhere" in page
        assert reverse("need_pair", args=[trail["pair"].pk]) in page
        assert other.title in listed


def test_those_without_a_council_read_who_looks_after_it(
    trail: TrailWorld, client_of: SignIn
) -> None:
    page = client_of("ada").get(reverse("need_list")).content.decode()

    assert "Councils and federations look after this list" in page
    assert trail["twin"].title not in page


def test_one_organisation_learns_nothing_of_anothers_inner_pairs(
    trail: TrailWorld, client_of: SignIn
) -> None:
    page = client_of("mia").get(reverse("need_list")).content.decode()

    assert trail["confidential_idea"].title not in page
    assert f'id="pair-{trail["inner_pair"].pk}"' not in page
    inner = reverse("need_pair", args=[trail["inner_pair"].pk])
    assert client_of("mia").get(inner).status_code == 404
    assert answer(client_of("mia"), trail["inner_pair"], "dismiss").status_code == 404


def test_it_is_confirmed_without_javascript_and_leads_back(
    trail: TrailWorld, client_of: SignIn
) -> None:
    client = client_of("bo")
    query = f"state=proposed&organisation={trail.world.fjordvik.pk}"

    done = answer(client, trail["pair"], "confirm", back=query)

    assert (done.status_code, done["Location"]) == (302, f"{reverse('need_list')}?{query}")
    assert now(trail["pair"]).state == "confirmed"
    assert "Noted as the same need." in client.get(done["Location"]).content.decode()
    page = client.get(f"{reverse('need_list')}?state=confirmed").content.decode()
    assert "It is the same need." in page


def test_the_card_answers_in_its_place(trail: TrailWorld, client_of: SignIn) -> None:
    client = client_of("bo")

    card = answer(client, trail["pair"], "dismiss", htmx=True, reason="Ulike kurs.", back="")

    text = card.content.decode()
    assert card.status_code == 200
    assert text.lstrip().startswith("<article")
    assert "Nobody is asked again" in text
    assert "Ulike kurs." in text
    assert "Take the answer back" in text

    again = answer(client, trail["pair"], "take_back", htmx=True, back="")
    assert "Possibly the same" in again.content.decode() or "Probably" in again.content.decode()
    assert now(trail["pair"]).state == "proposed"


@pytest.mark.requirement("ROR-22")
def test_it_is_linked_in_either_direction(trail: TrailWorld, client_of: SignIn) -> None:
    answer(client_of("bo"), trail["pair"], "link", relation="depends_on-turned", back="")

    pair = now(trail["pair"])
    assert (pair.state, pair.relation, pair.first) == ("linked", "depends_on", trail["twin"])
    page = client_of("mia").get(reverse("need_pair", args=[pair.pk])).content.decode()
    assert "must wait for" in page


@pytest.mark.requirement("ROR-22")
def test_the_council_merges_from_the_list_with_its_reasons(
    trail: TrailWorld, client_of: SignIn
) -> None:
    bo, inner = client_of("bo"), trail["inner_pair"]

    refused = answer(bo, inner, "merge", reason="Samme behov.")
    assert refused.status_code == 409
    assert "Samme behov." in refused.content.decode(), "what was typed is kept"

    case = Case.objects.get(idea=trail["confidential_idea"])
    put_on_agenda(case, meeting=trail.world.meeting, actor=trail.world.actor("bo"), at=TODAY)
    refused = answer(bo, inner, "merge", reason="")
    assert refused.status_code == 422
    assert "Give the reasons" in refused.content.decode()

    assert answer(bo, inner, "merge", reason="Samme behov.").status_code == 302
    assert Idea.objects.get(pk=case.idea_id).merged_into == trail["idea"]
    assert now(inner).state == "merged"


def test_two_who_answer_at_once_hear_of_each_other(trail: TrailWorld, client_of: SignIn) -> None:
    confirm_pair(trail["pair"], actor=trail.world.actor("mia"), at=TODAY)

    late = client_of("bo").post(
        reverse("need_answer", args=[trail["pair"].pk]), {"act": "dismiss", "version": 1}
    )

    assert late.status_code == 409
    assert "Somebody answered after you opened this" in late.content.decode()
    assert now(trail["pair"]).state == "confirmed"


@pytest.mark.parametrize("htmx", [False, True])
def test_a_reason_that_is_too_long_comes_back(
    htmx: bool, trail: TrailWorld, client_of: SignIn
) -> None:
    reason = "Samme sak.\r\n" * 200  # a browser counts 2200 signs of it, and sends 2400
    response = answer(client_of("bo"), trail["pair"], "dismiss", htmx=htmx, reason=reason)
    assert response.status_code == 422
    assert response.content.decode().count("Samme sak.") == 200
    assert now(trail["pair"]).state == "proposed"
    assert answer(client_of("bo"), trail["pair"], "nonsense").status_code == 404


def test_ideas_are_linked_by_their_numbers(trail: TrailWorld, client_of: SignIn) -> None:
    client, place = client_of("bo"), reverse("need_link")
    one, other = trail["public_idea"], trail["twin"]
    data = {"one": one.case_number.lower(), "other": other.case_number, "relation": "parent"}

    done = client.post(place, data)

    pair = SameNeed.objects.get(idea_a=one, idea_b=other)
    assert (done.status_code, done["Location"]) == (302, reverse("need_pair", args=[pair.pk]))
    assert (pair.relation, pair.first) == ("parent", one)
    wrong = client.post(place, data | {"other": "ELV-2026-9999"})
    assert wrong.status_code == 422
    assert "There is no idea with this number" in wrong.content.decode()


def test_the_list_is_narrowed_and_taken_away(trail: TrailWorld, client_of: SignIn) -> None:
    fia = client_of("fia")
    elvestrand = trail.world.organisations["elvestrand"].pk
    narrowed = f"?organisation={elvestrand}&federation={trail.world.federation.pk}"  # type: ignore[union-attr]

    page = fia.get(reverse("need_list") + narrowed).content.decode()
    assert trail["twin"].title in page
    assert trail["confidential_idea"].title not in page
    assert (
        "No pair fits" in fia.get(f"{reverse('need_list')}{narrowed}&state=linked").content.decode()
    )

    sent = b"".join(fia.get(reverse("need_export") + narrowed)).decode("utf-8-sig")  # type: ignore[arg-type]
    rows = list(csv.reader(io.StringIO(sent), delimiter=";"))
    assert len(rows) == 2
    assert trail["twin"].title in rows[1]


def test_nonsense_in_the_address_shows_the_whole_list(trail: TrailWorld, client_of: SignIn) -> None:
    place = reverse("need_list")
    for query in ("?state=x&organisation=x", "?organisation=999999", "?before=x&after=%00"):
        assert client_of("bo").get(place + query).status_code == 200


def test_a_withdrawn_idea_leaves_the_list(trail: TrailWorld, client_of: SignIn) -> None:
    from loype.trail.handovers import withdraw

    withdraw(trail["twin"], actor=trail.world.actor("dee"), at=TODAY)

    for name in ("bo", "mia", "fia"):
        page = client_of(name).get(reverse("need_list")).content.decode()
        assert trail["twin"].title not in page
    assert answer(client_of("bo"), trail["pair"], "confirm").status_code == 404


def test_lists_need_no_more_statements_for_more_pairs(
    trail: TrailWorld, client_of: SignIn, statements: Callable[[], Any]
) -> None:
    world: World = trail.world
    bo = client_of("bo")
    with statements() as first:
        bo.get(reverse("need_list"))
    from loype.search.needs.actions import propose_pair
    from tests.search.test_same_needs import ALARM, ALARM_TOO
    from tests.trail_world import idea_of

    for _ in range(4):
        one = idea_of(world, text=ALARM, visibility="federation")
        other = idea_of(world, text=ALARM_TOO, by="dee", visibility="federation")
        propose_pair(one, other, probability=0.7, evidence={}, embedder="", at=TODAY)
    with statements() as second:
        bo.get(reverse("need_list"))

    assert len(second) <= len(first) <= 8
