"""What a decision binds is held against the instruction, whichever way it is decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation

from loype.accounts.models import Person
from loype.bodies.actions import (
    PowerLine,
    adopt_instruction,
    call_meeting,
    decide_by_instruction,
    register_attendance,
)
from loype.bodies.models import Body, Meeting, Referral
from loype.bodies.powers import beyond_the_body, instructed
from loype.councils.actions import (
    add_agenda_item,
    answer_referral,
    cast_vote,
    change_agenda_item,
    conclude_item,
    count_answers,
    propose,
    put_on_agenda,
    put_referral_on_agenda,
)
from loype.councils.minutes.as_html import page
from loype.councils.minutes.reading import read_minutes
from loype.councils.models import AgendaItem, Decision
from loype.history.models import Event
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from tests.bodies.groups import subject_group
from tests.bodies.test_set_up_council import run_sql
from tests.cast import TODAY, World
from tests.councils.test_decide_case import decide, meeting_of, on_agenda, waiting_case
from tests.councils.test_decide_in_writing import adopt, planned
from tests.web.councils.test_live_meeting import place_of, sentence

SignIn = Callable[[str], Client]
LINES = (
    PowerLine(matter="Innkjøp", holder="head", up_to=Decimal(50_000), currency="NOK"),
    PowerLine(matter="Innkjøp", holder="body", up_to=Decimal(500_000), currency="NOK"),
    PowerLine(matter="Leie", holder="body", up_to=Decimal(100_000), currency="NOK"),
    PowerLine(matter="Leie", holder="head"),
    PowerLine(matter="Budsjett", holder="body"),
)


@pytest.fixture
def limits(world: World) -> World:
    """The council decides purchases up to half a million."""
    assert world.council is not None
    adopt_instruction(
        world.council, powers=LINES, from_date=TODAY.date(), actor=world.actor("bo"), at=TODAY
    )
    return world


def bound(row: Any) -> tuple[Decimal | None, str, str]:
    return row.amount, row.currency, row.matter


@pytest.mark.requirement("S19-54")
def test_a_decision_in_a_meeting_binds_no_more_than_the_instruction_lets_it(limits: World) -> None:
    case = on_agenda(limits)
    with pytest.raises(BadInput) as refused:
        decide(limits, case, amount=Decimal("500000.01"), matter="innkjøp")
    assert refused.value.fields == {
        "amount": "This is above the body's limit (Innkjøp: the body itself up to 500,000 NOK). "
        "Whoever established the body decides it."
    }
    decision = decide(limits, case, amount=Decimal(500_000), matter="Innkjøp")
    assert bound(decision) == (Decimal(500_000), "NOK", "Innkjøp")
    change = Event.objects.get(verb="decide_case").change
    assert (change["amount"], change["currency"]) == ("500000.00", "NOK")


@pytest.mark.requirement("S19-54")
def test_it_says_who_else_may_decide_it(limits: World) -> None:
    with pytest.raises(BadInput) as refused:
        decide(limits, on_agenda(limits), amount=Decimal(200_000), matter="Leie")
    assert "It may be decided by: the head of the organisation." in refused.value.fields["amount"]


@pytest.mark.requirement("S19-54")
@pytest.mark.parametrize(
    ("amount", "matter", "words"),
    [
        (None, "Innkjøp", "so say the amount"),
        (Decimal(200_000), "", "above the body's limit"),  # held to the narrowest limit
        (Decimal(-1), "Budsjett", "not below zero"),
    ],
)
def test_leaving_something_out_gets_nobody_around_a_limit(
    limits: World, amount: Decimal | None, matter: str, words: str
) -> None:
    with pytest.raises(BadInput) as refused:
        decide(limits, on_agenda(limits), amount=amount, matter=matter)
    assert words in refused.value.fields["amount"]


@pytest.mark.parametrize(
    ("amount", "matter"),
    [(None, ""), (Decimal("100000.005"), ""), (Decimal(9_000_000), "Budsjett"), (Decimal(9), "x")],
)
def test_what_the_instruction_leaves_to_the_body_it_decides(
    limits: World, amount: Decimal | None, matter: str
) -> None:
    decision = decide(limits, on_agenda(limits), amount=amount, matter=matter)
    if amount is not None:
        assert decision.amount == amount.quantize(Decimal("0.01"))


def test_only_what_goes_on_binds_an_amount(limits: World) -> None:
    decision = decide(
        limits, on_agenda(limits), outcome="reject", form="", course="", scale="",
        responsible=None, amount=Decimal(9), matter="Innkjøp",
    )  # fmt: skip
    assert bound(decision) == (None, "", "")


@pytest.mark.requirement("S19-54")
def test_the_database_holds_decisions_to_the_instruction(limits: World) -> None:
    decision = decide(limits, on_agenda(limits), amount=Decimal(10), matter="Innkjøp")
    item = add_agenda_item(
        meeting_of(limits), kind="decision", title="Kjøp", actor=limits.actor("bo"), at=TODAY
    )
    conclude_item(item, conclusion="Ja.", actor=limits.actor("bo"), at=TODAY)
    decided = {"amount": Decimal(500_001), "matter": "INNKJØP", "currency": "NOK"}
    for rows, facts in (
        (Decision.objects.filter(pk=decision.pk), decided),
        (Decision.objects.filter(pk=decision.pk), {"currency": "EUR"}),
        (Decision.objects.filter(pk=decision.pk), {"amount": 200_000, "matter": ""}),
        (AgendaItem.objects.filter(pk=item.pk), decided),
        (AgendaItem.objects.filter(pk=item.pk), {"matter": "Leie"}),
    ):
        with pytest.raises(IntegrityError, match="does not let the body"), transaction.atomic():
            rows.update(**facts)
    decision.pk, decision.number, decision.in_force = None, "X-1", False
    decision.currency, decision.matter = "", "Budsjett"
    with pytest.raises(IntegrityError, match="decision_binds_an_amount"), transaction.atomic():
        decision.save(force_insert=True)
    with pytest.raises(IntegrityError, match="agenda_item_binds"), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(currency="NOK")


@pytest.mark.requirement("S19-54")
def test_a_matter_that_a_body_concludes_is_held_to_it_too(limits: World) -> None:
    bo, meeting = limits.actor("bo"), meeting_of(limits)
    item = add_agenda_item(meeting, kind="decision", title="Kjøp", actor=bo, at=TODAY)
    with pytest.raises(BadInput, match="above the body's limit"):
        conclude_item(
            item, conclusion="Ja.", amount=Decimal(600_000), matter="Innkjøp", actor=bo, at=TODAY
        )
    item = conclude_item(
        item, conclusion="Ja.", amount=Decimal(400_000), matter="Innkjøp", actor=bo, at=TODAY
    )
    assert bound(item) == (Decimal(400_000), "NOK", "Innkjøp")
    shown = page(read_minutes(meeting, language="en"))
    assert "400,000\u00a0NOK, Innkjøp" in shown


@pytest.mark.requirement("S19-54")
def test_in_writing_the_same_limits_hold(limits: World) -> None:
    adopt(limits)
    bo, case = limits.actor("bo"), waiting_case(limits)
    meeting = planned(limits, days=0, form="written", answer_by=TODAY.date() + timedelta(days=7))
    item = put_on_agenda(case, meeting=meeting, actor=bo, at=TODAY)
    proposal = propose(item, text="Kjøp.", actor=bo, at=TODAY)
    meeting = call_meeting(meeting, actor=bo, at=TODAY)
    for name in ("bo", "cai", "fia"):
        cast_vote(proposal, choice="for", actor=limits.actor(name), at=TODAY)
    count_answers(meeting, actor=bo, at=TODAY)
    with pytest.raises(BadInput, match="above the body's limit"):
        decide(limits, case, meeting=meeting, amount=Decimal(600_000), matter="Innkjøp")
    decide(limits, case, meeting=meeting, amount=Decimal(6), matter="Innkjøp")


def delegated(world: World, amount: int, **more: Any) -> Referral:
    """Siv heads Fjordvik and decides alone, as far as the instruction lets her."""
    assert world.council is not None
    facts = {"matter": "Innkjøp", "title": "Sensorer", "reasons": "Trengs."} | more
    return decide_by_instruction(
        world.council, amount=Decimal(amount), currency="NOK", actor=world.actor("siv"), at=TODAY,
        **facts,
    )  # fmt: skip


@pytest.mark.requirement("S19-54")
def test_by_delegation_what_is_above_goes_to_the_body_also_in_the_database(limits: World) -> None:
    assert delegated(limits, 50_000).state == "decided"
    above = delegated(limits, 50_001)
    assert above.state == "with_the_body"
    for order in (
        "UPDATE bodies_referral SET state = 'decided' WHERE id = %s",
        "UPDATE bodies_referral SET amount = 90000 WHERE state = 'decided' AND id <> %s",
    ):
        with pytest.raises(IntegrityError, match="nobody below the body"):
            run_sql(order, above.pk)


@pytest.mark.requirement("S19-54")
def test_a_body_does_not_agree_to_what_is_above_its_own_limit(limits: World) -> None:
    bo, meeting = limits.actor("bo"), meeting_of(limits)
    asked = delegated(limits, 700_000)
    with pytest.raises(WrongMoment, match="above the body's limit"):
        answer_referral(asked, meeting=meeting, is_agreed=True, answer="Ja", actor=bo, at=TODAY)
    refused = answer_referral(
        asked, meeting=meeting, is_agreed=False, answer="For mye.", actor=bo, at=TODAY
    )
    assert refused.state == "refused"
    with pytest.raises(IntegrityError, match="does not let the body"):
        run_sql("UPDATE bodies_referral SET state = 'agreed' WHERE id = %s", refused.pk)


@pytest.mark.requirement("S19-54")
def test_a_referral_lies_on_the_next_agenda_with_one_press(
    limits: World, client_of: SignIn
) -> None:
    asked, body = delegated(limits, 60_000), limits.council
    assert body is not None
    meeting = meeting_of(limits)
    for address in (f"/bodies/{body.pk}/", "/council/"):
        shown = client_of("bo").get(address).content.decode()
        assert "Sensorer" in shown
        assert "Put it on the next agenda" in shown
        assert "Put it on the next agenda" not in client_of("cai").get(address).content.decode()
    answer = client_of("bo").post(f"/bodies/referrals/{asked.pk}/agenda/")
    assert answer["Location"] == f"/council/meetings/{meeting.pk}/#agenda"
    client_of("bo").post(f"/bodies/referrals/{asked.pk}/agenda/")
    item = AgendaItem.objects.get(referral=asked)
    assert (item.meeting, item.kind, item.title) == (meeting, "decision", "Sensorer")
    for address in (f"/bodies/{body.pk}/", "/council/", f"/bodies/{body.pk}/year/"):
        shown = client_of("bo").get(address).content.decode()
        assert "It is on an agenda" in shown
        assert "Put it on the next agenda" not in shown
    with pytest.raises(NotAllowed):
        put_referral_on_agenda(asked, actor=limits.actor("cai"), at=TODAY)


@pytest.mark.requirement("S19-54")
def test_its_answer_is_a_decision_of_the_meeting(limits: World, client_of: SignIn) -> None:
    asked, meeting = delegated(limits, 60_000), meeting_of(limits)
    item = put_referral_on_agenda(asked, actor=limits.actor("siv"), at=TODAY)
    place = f"/council/meetings/{meeting.pk}/items/{item.pk}"
    shown = client_of("bo").get(f"{place}/").content.decode()
    assert "60,000" in shown
    sent = {"conclusion-conclusion": "Kjøp dem.", "conclusion-version": "1"}
    late = client_of("bo").post(f"{place}/conclude/", sent)
    assert "Say whether the body agrees." in late.content.decode()
    client_of("bo").post(f"{place}/conclude/", sent | {"conclusion-is_agreed": "yes"})
    asked.refresh_from_db()
    item.refresh_from_db()
    assert (asked.state, asked.answer, asked.meeting) == ("agreed", "Kjøp dem.", meeting)
    assert bound(item) == (Decimal(60_000), "NOK", "Innkjøp")
    foreign = subject_group(limits)
    with pytest.raises(IntegrityError, match="not to another"), transaction.atomic():
        AgendaItem.objects.create(
            meeting=meeting, kind="decision", title="x", position=9, referral=_referred_to(foreign)
        )


def _referred_to(body: Body) -> Referral:
    return Referral.objects.create(
        body=body, matter="x", title="x", reasons="x", asked_by=Person.objects.all()[0],
        asked_at=TODAY, state="with_the_body",
    )  # fmt: skip


def test_without_a_meeting_ahead_it_says_what_to_do(limits: World) -> None:
    asked, meeting = delegated(limits, 60_000), meeting_of(limits)
    Meeting.objects.filter(pk=meeting.pk).update(state="held", held_at=TODAY)
    with pytest.raises(WrongMoment, match="Plan one first"):
        put_referral_on_agenda(asked, actor=limits.actor("bo"), at=TODAY)


@pytest.mark.requirement("S19-54")
def test_pages_ask_for_the_amount_and_show_it(limits: World, client_of: SignIn) -> None:
    case, bo, place = on_agenda(limits), client_of("bo"), place_of(limits)
    page_then = bo.get(f"{place}/live/?case={case.pk}").content.decode()
    assert "Which matter of the instruction it is" in page_then
    sent = sentence(limits, version=case.version) | {"amount": "600000", "matter": "Innkjøp"}
    refused = bo.post(f"{place}/decide/{case.pk}/", sent)
    assert refused.status_code == 422
    assert "above the body&#x27;s limit" in refused.content.decode()
    assert bo.post(f"{place}/decide/{case.pk}/", sent | {"amount": "5000.50"}).status_code == 302
    decision = Decision.objects.get()
    for address in (
        f"/council/decisions/{decision.pk}/",
        "/council/decisions/",
        f"{place}/minutes/",
    ):
        assert "5,000.50\u00a0NOK" in bo.get(address).content.decode()


def test_the_words_are_said_in_the_readers_language(limits: World) -> None:
    assert limits.council is not None
    powers = instructed(limits.council, day=TODAY.date())
    with translation.override("nb"):
        words = beyond_the_body(powers, matter="Innkjøp", amount=Decimal(600_000), currency="NOK")
    assert "600" not in words
    assert "500" in words


@pytest.mark.requirement("S19-54")
def test_an_answer_takes_a_quorum_and_stands_in_the_minutes(limits: World) -> None:
    asked, meeting, bo = delegated(limits, 60_000), meeting_of(limits), limits.actor("bo")
    seat = meeting.calls.get(seat__is_leader=True).seat_id
    everybody = dict.fromkeys(meeting.calls.values_list("seat_id", flat=True))
    facts: dict[str, Any] = {"meeting": meeting, "is_agreed": True, "answer": "Kjøp dem."}
    register_attendance(meeting, present={seat: None}, actor=bo, at=TODAY)
    with pytest.raises(WrongMoment, match="Too few are present"):
        answer_referral(asked, actor=bo, at=TODAY, **facts)
    register_attendance(meeting, present=everybody, actor=bo, at=TODAY)
    with pytest.raises(NotAllowed):
        answer_referral(asked, actor=limits.actor("siv"), at=TODAY, **facts)
    assert answer_referral(asked, actor=bo, at=TODAY, **facts).state == "agreed"
    assert "Kjøp dem." in page(read_minutes(meeting, language="nb"))


def test_the_secretary_concludes_no_matter_that_became_one_to_decide(world: World) -> None:
    siv, meeting = world.actor("siv"), meeting_of(world)
    facts: dict[str, Any] = {"title": "Møteplan", "actor": siv, "at": TODAY}
    read = add_agenda_item(meeting, kind="discussion", **facts)
    change_agenda_item(AgendaItem.objects.get(pk=read.pk), kind="decision", notes="", **facts)
    with pytest.raises(NotAllowed, match="its leader"):
        conclude_item(read, conclusion="Hver måned.", actor=siv, at=TODAY)
