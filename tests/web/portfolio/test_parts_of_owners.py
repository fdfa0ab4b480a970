"""A co-owner's people see, hang and answer for their own part, on the pages and by programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pypdf import PdfReader

from loype.kernel.clock import now
from loype.portfolio.mandates.actions import MandateWords, record_election, record_mandate
from loype.portfolio.mandates.models import MandateSitting
from loype.portfolio.models import Activity, Participant
from tests.cast import TODAY, World
from tests.councils.together import agreed

SignIn = Callable[[str], Client]
pytestmark = pytest.mark.requirement("NET-07")


@pytest.fixture
def together(world: World) -> Activity:
    """Owned by three; an election yesterday in Elvestrand, which has named no mandate."""
    activity = agreed(world)
    record_election(
        world.organisations["elvestrand"], name="Kommunevalg",
        election_date=localdate(now()) - timedelta(days=1), actor=world.actor("mia"), at=TODAY,
    )  # fmt: skip
    return activity


def page(client: Client, name: str, *args: int) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def mandate_of(world: World) -> Any:
    """What Elvestrand's council asked for before the election."""
    words = MandateWords(
        title="Trygge netter", issuing_body="Kommunestyret", decision_reference="PS 7/26",
        decided_date=TODAY.date(),
    )  # fmt: skip
    place = world.organisations["elvestrand"]
    return record_mandate(place, words=words, actor=world.actor("mia"), at=TODAY)


def test_everybody_sees_whose_part_is_in_question(together: Activity, client_of: SignIn) -> None:
    ada, dee = client_of("ada"), client_of("dee")
    assert "Mandate to be confirmed" in page(ada, "activity_list")
    assert "its mandate is to be confirmed" in page(ada, "activity_page", together.pk)
    seen = page(ada, "activity_mandate", together.pk)
    assert "The other owners" in seen
    assert "Elvestrand kommune" in seen
    own = page(dee, "activity_mandate", together.pk)
    assert "What our part of" in own
    assert "Our part is to be confirmed" in own
    assert "Fjordvik kommune" in own
    assert "Skogbygda kommune" in own
    assert "Say what it would cost" not in own
    assert "1 activity must be confirmed by the new council" in page(dee, "mandate_list")


def test_its_people_hang_their_part_on_their_own_mandate(
    world: World, together: Activity, client_of: SignIn
) -> None:
    mandate = mandate_of(world)
    place = reverse("activity_hang", args=[together.pk])
    assert client_of("dee").post(place, {"mandate": mandate.pk}).status_code == 403
    mia = client_of("mia")
    assert mia.post(place, {"mandate": ""}).status_code == 422
    assert mia.post(place, {"mandate": mandate.pk}).status_code == 302
    assert "PS 7/26" in page(mia, "activity_mandate", together.pk)
    assert "PS 7/26" not in page(client_of("ada"), "activity_mandate", together.pk)
    # What stopping costs is said by who leads it, not by a co-owner.
    assert mia.post(reverse("activity_cost", args=[together.pk]), {}).status_code == 403


def test_the_folder_and_the_sitting_have_the_part(
    world: World, together: Activity, client_of: SignIn
) -> None:
    mandate, mia = mandate_of(world), client_of("mia")
    mia.post(reverse("activity_hang", args=[together.pk]), {"mandate": mandate.pk})
    folder = page(mia, "mandate_folder")
    assert "Our part; Fjordvik kommune's activity" in folder
    assert "Den som går ut, betaler sin del ut året." in folder
    table = mia.get(reverse("mandate_folder_csv")).content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(table))
    assert (row["Our share"], row["Whose activity"]) == ("33333.33", "Fjordvik kommune")
    assert row["Decision reference"] == "PS 7/26"
    reader = PdfReader(io.BytesIO(mia.get(reverse("mandate_folder_pdf")).content))
    assert "Our share" in "".join(one.extract_text() for one in reader.pages)
    day = localdate(now()).isoformat()
    mia.post(reverse("sitting_open"), {"issuing_body": "Kommunestyret", "held_date": day})
    sitting = MandateSitting.objects.get()
    seen = page(mia, "sitting_page", sitting.pk)
    assert "Leave it, by the agreed terms" in seen
    place = reverse("sitting_answer", args=[sitting.pk, together.pk])
    assert mia.post(place, {"answer": "confirmed", "reasons": ""}).status_code == 422
    answered = mia.post(place, {"answer": "confirmed", "reasons": "Vi vil ha den."})
    assert answered.status_code == 302
    assert "Every activity has its answer." in page(mia, "sitting_page", sitting.pk)
    assert "Vi vil ha den." in page(mia, "activity_mandate", together.pk)
    assert "Vi vil ha den." not in page(client_of("ada"), "activity_mandate", together.pk)


def test_a_sitting_answers_only_for_what_its_organisation_owns(
    world: World, together: Activity, client_of: SignIn
) -> None:
    mia, day = client_of("mia"), localdate(now()).isoformat()
    mia.post(reverse("sitting_open"), {"issuing_body": "Kommunestyret", "held_date": day})
    sitting = MandateSitting.objects.get()
    Participant.objects.filter(
        activity=together, organisation=world.organisations["elvestrand"]
    ).update(left_date=localdate(now()))
    place = reverse("sitting_answer", args=[sitting.pk, together.pk])
    assert mia.post(place, {"answer": "ended", "reasons": "Nei."}).status_code == 404
