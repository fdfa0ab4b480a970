"""From an election to the last answer, on the pages."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pypdf import PdfReader

from loype.councils.actions import put_on_agenda
from loype.councils.models import Case
from loype.kernel.clock import now
from loype.portfolio.mandates.actions import (
    MandateWords,
    add_commitment,
    record_election,
    record_mandate,
    say_cost_of_stopping,
)
from loype.portfolio.mandates.models import MandateQuestion, MandateSitting, PoliticalMandate
from loype.portfolio.models import Activity
from tests.cast import TODAY, World
from tests.portfolio.mandates.test_after_an_election import running
from tests.trail_world import idea_of

SignIn = Callable[[str], Client]


@pytest.fixture
def elected(world: World) -> dict[str, Any]:
    """Two activities on an old mandate, and an election yesterday."""
    day = localdate(now())
    words = MandateWords(
        title="Trygg hverdag", issuing_body="Kommunestyret", decision_reference="PS 12/26",
        decided_date=TODAY.date(),
    )  # fmt: skip
    siv, cai = world.actor("siv"), world.actor("cai")
    mandate = record_mandate(world.fjordvik, words=words, actor=siv, at=TODAY)
    locks, benches = running(world, "Digitale låser."), running(world, "Benker langs elva.")
    say_cost_of_stopping(
        locks, amount=Decimal(120000), words="Låsene er betalt.", actor=cai, at=TODAY
    )
    add_commitment(
        locks, kind="contract", words="=Leie av låser", bound_until=day + timedelta(days=200),
        actor=cai, at=TODAY,
    )  # fmt: skip
    record_election(
        world.fjordvik, name="Kommunevalg", election_date=day - timedelta(days=1), actor=siv,
        at=TODAY,
    )  # fmt: skip
    return {"mandate": mandate, "locks": locks, "benches": benches, "day": day}


def page(client: Client, name: str, *args: int) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.requirement("NET-07")
def test_it_stands_everywhere_on_the_day_after(elected: dict[str, Any], client_of: SignIn) -> None:
    ada = client_of("ada")
    assert "2 activities must be confirmed by the new council" in page(ada, "mandate_list")
    assert page(ada, "activity_list").count("Mandate to be confirmed") == 2
    assert "Mandate to be confirmed" in page(ada, "activity_page", elected["locks"].pk)
    assert "Since" in page(ada, "activity_mandate", elected["locks"].pk)


@pytest.mark.requirement("NET-07")
def test_the_folder_says_what_hangs_costs_and_binds(
    elected: dict[str, Any], client_of: SignIn
) -> None:
    bo = client_of("bo")
    text = page(bo, "mandate_folder")
    assert "2 activities need a yes from the new council." in text
    for words in ("PS 12/26", "Låsene er betalt.", "=Leie av låser", "NOK", "not said yet"):
        assert words in text
    table = bo.get(reverse("mandate_folder_csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["Activity"] for row in rows] == ["Benker langs elva", "Digitale låser"]
    assert rows[1]["Cost of stopping"] == "120000.00"
    assert rows[1]["What binds"] == "'=Leie av låser"
    assert {row["Standing"] for row in rows} == {"mandate to be confirmed"}
    reader = PdfReader(io.BytesIO(bo.get(reverse("mandate_folder_pdf")).content))
    told = "".join(one.extract_text() for one in reader.pages)
    assert "Digitale låser" in told
    assert "PS 12/26" in told


@pytest.mark.requirement("NET-07")
def test_one_sitting_answers_for_each(elected: dict[str, Any], client_of: SignIn) -> None:
    siv, bo, ada = client_of("siv"), client_of("bo"), client_of("ada")
    day = elected["day"].isoformat()
    opened = siv.post(reverse("sitting_open"), {"issuing_body": "Kommunestyret", "held_date": day})
    sitting = MandateSitting.objects.get()
    assert opened["Location"] == reverse("sitting_page", args=[sitting.pk])
    assert "2 activities wait for an answer." in page(bo, "sitting_page", sitting.pk)
    assert "Whoever decides for the organisation answers here." in page(
        ada, "sitting_page", sitting.pk
    )
    locks, benches = elected["locks"], elected["benches"]

    def answer(activity: Activity, **said: str) -> Any:
        return bo.post(reverse("sitting_answer", args=[sitting.pk, activity.pk]), said)

    again = answer(locks, answer="confirmed", reasons="")
    assert again.status_code == 422
    assert not MandateQuestion.objects.answered().exists()
    assert answer(locks, answer="confirmed", reasons="Den virker.").status_code == 302
    early = bo.post(reverse("sitting_close", args=[sitting.pk]), {"decision_reference": "PS 90"})
    assert early.status_code == 409
    assert answer(benches, answer="ended", reasons="Ikke vår sak.").status_code == 302
    benches.refresh_from_db()
    assert (benches.state, benches.end_reason) == ("stopped", "Ikke vår sak.")
    assert "Every activity has its answer." in page(bo, "sitting_page", sitting.pk)
    bo.post(reverse("sitting_close", args=[sitting.pk]), {"decision_reference": "PS 90/26"})
    done = page(ada, "sitting_page", sitting.pk)
    assert "decided as PS 90/26" in done
    assert "Den virker." in done
    assert "Every mandate holds." in page(ada, "mandate_list")
    assert "What new councils said" in page(ada, "activity_mandate", locks.pk)


def test_it_may_be_hung_on_another_mandate(elected: dict[str, Any], client_of: SignIn) -> None:
    siv, bo = client_of("siv"), client_of("bo")
    siv.post(
        reverse("mandate_new"),
        {
            "title": "Ny retning", "issuing_body": "Kommunestyret",
            "decision_reference": "PS 1/27", "decided_date": elected["day"].isoformat(),
        },
    )  # fmt: skip
    new = PoliticalMandate.objects.get(title="Ny retning")
    day = elected["day"].isoformat()
    siv.post(reverse("sitting_open"), {"issuing_body": "Kommunestyret", "held_date": day})
    sitting, locks = MandateSitting.objects.get(), elected["locks"]
    place = reverse("sitting_answer", args=[sitting.pk, locks.pk])
    missing = bo.post(place, {"answer": "changed", "reasons": "Ny plan."})
    assert missing.status_code == 422
    assert "Choose another mandate that is in force." in missing.content.decode()
    assert "Ny plan." in missing.content.decode()
    bo.post(place, {"answer": "changed", "mandate": new.pk, "reasons": "Ny plan."})
    locks.refresh_from_db()
    assert locks.mandate == new


def test_before_an_election_the_folder_says_what_will_be_asked(
    world: World, client_of: SignIn
) -> None:
    running(world)
    day = localdate(now()) + timedelta(days=30)
    siv = client_of("siv")
    form = {"name": "Kommunevalg", "election_date": day.isoformat(), "kind": "election"}
    assert siv.post(reverse("election_new"), form).status_code == 302
    assert "1 activity needs a yes from the new council after the election." in page(
        siv, "mandate_folder"
    )
    assert "Mandate not named yet" in page(siv, "mandate_list")


def test_the_owner_writes_down_what_binds(elected: dict[str, Any], client_of: SignIn) -> None:
    cai, benches = client_of("cai"), elected["benches"]
    place = reverse("activity_cost", args=[benches.pk])
    unclear = cai.post(place, {"amount": "1.234", "currency": "NOK", "words": ""})
    assert unclear.status_code == 422
    assert cai.post(place, {"amount": "12 500,50", "currency": "NOK"}).status_code == 302
    assert benches.__class__.objects.get(pk=benches.pk).stopping_cost.amount == Decimal("12500.50")
    add = reverse("activity_bond_add", args=[benches.pk])
    assert cai.post(add, {"kind": "grant", "words": "Skjønnsmidler"}).status_code == 302
    assert "Skjønnsmidler" in page(cai, "activity_mandate", benches.pk)


def test_deciding_asks_for_the_mandate_where_there_are_several(
    world: World, client_of: SignIn
) -> None:
    siv, bo = world.actor("siv"), client_of("bo")
    held = {}
    for title in ("Trygg hverdag", "Grønn kommune"):
        words = MandateWords(
            title=title, issuing_body="Kommunestyret", decision_reference=f"PS {title}",
            decided_date=TODAY.date(),
        )  # fmt: skip
        held[title] = record_mandate(world.fjordvik, words=words, actor=siv, at=TODAY)
    case = Case.objects.get(idea=idea_of(world, text="Digitale låser."))
    put_on_agenda(case, meeting=world.meeting, actor=world.actor("bo"), at=TODAY)  # type: ignore[arg-type]
    place = reverse("meeting_live", args=[world.meeting.pk])  # type: ignore[union-attr]
    assert "The political mandate it hangs on" in bo.get(place).content.decode()
    form = {
        "outcome": "go_on", "form": "experiment", "course": "own_pilot", "scale": "small",
        "responsible": world.people["cai"].pk, "reasons": "Verdt å prøve.",
    }  # fmt: skip
    decide = reverse("meeting_decide", args=[world.meeting.pk, case.pk])  # type: ignore[union-attr]
    asked = bo.post(decide, form)
    assert asked.status_code == 422
    assert "Say which political mandate it hangs on." in asked.content.decode()
    assert "PS Grønn kommune" in asked.content.decode()
    bo.post(decide, form | {"mandate": held["Grønn kommune"].pk})
    assert Activity.objects.get(idea=case.idea_id).mandate == held["Grønn kommune"]
