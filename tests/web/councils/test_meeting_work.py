"""The meeting's own pages: who is there, papers, proposals and votes, minutes, answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from loype.bodies.actions import PowerLine, adopt_instruction, call_meeting
from loype.councils.actions import add_agenda_item, propose, put_on_agenda
from loype.councils.models import AgendaItem, Decision, DecisionPaper, Proposal
from loype.kernel.clock import now
from tests.cast import TODAY, World
from tests.councils.test_decide_case import approved, decide, meeting_of, on_agenda, waiting_case
from tests.councils.test_decide_in_writing import adopt, planned
from tests.councils.test_meeting_votes import item_of, only, proposed
from tests.web.councils.test_live_meeting import place_of, sentence

SignIn = Callable[[str], Client]


def seats_of(world: World, *names: str) -> dict[str, int]:
    """What the attendance form sends when these are there."""
    people = {world.people[name].pk for name in names}
    return {
        f"seat-{call.seat_id}": call.attended_by_id
        for call in meeting_of(world).calls.all()
        if call.attended_by_id in people
    }


def test_the_chair_writes_attendance_votes_and_decides_on_one_screen(
    world: World, client_of: SignIn
) -> None:
    case = on_agenda(world)
    item, bo, place = item_of(case), client_of("bo"), place_of(world)
    only(world, "bo")
    page = bo.get(f"{place}/live/?item={item.pk}").content.decode()
    assert "Too few are present to decide" in page
    sent = {**seats_of(world, "bo", "fia", "cai"), "item": item.pk}
    answer = bo.post(f"{place}/attendance/", sent)
    assert answer["Location"] == f"{place}/live/?item={item.pk}#work"
    bo.post(
        f"{place}/items/{item.pk}/propose/",
        {"proposal-kind": "proposal", "proposal-text": "Prøv i to uker.", "back": "live"},
    )
    proposal = Proposal.objects.get()
    votes = {f"vote-{call.pk}": "for" for call in meeting_of(world).calls.all()}
    answer = bo.post(
        f"{place}/items/{item.pk}/proposals/{proposal.pk}/votes/",
        {**votes, "version": 1, "back": "live"},
    )
    assert answer["Location"] == f"{place}/live/?item={item.pk}#work"
    page = bo.get(answer["Location"].split("#")[0]).content.decode()
    assert "3 for, 0 against, 0 abstained" in page
    bo.post(f"{place}/decide/{case.pk}/", sentence(world, version=case.version))
    assert Decision.objects.get().meeting == meeting_of(world)


def test_two_secretaries_see_both_texts_and_lose_none(world: World, client_of: SignIn) -> None:
    item = item_of(on_agenda(world))
    address = f"{place_of(world)}/items/{item.pk}/paper/"
    bo, siv = client_of("bo"), client_of("siv")
    assert bo.post(address, {"version": 0, "summary": "Bo sin tekst"}).status_code == 302
    answer = siv.post(address, {"version": 0, "summary": "Siv sin tekst", "economy": "Ti kroner"})
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Bo sin tekst", "Siv sin tekst", "Ti kroner", 'name="version" value="1"'):
        assert words in page
    again = {"version": 1, "summary": "Begge", "economy": "Ti kroner"}
    assert siv.post(address, again).status_code == 302
    paper = DecisionPaper.objects.get()
    assert (paper.summary, paper.economy, paper.version) == ("Begge", "Ti kroner", 2)


def test_a_small_form_comes_back_with_what_was_typed(world: World, client_of: SignIn) -> None:
    item = item_of(on_agenda(world))
    place, bo = f"{place_of(world)}/items/{item.pk}", client_of("bo")
    fia = meeting_of(world).calls.get(attended_by=world.people["fia"]).pk
    for act, sent in (
        ("propose", {"proposal-kind": "proposal", "proposal-text": ""}),
        ("interest", {"interest-call": fia, "interest-reason": ""}),
        ("dissent", {"dissent-call": fia, "dissent-text": ""}),
    ):
        assert bo.post(f"{place}/{act}/", sent).status_code == 422
    without_deputy = {"interest-call": fia, "interest-reason": "Venn", "interest-stand_in": "on"}
    page = bo.post(f"{place}/interest/", without_deputy).content.decode()
    assert "This seat has no deputy." in page
    assert "Venn" in page


def test_matters_stand_beside_cases(world: World, client_of: SignIn) -> None:
    on_agenda(world)
    bo, place = client_of("bo"), place_of(world)
    bo.post(f"{place}/items/", {"kind": "discussion", "title": "Framdrift", "notes": "Ved Cai"})
    item = AgendaItem.objects.get(kind="discussion")
    assert "Framdrift" in bo.get(f"{place}/").content.decode()
    page = bo.get(f"{place}/live/?item={item.pk}").content.decode()
    assert "To be discussed" in page
    bo.post(f"{place}/items/{item.pk}/conclude/", {"conclusion-conclusion": "Tatt opp."})
    item.refresh_from_db()
    assert item.conclusion == "Tatt opp."
    assert bo.post(f"{place}/items/", {"kind": "discussion", "title": ""}).status_code == 422


def test_the_minutes_are_taken_along(world: World, client_of: SignIn) -> None:
    decide(world, on_agenda(world))
    bo, place = client_of("bo"), place_of(world)
    assert "A draft as the meeting stands now" in bo.get(f"{place}/minutes/").content.decode()
    approved(world, meeting_of(world))
    page = bo.get(f"{place}/minutes/").content.decode()
    assert "These minutes are locked" in page
    assert meeting_of(world).kept_minutes.pdf.sha256 in page
    for ending, start in (("pdf", b"%PDF-"), ("docx", b"PK"), ("html", b"<!doctype")):
        answer = bo.get(f"{place}/minutes/{ending}/")
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert content.startswith(start)
        assert "attachment" in answer["Content-Disposition"]
    assert bo.get(f"{place}/minutes/exe/").status_code == 404
    assert client_of("ada").get(f"{place}/minutes/").status_code == 404


@pytest.mark.parametrize("name", ["fia", "cai"])
def test_a_member_answers_in_writing(world: World, client_of: SignIn, name: str) -> None:
    adopt(world)
    bo, case = world.actor("bo"), waiting_case(world)
    today = now()
    meeting = planned(
        world, form="written", answer_by=today.date() + timedelta(days=20),
        days=(today - TODAY).days + 1,
    )  # fmt: skip
    item = put_on_agenda(case, meeting=meeting, actor=bo, at=TODAY)
    proposal = propose(item, text="Prøv det.", actor=bo, at=TODAY)
    call_meeting(meeting, actor=bo, at=TODAY)
    client, place = client_of(name), f"/council/meetings/{meeting.pk}"
    assert f'href="{place}/answer/"' in client.get("/council/answers/").content.decode()
    assert "Prøv det." in client.get(f"{place}/answer/").content.decode()
    answer = client.post(
        f"{place}/items/{item.pk}/proposals/{proposal.pk}/answer/", {"choice": "for"}
    )
    assert answer.status_code == 302
    assert proposal.votes.get().cast_by == world.people[name]
    assert "Change my vote" in client.get(f"{place}/answer/").content.decode()


def test_what_is_late_is_put_on_the_agenda_once(world: World, client_of: SignIn) -> None:
    activity_of = decide(world, on_agenda(world)).activity
    type(activity_of).objects.filter(pk=activity_of.pk).update(due_date=TODAY.date())
    bo, place = client_of("bo"), place_of(world)
    for _turn in range(2):
        assert bo.post(f"{place}/follow-ups/").status_code == 302
    [item] = AgendaItem.objects.filter(kind="follow_up")
    assert item.about == f"activity {activity_of.pk} due"


def test_proposals_are_settled_only_once(world: World, client_of: SignIn) -> None:
    item = item_of(on_agenda(world))
    proposal, bo = proposed(world, item), client_of("bo")
    address = f"{place_of(world)}/items/{item.pk}/proposals/{proposal.pk}"
    assert bo.post(f"{address}/agree/", {"version": 1}).status_code == 302
    assert bo.post(f"{address}/agree/", {"version": 1}).status_code == 409
    assert bo.post(f"{address}/reopen/", {"version": 2}).status_code == 302
    assert bo.post(f"{address}/withdraw/", {"version": 3}).status_code == 302
    assert bo.post(f"{address}/burn/").status_code == 404
    add_agenda_item(
        meeting_of(world), kind="decision", title="Plan", actor=world.actor("bo"), at=TODAY
    )


def test_a_form_that_comes_back_offers_what_the_person_may_do(
    world: World, client_of: SignIn
) -> None:
    item = add_agenda_item(
        meeting_of(world), kind="decision", title="Møteplan", actor=world.actor("bo"), at=TODAY
    )
    place = f"{place_of(world)}/items/{item.pk}"
    sent = {"proposal-kind": "proposal", "proposal-text": "", "proposal-by": ""}
    for name, prepares in (("bo", True), ("cai", False)):
        back = client_of(name).post(f"{place}/propose/", sent)
        assert back.status_code == 422, name
        page = back.content.decode()
        assert (f"{place}/conclude/" in page) is prepares, name
        assert (f"{place}/paper/" in page) is prepares, name
        assert len(back.context["dissent_form"].fields["call"].choices) == (3 if prepares else 1)


def test_the_matters_of_the_instruction_come_back_with_the_conclusion(
    world: World, client_of: SignIn
) -> None:
    assert world.council is not None
    bo = world.actor("bo")
    adopt_instruction(
        world.council, powers=[PowerLine(matter="Innkjøp", holder="body", up_to=None)],
        from_date=now().date(), actor=bo, at=now(),
    )  # fmt: skip
    item = add_agenda_item(meeting_of(world), kind="decision", title="Kjøp", actor=bo, at=TODAY)
    sent = {
        "conclusion-version": item.version, "conclusion-conclusion": "",
        "conclusion-amount": "10", "conclusion-matter": "",
    }  # fmt: skip
    back = client_of("bo").post(f"{place_of(world)}/items/{item.pk}/conclude/", sent)
    assert back.status_code == 422
    assert '<option value="Innkjøp">' in back.content.decode()
