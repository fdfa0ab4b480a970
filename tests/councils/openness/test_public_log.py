"""What the public log tells of a decision, and what it never tells."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from loype.councils.models import Decision, LegalBasis, LoggedDecision
from loype.councils.openness.actions import AccessWords, assess_openness
from loype.councils.openness.models import DecisionAccess
from loype.kernel.errors import BadInput, NotAllowed
from loype.organisations.actor import NOBODY
from loype.search.models import SearchText
from tests.cast import TODAY, World
from tests.trail_world import go_on, idea_of

SECRET = "Naboen i Strandgata klager over støy."


@pytest.fixture
def decision(world: World) -> Decision:
    """A decision of Fjordvik's on an idea that its own people read, in approved minutes."""
    idea = idea_of(world, text="Støy ved legevakten om natten.")
    return locked(go_on(world, idea, reasons=SECRET).decision)


def locked(decision: Decision) -> Decision:
    """The decision once its minutes are approved."""
    Decision.objects.filter(pk=decision.pk).update(locked_at=TODAY)
    decision.refresh_from_db()
    return decision


def basis(code: str = "no-offl-13") -> LegalBasis:
    """A legal basis of the code list."""
    return LegalBasis.objects.get(code=code)


def assess(world: World, decision: Decision, *, by: str = "siv", **facts: Any) -> DecisionAccess:
    """Say what the public may know of it."""
    return assess_openness(decision, words=AccessWords(**facts), actor=world.actor(by), at=TODAY)


def withheld(world: World, decision: Decision) -> DecisionAccess:
    """Keep all of it back."""
    return assess(
        world, decision, access_class="withheld", legal_basis=basis(),
        reasons="Kan kjenne igjen en person.",
    )  # fmt: skip


def logged(decision: Decision) -> Any:
    """The decision as the log shows it to somebody signed out."""
    return LoggedDecision.objects.visible_to(NOBODY).get(pk=decision.pk)


def everything_of(one: Any) -> str:
    """All that was read of it from the database, as one text."""
    return " ".join(f"{name}={value}" for name, value in vars(one).items())


@pytest.mark.requirement("NET-08")
def test_every_locked_decision_stands_in_the_log(world: World, decision: Decision) -> None:
    one = logged(decision)
    assert (one.number, one.log_class) == (decision.number, "not_assessed")
    assert (one.log_title, one.log_reasons, one.log_outcome) == ("", "", "")
    not_locked = go_on(world, idea_of(world, text="Benker.", visibility="public")).decision
    assert not LoggedDecision.objects.visible_to(NOBODY).filter(pk=not_locked.pk).exists()


@pytest.mark.requirement("NET-08")
def test_of_what_is_withheld_only_number_day_and_legal_basis_are_read(
    world: World, decision: Decision
) -> None:
    withheld(world, decision)
    one = logged(decision)
    assert (one.number, one.decided_at) == (decision.number, decision.decided_at)
    assert (one.log_class, one.log_basis) == ("withheld", "Offentleglova § 13")
    told = everything_of(one)
    assert SECRET not in told
    assert "legevakten" not in told
    assert {"reasons", "conditions", "outcome", "case_id"} <= one.get_deferred_fields()


@pytest.mark.requirement("NET-08")
def test_what_is_open_is_told_in_the_words_for_the_public(world: World, decision: Decision) -> None:
    assess(world, decision, access_class="open", public_title="Støy om natten")
    one = logged(decision)
    assert (one.log_class, one.log_title, one.log_reasons) == ("open", "Støy om natten", SECRET)
    assert (one.log_outcome, one.log_form) == ("go_on", "experiment")
    assess(
        world, decision, access_class="partly", legal_basis=basis("no-offl-23"),
        public_title="Støy om natten", public_reasons="Vi prøver noe.", reasons="Forhandles.",
    )  # fmt: skip
    one = logged(decision)
    assert (one.log_class, one.log_reasons) == ("partly", "Vi prøver noe.")
    assert one.log_basis == "Offentleglova § 23"
    assert SECRET not in everything_of(one)
    assert [row.in_force for row in decision.accesses.order_by("pk")] == [False, True]


def test_what_is_public_already_is_open_by_itself(world: World) -> None:
    idea = idea_of(world, text="Benker langs elva.", visibility="public")
    decision = locked(go_on(world, idea).decision)
    one = logged(decision)
    assert (one.log_class, one.log_title) == ("open", "Benker langs elva")
    withheld(world, decision)
    assert SECRET not in everything_of(logged(decision))
    assert logged(decision).log_title == ""


@pytest.mark.requirement("NET-08")
def test_withheld_is_read_by_the_organisation_and_the_giver_alone(world: World) -> None:
    idea = idea_of(world, text="Støy ved legevakten.", visibility="public")
    decision = locked(go_on(world, idea, reasons=SECRET).decision)
    readers = ("bo", "cai", "ada", "dee", "olaf", "eve")

    def who_reads() -> list[str]:
        return [
            name
            for name in readers
            if Decision.objects.visible_to(world.actor(name)).filter(pk=decision.pk).exists()
        ]

    def who_finds() -> list[str]:
        found = SearchText.objects.filter(kind="decision", thing_id=decision.pk)
        return [name for name in readers if found.visible_to(world.actor(name)).exists()]

    assert who_reads() == who_finds() == list(readers)
    withheld(world, decision)
    assert who_reads() == who_finds() == ["bo", "cai", "ada"]
    assess(world, decision, access_class="open", public_title="Støy")
    assert who_reads() == who_finds() == list(readers)


@pytest.mark.requirement("NET-08")
def test_nothing_is_withheld_without_a_legal_basis(world: World, decision: Decision) -> None:
    with pytest.raises(BadInput) as refused:
        assess(world, decision, access_class="withheld")
    assert set(refused.value.fields) == {"legal_basis", "reasons"}
    LegalBasis.objects.filter(code="no-offl-15").update(to_date=TODAY.date() - timedelta(days=1))
    with pytest.raises(BadInput) as refused:
        assess(
            world, decision, access_class="withheld", legal_basis=basis("no-offl-15"), reasons="Nei"
        )
    assert set(refused.value.fields) == {"legal_basis"}
    for name in ("ada", "cai", "dee", "olaf"):
        with pytest.raises(NotAllowed):
            assess(world, decision, by=name, access_class="open", public_title="Støy")
    facts: dict[str, Any] = {
        "decision": decision, "set_at": TODAY, "set_by": world.people["siv"], "reasons": "x",
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="names_its_legal_basis"), transaction.atomic():
        DecisionAccess.objects.create(access_class="withheld", **facts)
    with pytest.raises(IntegrityError, match="as_much_as_its_class"), transaction.atomic():
        DecisionAccess.objects.create(
            access_class="withheld", legal_basis=basis(), public_title="Likevel", **facts
        )


@pytest.mark.requirement("NET-08")
def test_an_assessment_stays_as_it_was_made(world: World, decision: Decision) -> None:
    first = withheld(world, decision)
    assert withheld(world, decision) == first
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        DecisionAccess.objects.filter(pk=first.pk).update(reasons="Noe annet")
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        DecisionAccess.objects.all().delete()
    before = decision.locked_at
    decision.refresh_from_db()
    assert decision.locked_at == before
