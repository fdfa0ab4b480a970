"""The live meeting: one case fills the screen, the decision reads as a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from loype.bodies.actions import call_meeting, plan_meeting
from loype.councils.models import Case, Decision
from loype.ideas.models import Idea
from loype.portfolio.models import Activity
from tests.cast import TODAY, World
from tests.councils.test_decide_case import approved, decide, meeting_of, next_meeting, on_agenda
from tests.trail_world import idea_of


def sentence(world: World, **more: Any) -> dict[str, Any]:
    """What the form sends for a small experiment led by Cai."""
    facts = {
        "outcome": "go_on",
        "form": "experiment",
        "course": "own_pilot",
        "scale": "small",
        "responsible": world.people["cai"].pk,
        "reasons": "Verdt å prøve.",
    }
    return facts | more


def place_of(world: World) -> str:
    return f"/council/meetings/{meeting_of(world).pk}"


@pytest.mark.requirement("ROR-13", "ROR-14", "ROR-15")
def test_it_decides_and_goes_to_the_next(world: World, client_of: Callable[[str], Client]) -> None:
    first, second = on_agenda(world, text="Første sak"), on_agenda(world, text="Andre sak")
    bo, place = client_of("bo"), place_of(world)
    page = bo.get(f"{place}/live/").content.decode()
    assert "Case 1 of 2" in page
    assert f'href="?case={second.pk}"' in page
    for words in ("go on with", "an experiment", "as our own pilot", "small scale", "Cai"):
        assert words in page
    answer = bo.post(
        f"{place}/decide/{first.pk}/",
        sentence(world, deadline="2035-05-01", conditions="To uker.", version=first.version),
    )
    assert answer.status_code == 302
    assert answer["Location"] == f"{place}/live/?case={first.pk}#decision"
    decision = Decision.objects.get()
    assert (decision.outcome, decision.form, decision.course, decision.scale) == (
        "go_on", "experiment", "own_pilot", "small",
    )  # fmt: skip
    assert (str(decision.deadline), decision.conditions) == ("2035-05-01", "To uker.")
    page = bo.get(answer["Location"]).content.decode()
    assert "Decided in this meeting" in page
    assert "FJO-2026-D-0001" in page
    assert "Next case" in page
    assert "Case 2 of 2" in bo.get(f"{place}/live/").content.decode()


def test_it_keeps_what_was_typed_when_something_is_missing(
    world: World, client_of: Callable[[str], Client]
) -> None:
    case = on_agenda(world)
    target = idea_of(world, text="Nøklene henger feil i dag også", by="cai")
    answer = client_of("bo").post(
        f"{place_of(world)}/decide/{case.pk}/",
        sentence(world, reasons="", conditions="Husk vernerunden.", form="", merged_into=target.pk),
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Give the reasons: the giver reads them." in page
    assert "Husk vernerunden." in page
    assert not Decision.objects.exists()


@pytest.mark.requirement("S17-28")
def test_it_asks_for_the_exemption_beside_the_scale(
    world: World, client_of: Callable[[str], Client]
) -> None:
    case, bo = on_agenda(world), client_of("bo")
    address = f"{place_of(world)}/decide/{case.pk}/"
    answer = bo.post(address, sentence(world, scale="full"))
    assert answer.status_code == 422
    assert "Full scale needs a finished small-scale trial" in answer.content.decode()
    done = bo.post(address, sentence(world, scale="full", exemption_reason="Loven krever det."))
    assert done.status_code == 302
    decision = Decision.objects.get()
    page = bo.get(f"/council/decisions/{decision.pk}/").content.decode()
    assert f"{decision.exemption_number}: Loven krever det." in page


@pytest.mark.requirement("ROR-14")
@pytest.mark.parametrize("by", ["number", "choice"])
def test_it_merges_by_number_or_from_the_list(
    world: World, client_of: Callable[[str], Client], by: str
) -> None:
    target = idea_of(world, text="Nøklene henger feil hos oss også", by="cai")
    case, bo = on_agenda(world, text="Nøklene henger feil."), client_of("bo")
    page = bo.get(f"{place_of(world)}/live/").content.decode()
    assert "Nøklene henger feil hos oss også (" in page
    said = {"merge_number": target.case_number} if by == "number" else {"merged_into": target.pk}
    answer = bo.post(
        f"{place_of(world)}/decide/{case.pk}/", {"outcome": "merge", "reasons": "Samme.", **said}
    )
    assert answer.status_code == 302
    assert Idea.objects.get(pk=case.idea_id).merged_into == target


def test_it_merges_into_nothing_one_may_not_see(
    world: World, client_of: Callable[[str], Client]
) -> None:
    hidden = idea_of(world, text="Elvestrands egen sak", by="dee")
    outside = idea_of(world, text="Fra Danmark", by="olaf", visibility="public")
    case, bo = on_agenda(world), client_of("bo")
    for said in (
        {"merge_number": hidden.case_number},
        {"merge_number": outside.case_number},
        {"merge_number": "FJO-1999-0001"},
        {"merged_into": hidden.pk},
        {"merged_into": "9" * 30},
        {},
    ):
        answer = bo.post(
            f"{place_of(world)}/decide/{case.pk}/",
            {"outcome": "merge", "reasons": "Samme.", **said},
        )
        assert answer.status_code == 422, said
        assert "Elvestrands egen sak" not in answer.content.decode()


def test_members_see_the_decision_but_no_form(
    world: World, client_of: Callable[[str], Client]
) -> None:
    case = on_agenda(world)
    fia, place = client_of("fia"), f"{place_of(world)}/live/"
    assert "leader writes the decisions down" in fia.get(place).content.decode()
    assert "data-decision" not in fia.get(place).content.decode()
    decide(world, case)
    assert "Decided in this meeting" in fia.get(place).content.decode()


def test_it_hides_who_wished_to_be_anonymous(
    world: World, client_of: Callable[[str], Client]
) -> None:
    on_agenda(world, anonymity="hidden")
    page = client_of("bo").get(f"{place_of(world)}/live/").content.decode()
    main = page[page.index("<main") : page.index("</main")].replace("Appoint", "")
    assert "A colleague" in main
    assert main.count("Ada") == 1  # only in the list of those who may lead it


@pytest.mark.requirement("ROR-13")
def test_a_locked_decision_is_replaced_in_a_later_meeting(
    world: World, client_of: Callable[[str], Client]
) -> None:
    case, bo = on_agenda(world), client_of("bo")
    first = decide(world, case, outcome="park", reasons="Ikke nå.")
    approved(world, meeting_of(world))
    later = next_meeting(world)
    assert bo.post(f"/council/cases/{case.pk}/agenda/", {"meeting": later.pk}).status_code == 302
    page = bo.get(f"/council/meetings/{later.pk}/live/").content.decode()
    assert "An earlier decision is in force" in page
    answer = bo.post(f"/council/meetings/{later.pk}/decide/{case.pk}/", sentence(world))
    assert answer.status_code == 302
    second = Decision.objects.get(in_force=True)
    old = bo.get(f"/council/decisions/{first.pk}/").content.decode()
    new = bo.get(f"/council/decisions/{second.pk}/").content.decode()
    assert f"/council/decisions/{second.pk}/" in old
    assert "<del>Ikke nå.</del>" in old
    assert f"/council/decisions/{first.pk}/" in new
    assert "<del" in bo.get(f"/council/cases/{case.pk}/").content.decode()


def test_the_meeting_ends_on_its_page(world: World, client_of: Callable[[str], Client]) -> None:
    decision = decide(world, on_agenda(world, text="Avgjort sak"))
    left = on_agenda(world, text="Ikke rukket")
    bo, place = client_of("bo"), f"{place_of(world)}/"
    assert 'name="attended"' not in bo.get(place).content.decode()  # it is written down already
    assert bo.post(f"{place}close/", {"minutes": ""}).status_code == 302
    assert bo.get(f"{place}minutes/").content.decode().count(decision.number) == 1
    left.refresh_from_db()
    assert left.state == "waiting"
    assert "Approve the minutes" in bo.get(place).content.decode()
    assert "Approve the minutes" not in client_of("siv").get(place).content.decode()
    assert client_of("siv").post(f"{place}approve/").status_code == 403
    assert bo.post(f"{place}approve/").status_code == 302
    decision.refresh_from_db()
    assert decision.locked_at is not None
    assert "The decisions are locked" in bo.get(place).content.decode()


def test_who_came_is_asked_where_it_was_not_written_down(
    world: World, client_of: Callable[[str], Client]
) -> None:
    assert world.council is not None
    leader = world.actor("bo")
    day = TODAY + timedelta(days=30)
    meeting = call_meeting(
        plan_meeting(world.council, starts_at=day, actor=leader, at=TODAY), actor=leader, at=TODAY
    )
    bo, place = client_of("bo"), f"/council/meetings/{meeting.pk}/"
    assert 'name="attended"' in bo.get(place).content.decode()
    seat = meeting.calls.get(seat__is_leader=True).seat_id
    assert bo.post(f"{place}close/", {"attended": [seat]}).status_code == 302
    assert list(meeting.calls.filter(attended=True).values_list("seat_id", flat=True)) == [seat]


@pytest.mark.parametrize("is_over", [False, True])
def test_dissent_is_written_down_after_the_decision_too(
    world: World, client_of: Callable[[str], Client], is_over: bool
) -> None:
    case = on_agenda(world)
    decide(world, case)
    item = case.agenda_items.get()
    cai = item.meeting.calls.get(attended_by=world.people["cai"])
    bo, place = client_of("bo"), place_of(world)
    if is_over:
        bo.post(f"{place}/close/", {"minutes": ""})
    page = bo.get(f"{place}/live/?case={case.pk}").content.decode()
    assert "Write down dissent" in page
    assert "Make a proposal" not in page
    assert "Somebody has an interest" not in page
    form = {"dissent-call": cai.pk, "dissent-text": "For dyrt.", "back": "live"}
    assert bo.post(f"{place}/items/{item.pk}/dissent/", form).status_code == 302
    assert "For dyrt." in bo.get(f"{place}/live/?case={case.pk}").content.decode()


@pytest.mark.requirement("ROR-02")
def test_the_decider_decides_on_the_case_page(
    world: World, client_of: Callable[[str], Client]
) -> None:
    case = Case.objects.get(idea=idea_of(world, text="Felles kjøkken", by="gro"))
    gro, place = client_of("gro"), f"/council/cases/{case.pk}/"
    page = gro.get(place).content.decode()
    assert "data-decision" in page
    assert "Put on the agenda" not in page
    said = sentence(world, responsible=world.people["gro"].pk, version=case.version)
    assert gro.post(f"{place}decide/", said | {"reasons": ""}).status_code == 422
    assert gro.post(f"{place}decide/", said).status_code == 302
    assert gro.post(f"{place}decide/", said).status_code == 409
    decision = Decision.objects.get()
    assert Activity.objects.get().decision == decision
    log = gro.get(f"/council/decisions/{decision.pk}/").content.decode()
    assert "The named decider in Skogbygda kommune" in log
