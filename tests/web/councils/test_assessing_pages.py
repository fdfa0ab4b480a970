"""A round on pages: declare, assess alone, see the spread, rank, move, propose."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from loype.councils.models import (
    Criterion,
    ManualMove,
    ProposedCase,
    RankedCase,
    Ranking,
    Round,
    RoundCase,
    Score,
    SetProposal,
    Sheet,
)
from loype.organisations.actions import found_federation
from loype.organisations.actor import HOUSE
from tests.cast import TODAY, World
from tests.councils.assessing.setting import assessed, cases_of, gives, opened
from tests.councils.assessing.test_propose_set import estimated, shared_lists
from tests.trail_world import TrailWorld

Clients = Callable[[str], Client]


def fill_in(client: Client, round: Round, name: str, points: dict[str, int]) -> None:
    """Give each case of one's own sheets the same points on every criterion."""
    criteria = Criterion.objects.filter(profile=round.profile)
    sheets = Sheet.objects.filter(assessment__round=round, assessment__person__name=name)
    for sheet in sheets.filter(has_interest=False):
        value = points[sheet.round_case.case.idea.title]
        fields = {f"criterion_{one.pk}": value for one in criteria}
        answer = client.post(reverse("sheet_page", args=[sheet.pk]), fields)
        assert answer.status_code == 302


@pytest.mark.requirement("NET-08")
def test_it_leads_a_member_from_declaring_to_the_spread_of_opinion(
    world: World, client_of: Clients
) -> None:
    cases = cases_of(world, "Nøkler", "Vikarer", "Skjema")
    round = opened(world, cases)
    gives(world, round, "fia", dict.fromkeys(cases, 5))
    cai, page = client_of("cai"), reverse("round_page", args=[round.pk])
    first = cai.get(page).content.decode()
    assert "do you have an interest" in first
    assert "chart" not in first.split("<main")[1]
    mine = RoundCase.objects.get(round=round, case=cases[0])
    declared = {f"has_{mine.pk}": "on"}
    again = cai.post(reverse("round_declare", args=[round.pk]), declared)
    assert again.status_code == 422
    assert "Say what your interest is." in again.content.decode()
    loose = {f"interest_{mine.pk}": "Min egen idé"}
    again = cai.post(reverse("round_declare", args=[round.pk]), loose)
    assert "Tick the case too, or take the words away." in again.content.decode()
    cai.post(reverse("round_declare", args=[round.pk]), declared | loose)
    early = cai.post(reverse("round_hand_in", args=[round.pk]))
    assert early.status_code == 422
    assert "10 answers are missing" in early.content.decode()
    fill_in(cai, round, "Cai", {"Vikarer": 2, "Skjema": 3})
    alone = cai.get(page).content.decode()
    assert "What the members think" not in alone
    cai.post(reverse("round_hand_in", args=[round.pk]))
    seen = cai.get(page).content.decode()
    assert "The members disagree most about “Vikarer”" in seen
    assert "3,5" in seen or "3.5" in seen  # the middle of a two and a five
    assert seen.count('class="chart__point"') == 5  # two members, but one has an interest
    assert "Cai has an interest: Min egen idé" in " ".join(seen.split())


def test_it_shows_nobody_else_what_is_not_handed_in(world: World, client_of: Clients) -> None:
    cases = cases_of(world, "Nøkler", "Vikarer")
    round = opened(world, cases)
    gives(world, round, "cai", dict.fromkeys(cases, 4), hands_in=False)
    sheet = Sheet.objects.filter(assessment__round=round).first()
    assert sheet is not None
    for name in ("bo", "fia", "siv"):
        client = client_of(name)
        assert client.get(reverse("sheet_page", args=[sheet.pk])).status_code == 404
        assert "Cai" not in client.get(reverse("round_csv", args=[round.pk])).content.decode()
    mine = client_of("cai").get(reverse("round_csv", args=[round.pk])).content.decode()
    assert mine.count("Cai;") == 2


def test_it_asks_two_at_a_time(world: World, client_of: Clients) -> None:
    round = opened(world, cases_of(world, "Nøkler", "Vikarer", "Skjema"), method="pairs")
    cai, page = client_of("cai"), reverse("round_compare", args=[round.pk])
    cai.post(reverse("round_declare", args=[round.pk]))
    for _turn in range(3):
        one, other = cai.get(page).context["pair"]
        cai.post(page, {"first": one.pk, "second": other.pk, "preferred": "first"})
    assert "You have compared them all" in cai.get(page).content.decode()
    assert cai.post(reverse("round_hand_in", args=[round.pk])).status_code == 302


@pytest.mark.requirement("ROR-22")
def test_it_shows_one_list_with_who_moved_what_and_why(world: World, client_of: Clients) -> None:
    round = assessed(world, "Nøkler", "Vikarer", "Skjema", points=(5, 4, 2))
    bo, here = client_of("bo"), f"?organisation={world.fjordvik.pk}"
    make = reverse("ranking_make") + here
    assert bo.post(make, {"rounds": "", "places": "2"}).status_code == 422
    bo.post(make, {"rounds": [round.pk], "places": "2"})
    ranking = Ranking.objects.get()
    last = RankedCase.objects.get(ranking=ranking, position=3)
    move = reverse("ranking_move", args=[ranking.pk])
    silent = bo.post(move, {"ranked": last.pk, "to_place": "1", "reason": " "})
    assert silent.status_code == 422
    assert not ManualMove.objects.exists()
    bo.post(move, {"ranked": last.pk, "to_place": "1", "reason": "Tilskuddet går ut."})
    for name in ("bo", "cai", "fia"):
        page = client_of(name).get(reverse("ranking_latest") + here, follow=True)
        words = " ".join(page.content.decode().split())
        assert "Moved by Bo from 3 to 1" in words
        assert "Tilskuddet går ut." in words
        titles = [one.ranked.round_case.case.idea.title for one in page.context["lines"]]
        assert titles == ["Skjema", "Nøkler", "Vikarer"]
    table = bo.get(reverse("ranking_csv", args=[ranking.pk])).content.decode()
    assert "Bo: from 3 to 1. Tilskuddet går ut." in table


@pytest.mark.requirement("EP-07")
def test_it_proposes_a_set_and_says_what_fell_out(world: World, client_of: Clients) -> None:
    round = assessed(world, "Nøkler", "Vikarer", "Skjema", points=(5, 4, 2))
    for case in (one.case for one in round.round_cases.all()):
        estimated(world, case, 50)
    bo, here = client_of("bo"), f"?organisation={world.fjordvik.pk}"
    bo.post(reverse("ranking_make") + here, {"rounds": [round.pk], "places": "2"})
    propose = reverse("set_propose", args=[Ranking.objects.get().pk])
    assert bo.post(propose, {"budget": "ingenting"}).status_code == 422
    answer = bo.post(propose, {"budget": "110"}, follow=True)
    words = " ".join(answer.content.decode().split())
    assert ProposedCase.objects.filter(chosen=True).count() == 2
    assert "What fell out, and what it would take" in words
    assert "in its place would leave: Vikarer" in words
    assert "40 NOK more would bring it in" in words
    table = bo.get(reverse("set_csv", args=[SetProposal.objects.get().pk])).content.decode()
    assert table.count("\n") == 4


def test_it_shows_common_sets_to_the_federation(world: World, client_of: Clients) -> None:
    shared_lists(world)
    assert world.federation is not None
    place = reverse("shared_sets", args=[world.federation.pk])
    answer = client_of("fia").post(place, {"budget": "100", "share_by": "equal"}, follow=True)
    words = " ".join(answer.content.decode().split())
    assert "equal shares" in words
    assert "Elvestrand kommune" in words
    assert client_of("mia").get(place).context["proposals"]
    assert client_of("olaf").get(place).status_code == 404


@pytest.mark.requirement("ROR-06")
def test_it_says_what_a_case_serves_takes_and_needs(trail: TrailWorld, client_of: Clients) -> None:
    case, bo = trail["case"], client_of("bo")
    page = reverse("case_weighing", args=[case.pk])
    empty = bo.post(reverse("case_aim", args=[case.pk]), {"item": "", "fit": "4", "reason": "X"})
    assert empty.status_code == 422
    assert "Choose an aim of your own plans." in empty.content.decode()
    facts = {"item": trail["plan_item"].pk, "fit": "4", "reason": "Færre turer."}
    bo.post(reverse("case_aim", args=[case.pk]), facts)
    bo.post(
        reverse("case_estimate", args=[case.pk]), {"cost": "1234,50", "weeks": "3", "version": "1"}
    )
    words = bo.get(page).content.decode()
    assert "Færre turer." in words
    assert "1,234.50" in words or "1234.50" in words
    stale = bo.post(
        reverse("case_estimate", args=[case.pk]), {"cost": "1", "weeks": "3", "version": "1"}
    )
    assert stale.status_code == 409
    assert client_of("fia").get(page).context["may"] is False


def test_it_keeps_criteria_as_profiles(world: World, client_of: Clients) -> None:
    bo, here = client_of("bo"), f"?organisation={world.fjordvik.pk}"
    bo.post(reverse("profile_take") + here, {"pack": "no-prosjektportalen"})
    wrong = bo.post(reverse("profile_write") + here, {"name": "Våre", "criteria": "Nytte: mye"})
    assert wrong.status_code == 422
    bo.post(reverse("profile_write") + here, {"name": "Våre", "criteria": "Nytte: 3\nMot"})
    weights = Criterion.objects.filter(profile__name="Våre").values_list("name", "weight")
    assert [(name, float(weight)) for name, weight in weights] == [("Nytte", 3.0), ("Mot", 1.0)]
    page = bo.get(reverse("profile_list") + here).content.decode()
    assert "Strategisk verdi" in page or "Strategic value" in page
    assert "above 22: must be done" in page
    assert not Score.objects.exists()


def test_who_reads_a_shared_list_is_led_to_no_closed_door(world: World, client_of: Clients) -> None:
    shared_lists(world)
    theirs = Ranking.objects.get(organisation=world.fjordvik)
    mia, place = client_of("mia"), reverse("ranking_page", args=[theirs.pk])
    shown = mia.get(place).content.decode()
    for link in set(re.findall(r'href="(/council/[^"]*)"', shown)):
        assert mia.get(unescape(link)).status_code == 200, link
    assert 'aria-label="You are here"' in client_of("bo").get(place).content.decode()


def test_common_sets_name_the_lists_of_that_federations_members_only(
    world: World, client_of: Clients
) -> None:
    shared_lists(world)
    other = found_federation(
        name="Et annet lag", coordinator=world.organisations["fjordlaget"], actor=HOUSE, at=TODAY
    )
    page = client_of("fia").get(reverse("shared_sets", args=[other.pk]))
    assert page.context["shared"] == []


def test_two_members_of_the_same_name_are_two_points(world: World, client_of: Clients) -> None:
    cases = cases_of(world, "Nøkler", "Vikarer")
    round = opened(world, cases)
    world.people["cai"].name = world.people["fia"].name
    world.people["cai"].save()
    gives(world, round, "fia", dict.fromkeys(cases, 5))
    gives(world, round, "cai", dict.fromkeys(cases, 1))
    shown = client_of("cai").get(reverse("round_page", args=[round.pk])).content.decode()
    assert "3.0, by 2 members, from 1.0 to 5.0" in shown


def test_who_has_handed_in_is_asked_no_more(world: World, client_of: Clients) -> None:
    round = opened(world, cases_of(world, "Nøkler", "Vikarer"), method="pairs")
    cai, compare = client_of("cai"), reverse("round_compare", args=[round.pk])
    cai.post(reverse("round_declare", args=[round.pk]), {})
    assert "Rather this" in cai.get(compare).content.decode()
    one, other = round.round_cases.order_by("pk")
    cai.post(compare, {"first": one.pk, "second": other.pk, "preferred": "first"})
    cai.post(reverse("round_hand_in", args=[round.pk]))
    locked = cai.get(compare).content.decode()
    assert "You have handed in" in locked
    assert "<form" not in locked.split("<main")[1].split("</main")[0]
