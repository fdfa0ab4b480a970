"""The page of what councils run together, from the question to the agreement and out again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from loype.councils.models import JointTerms
from tests.cast import World
from tests.councils.together import EXIT, agreed, answer, joint_of, run_together

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


def sent(world: World, **more: Any) -> dict[str, Any]:
    """A proposal as the form sends it."""
    return {
        "lead": world.fjordvik.pk, "cost_key": "equal", "amount": "100 000,01", "currency": "nok",
        "exit_terms": EXIT, "exit_days": "30", **more,
    }  # fmt: skip


@pytest.mark.requirement("ROR-15")
def test_two_councils_agree_on_the_page(world: World, client_of: ClientOf) -> None:
    activity = run_together(world)
    answer(world, activity, "elvestrand", "yes")
    answer(world, activity, "skogbygda", "later")
    place = f"/federation/together/{joint_of(activity).pk}/"
    bo, mia = client_of("bo"), client_of("mia")
    page = bo.get(place).content.decode()
    assert "Agree now on who leads" in page
    assert "later" in page
    assert bo.post(f"{place}terms/", sent(world)).status_code == 302
    page = mia.get(place).content.decode()
    assert "your answer is missing" in page
    assert page.count("50") >= 2  # 50 000,01 and 50 000,00
    terms = JointTerms.objects.get()
    assert mia.post(f"/federation/terms/{terms.pk}/agree/").status_code == 302
    assert "Agreed: Fjordvik kommune leads" in bo.get(place).content.decode()
    listed = client_of("dee").get("/portfolio/?view=list").content.decode()
    assert activity.title in listed


def test_what_was_written_is_kept_when_something_is_wrong(
    world: World, client_of: ClientOf
) -> None:
    activity = run_together(world)
    answer(world, activity, "elvestrand", "yes")
    place = f"/federation/together/{joint_of(activity).pk}/terms/"
    answered = client_of("bo").post(place, sent(world, amount="", cost_key="users"))
    assert answered.status_code == 422
    page = answered.content.decode()
    assert EXIT in page
    assert "Write the whole cost" in page
    assert "Write how many users each has." in page
    assert not JointTerms.objects.exists()


def test_users_are_counted_by_place(world: World, client_of: ClientOf) -> None:
    activity = run_together(world)
    answer(world, activity, "elvestrand", "yes")
    users = {
        f"users_{world.fjordvik.pk}": "3",
        f"users_{world.organisations['elvestrand'].pk}": "1",
    }
    place = f"/federation/together/{joint_of(activity).pk}/terms/"
    wanted = sent(world, cost_key="users", amount="100", **users)
    assert client_of("bo").post(place, wanted).status_code == 302
    amounts = JointTerms.objects.get().shares.values_list("organisation__short_name", "amount")
    assert dict(amounts) == {"FJO": 75, "ELV": 25}


def test_a_no_is_shown_with_its_reason(world: World, client_of: ClientOf) -> None:
    activity = run_together(world)
    answer(world, activity, "elvestrand", "yes")
    place = f"/federation/together/{joint_of(activity).pk}/"
    client_of("bo").post(f"{place}terms/", sent(world))
    terms = JointTerms.objects.get()
    mia = client_of("mia")
    decline = f"/federation/terms/{terms.pk}/decline/"
    assert mia.post(decline, {"reason": ""}).status_code == 422
    assert mia.post(decline, {"reason": "For dyrt for oss."}).status_code == 302
    assert "For dyrt for oss." in client_of("bo").get(place).content.decode()


@pytest.mark.requirement("ROR-15")
def test_one_leaves_on_the_page_by_the_terms(world: World, client_of: ClientOf) -> None:
    activity = agreed(world)
    place = f"/federation/together/{joint_of(activity).pk}/"
    mia = client_of("mia")
    assert "We leave" in mia.get(place).content.decode()
    assert "We leave" not in client_of("bo").get(place).content.decode()
    soon = timezone.localdate() + timedelta(days=10)
    early = mia.post(f"{place}leave/", {"leaving_date": soon.isoformat(), "reason": "Nye planer."})
    assert early.status_code == 422
    assert "By the terms, the first day is" in early.content.decode()
    late = timezone.localdate() + timedelta(days=120)
    done = mia.post(f"{place}leave/", {"leaving_date": late.isoformat(), "reason": "Nye planer."})
    assert done.status_code == 302
    assert "Nye planer." in client_of("bo").get(place).content.decode()


def test_the_answer_leads_to_the_terms(world: World, client_of: ClientOf) -> None:
    activity = run_together(world)
    invitation = answer(world, activity, "elvestrand", "yes")
    page = client_of("mia").get(f"/council/invitations/{invitation.pk}/").content.decode()
    assert f"/federation/together/{joint_of(activity).pk}/" in page
