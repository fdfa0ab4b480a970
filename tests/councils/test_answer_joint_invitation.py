"""Other councils are asked to join, and say yes, no or later by the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from loype.councils.actions import answer_joint_invitation
from loype.councils.models import JointInvitation
from loype.kernel.errors import NotAllowed, WrongMoment
from loype.portfolio.models import Activity
from loype.trail.handovers import start_running
from tests.cast import TODAY, World
from tests.councils.test_decide_case import decide, on_agenda
from tests.promises import without_promise, write_past_verbs


@pytest.fixture
def asked(world: World) -> JointInvitation:
    """Fjordvik asks Elvestrand (and Skogbygda) about an idea that only Fjordvik may read."""
    decision = decide(
        world, on_agenda(world, text="Felles nattevakt"), course="inter_municipal_shall",
        answer_by=TODAY.date() + timedelta(days=14), reasons="Vi klarer det ikke alene.",
    )  # fmt: skip
    return decision.invitations.get(organisation__short_name="ELV")


@pytest.mark.requirement("ROR-15")
def test_it_is_answered_on_the_page_and_seen_by_who_asked(
    world: World, asked: JointInvitation, client_of: Callable[[str], Client]
) -> None:
    place = f"/council/invitations/{asked.pk}/"
    mia, bo = client_of("mia"), client_of("bo")
    page = mia.get(place).content.decode()
    assert "Felles nattevakt" in page
    assert "Vi klarer det ikke alene." in page
    assert f"/council/decisions/{asked.decision_id}/" not in page
    refused = mia.post(place, {"answer": "yes", "reasons": ""})
    assert refused.status_code == 422
    assert "Give a reason" in refused.content.decode()
    assert mia.post(place, {"answer": "yes", "reasons": "Vi har samme behov."}).status_code == 302
    log = bo.get(f"/council/decisions/{asked.decision_id}/").content.decode()
    assert "Vi har samme behov." in log
    assert "no answer yet" in log  # Skogbygda has not said anything
    assert "What everybody answered" in bo.get(place).content.decode()
    assert "What everybody answered" not in mia.get(place).content.decode()


@pytest.mark.requirement("ROR-15")
@pytest.mark.parametrize("who", ["bo", "fia", "dee", "gro", "olaf"])
def test_only_the_asked_councils_decider_answers(
    world: World, asked: JointInvitation, who: str
) -> None:
    with pytest.raises(NotAllowed):
        answer_joint_invitation(
            asked, answer="yes", reasons="Ja.", actor=world.actor(who), at=TODAY
        )


@pytest.mark.requirement("ROR-15")
def test_later_may_be_answered_again_but_yes_stays(world: World, asked: JointInvitation) -> None:
    mia = world.actor("mia")
    answer_joint_invitation(asked, answer="later", reasons="Etter ferien.", actor=mia, at=TODAY)
    answer_joint_invitation(asked, answer="yes", reasons="Nå er vi klare.", actor=mia, at=TODAY)
    with pytest.raises(WrongMoment, match="already answered"):
        answer_joint_invitation(asked, answer="no", reasons="Angrer.", actor=mia, at=TODAY)


@pytest.mark.requirement("ROR-15")
def test_the_database_wants_an_answer_day_and_reasons(world: World, asked: JointInvitation) -> None:
    mia = {"answered_at": TODAY, "answered_by": world.people["mia"]}
    for change in ({"answer": "yes", "reasons": "", **mia}, {"answer": "no", "reasons": "Nei"}):
        refused = pytest.raises(IntegrityError, match="answer_has_reasons_and_sender")
        with refused, transaction.atomic():
            JointInvitation.objects.filter(pk=asked.pk).update(**change)
    refused = pytest.raises(IntegrityError, match="joint_course_has_answer_day")
    with without_promise("decision_stays", table="councils_decision"), refused:
        write_past_verbs(
            "UPDATE councils_decision SET answer_by = NULL WHERE id = %s", asked.decision_id
        )


@pytest.mark.requirement("ROR-15")
def test_shall_waits_for_a_yes(world: World, asked: JointInvitation) -> None:
    activity, cai = Activity.objects.get(decision=asked.decision_id), world.actor("cai")
    after = TODAY + timedelta(days=60)
    with pytest.raises(WrongMoment):
        start_running(activity, actor=cai, at=after)
    answer_joint_invitation(
        asked, answer="yes", reasons="Vi er med.", actor=world.actor("mia"), at=TODAY
    )
    assert start_running(activity, actor=cai, at=TODAY).state == "running"


@pytest.mark.requirement("ROR-15")
@pytest.mark.parametrize(
    ("course", "days", "words"),
    [
        ("inter_municipal_shall", 60, "shall be run together"),
        ("inter_municipal_should", 14, "waits for the answers"),
    ],
)
def test_the_database_lets_nobody_run_it_alone(
    world: World, course: str, days: int, words: str
) -> None:
    decision = decide(
        world, on_agenda(world, text="Felles nattevakt"), course=course,
        answer_by=TODAY.date() + timedelta(days=14),
    )  # fmt: skip
    rows = Activity.objects.filter(decision=decision)
    started = {"state": "running", "started_at": TODAY + timedelta(days=days)}
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        rows.update(**started)
    if course == "inter_municipal_should":
        rows.update(**started | {"started_at": TODAY + timedelta(days=15)})
        return
    asked = JointInvitation.objects.filter(decision=decision).order_by("pk")[:1]
    JointInvitation.objects.filter(pk__in=asked.values("pk")).update(
        answer="yes", reasons="Ja.", answered_at=TODAY, answered_by=world.people["mia"]
    )
    rows.update(**started)


@pytest.mark.requirement("ROR-15")
def test_should_goes_on_when_the_day_has_passed(world: World) -> None:
    decision = decide(
        world, on_agenda(world, text="Felles opplæring"), course="inter_municipal_should",
        answer_by=TODAY.date() + timedelta(days=14),
    )  # fmt: skip
    activity, cai = Activity.objects.get(decision=decision), world.actor("cai")
    with pytest.raises(WrongMoment):
        start_running(activity, actor=cai, at=TODAY + timedelta(days=14))
    running = start_running(activity, actor=cai, at=TODAY + timedelta(days=15))
    assert running.state == "running"
