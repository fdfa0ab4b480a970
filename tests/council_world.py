"""What a council has before it besides cases, and the mandates that its activities hang on: what
the permission matrix asks about them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from loype.bodies.actions import (
    add_composition_rule,
    decide_by_instruction,
    promise_introduction,
    put_on_wheel,
)
from loype.councils.actions import add_agenda_item, declare_interest, propose
from loype.portfolio.mandates.actions import (
    MandateWords,
    add_commitment,
    record_election,
    record_mandate,
)
from loype.portfolio.mandates.models import MandateSitting
from tests.cast import TODAY, World


def add_matters(world: World, things: dict[str, Any]) -> None:
    """A matter on the agenda with a proposal, and a member who has an interest in another."""
    meeting, bo = things["meeting"], world.actor("bo")
    facts = {"meeting": meeting, "actor": bo, "at": TODAY}
    things["matter"] = add_agenda_item(kind="decision", title="Møteplan", **facts)
    things["proposal"] = propose(things["matter"], text="Hver måned.", actor=bo, at=TODAY)
    things["fia_call"] = meeting.calls.get(attended_by=world.people["fia"])
    cai = meeting.calls.get(attended_by=world.people["cai"])
    things["interest"] = declare_interest(
        things["matter"], call=cai, reason="Eier huset.", actor=bo, at=TODAY
    )


def add_mandates(world: World, things: dict[str, Any]) -> None:
    """A political mandate, an election far ahead, a sitting, and what binds the activity."""
    siv = world.actor("siv")
    words = MandateWords(
        title="Trygg hverdag", issuing_body="Kommunestyret", decision_reference="PS 12/26",
        decided_date=TODAY.date(),
    )  # fmt: skip
    things["mandate"] = record_mandate(world.fjordvik, words=words, actor=siv, at=TODAY)
    things["election"] = record_election(
        world.fjordvik, name="Kommunevalg", election_date=TODAY.date() + timedelta(days=9000),
        actor=siv, at=TODAY,
    )  # fmt: skip
    things["commitment"] = add_commitment(
        things["activity"], kind="contract", words="Leie av låser", bound_until=None,
        actor=world.actor("cai"), at=TODAY,
    )  # fmt: skip
    things["sitting"] = MandateSitting.objects.create(
        organisation=world.fjordvik, issuing_body="Kommunestyret", held_date=TODAY.date(),
        opened_at=TODAY, opened_by=world.people["siv"],
    )  # fmt: skip


def add_council_year(world: World, things: dict[str, Any]) -> None:
    """What Fjordvik's council has before it this year, and a rule about who sits on it."""
    assert world.council is not None
    bo, siv, day = world.actor("bo"), world.actor("siv"), TODAY.date()
    things["composition_rule"] = add_composition_rule(
        world.council, rule="disciplines", strength="told", from_date=day, actor=siv, at=TODAY
    )
    things["wheel_item"] = put_on_wheel(
        world.council, kind="plan", title="Plan", due_date=day, actor=bo, at=TODAY
    )
    things["introduction"] = promise_introduction(
        world.council, whom="Ada", to_whom="Nabokommunen", due_date=day,
        actor=world.actor("cai"), at=TODAY,
    )  # fmt: skip
    things["referral"] = decide_by_instruction(
        world.council, matter="Innkjøp", title="Sensorer", reasons="Trengs.", actor=siv, at=TODAY
    )
