"""Spread is counted only when the taker confirms that it is in use there."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from loype.kernel.errors import BadInput, NotAllowed, NotFound, WrongMoment
from loype.spread import actions
from loype.spread.models import Adoption, Solution
from tests.cast import TODAY
from tests.trail_world import TrailWorld


@pytest.fixture
def dee(trail: TrailWorld) -> Any:
    """The taker's contact, and today."""
    return {"actor": trail.world.actor("dee"), "at": TODAY}


def count(trail: TrailWorld) -> int:
    """How many use the solution, as its page says."""
    return Solution.objects.get(pk=trail["solution"].pk).in_use_count


@pytest.mark.requirement("S17-34")
def test_it_counts_only_after_the_takers_confirmation(trail: TrailWorld, dee: Any) -> None:
    adoption = trail["adoption"]
    assert count(trail) == 0
    for state in ("testing", "adapting"):
        actions.move_adoption(adoption, state=state, **dee)
        assert count(trail) == 0
    with pytest.raises(BadInput) as refused:
        actions.confirm_in_use(adoption, value_seen=" ", **dee)
    assert set(refused.value.fields) == {"value_seen"}
    adoption = actions.confirm_in_use(adoption, value_seen="Svar på tre dager", **dee)
    assert (adoption.confirmed_by_id, count(trail)) == (dee["actor"].person_id, 1)
    assert list(Adoption.objects.counted_as_spread()) == [adoption]


@pytest.mark.requirement("S17-34")
@pytest.mark.parametrize("name", ["cai", "bo", "siv", "fia", "ada"])
def test_the_giver_cannot_confirm(trail: TrailWorld, name: str) -> None:
    with pytest.raises(NotAllowed):
        actions.confirm_in_use(
            trail["adoption"], value_seen="Flott", actor=trail.world.actor(name), at=TODAY
        )
    assert count(trail) == 0


@pytest.mark.requirement("S17-34")
def test_the_database_refuses_use_that_nobody_confirmed(trail: TrailWorld) -> None:
    rows = Adoption.objects.filter(pk=trail["adoption"].pk)
    with pytest.raises(IntegrityError, match="in_use_is_confirmed_by_taker"), transaction.atomic():
        rows.update(state="in_use")
    with pytest.raises(IntegrityError, match="in_use_is_confirmed_by_taker"), transaction.atomic():
        rows.update(state="in_use", confirmed_at=TODAY, confirmed_by=trail.world.people["dee"])


@pytest.mark.requirement("S17-34")
def test_stopping_lowers_the_count(trail: TrailWorld, dee: Any) -> None:
    adoption = actions.confirm_in_use(trail["adoption"], value_seen="Svar på tre dager", **dee)
    fia = {"actor": trail.world.actor("fia"), "at": TODAY}
    other = actions.take_up(trail["solution"], **fia)
    actions.confirm_in_use(other, value_seen="Vi også", **fia)
    assert count(trail) == 2
    with pytest.raises(BadInput):
        actions.stop_adoption(adoption, reason="", **dee)
    with pytest.raises(IntegrityError, match="stopped_adoption_has_reason"), transaction.atomic():
        Adoption.objects.filter(pk=adoption.pk).update(state="stopped", stopped_at=TODAY)
    actions.stop_adoption(adoption, reason="Nytt fagsystem gjør det samme", **dee)
    assert count(trail) == 1


def test_an_organisation_takes_it_up_once_at_a_time(trail: TrailWorld, dee: Any) -> None:
    mia = {"actor": trail.world.actor("mia"), "at": TODAY}
    with pytest.raises(WrongMoment):
        actions.take_up(trail["solution"], **mia)
    actions.stop_adoption(trail["adoption"], reason="Ikke nå", **dee)
    again = actions.take_up(trail["solution"], **mia)
    assert again.state == "considering"
    with pytest.raises(IntegrityError, match="adopted_once"), transaction.atomic():
        Adoption.objects.create(
            solution=trail["solution"], organisation=trail.world.organisations["elvestrand"],
            contact=trail.world.people["dee"], began_at=TODAY,
        )  # fmt: skip


def test_its_makers_and_strangers_do_not_take_it_up(trail: TrailWorld) -> None:
    with pytest.raises(NotAllowed):
        actions.take_up(trail["solution"], actor=trail.world.actor("ada"), at=TODAY)
    with pytest.raises(NotFound):
        actions.take_up(trail["solution"], actor=trail.world.actor("olaf"), at=TODAY)


def test_it_is_published_only_when_it_tells_enough(trail: TrailWorld) -> None:
    cai = {"actor": trail.world.actor("cai"), "at": TODAY}
    draft = actions.edit_solution(trail["draft_solution"], for_whom="", **cai)
    with pytest.raises(BadInput) as refused:
        actions.publish_solution(draft, **cai)
    assert set(refused.value.fields) == {"for_whom"}
    with pytest.raises(IntegrityError, match="tells_enough"), transaction.atomic():
        Solution.objects.filter(pk=draft.pk).update(state="published", published_at=TODAY)


def test_a_retired_solution_says_why_and_cannot_be_taken_up(trail: TrailWorld) -> None:
    cai = {"actor": trail.world.actor("cai"), "at": TODAY}
    with pytest.raises(BadInput):
        actions.retire_solution(trail["solution"], reason="", **cai)
    with pytest.raises(IntegrityError, match="retired_solution_says_why"), transaction.atomic():
        Solution.objects.filter(pk=trail["solution"].pk).update(state="retired")
    retired = actions.retire_solution(trail["solution"], reason="Loven er endret", **cai)
    assert (retired.retire_reason, retired.retired_at) == ("Loven er endret", TODAY)
    with pytest.raises(WrongMoment):
        actions.take_up(retired, actor=trail.world.actor("fia"), at=TODAY)
    again = actions.publish_solution(retired, **cai)
    assert (again.retire_reason, again.retired_at) == ("", None)
