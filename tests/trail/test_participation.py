"""Who gives ideas, by unit and by work; and which ideas employees drive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from loype.accounts.models import Person
from loype.bodies.loading import load_actor
from loype.ideas.models import Idea
from loype.kernel.errors import BadInput, NotAllowed
from loype.organisations.actions import add_unit, describe_unit, give_role, place_person
from loype.organisations.actor import HOUSE
from loype.organisations.models import Unit
from loype.organisations.positions import Work, is_employee_driven, position_of
from loype.trail.handovers import hand_in, withdraw
from loype.trail.participation import Line, Participation, measure_participation, twelve_months
from tests.cast import BEGINNING, TODAY, World
from tests.trail_world import go_on, idea_of

pytestmark = pytest.mark.requirement("ROR-19")
APRIL = datetime(2026, 4, 10, 8, 0, tzinfo=UTC)


@dataclass
class Town:
    """Fjordvik with units and people in them."""

    world: World
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, list[Person]] = field(default_factory=dict)

    def unit(self, name: str, *, employees: int | None, people: int = 0, kind: str = "service",
             within: str = "", position: str = "") -> None:  # fmt: skip
        """A unit with so many registered colleagues."""
        fjordvik = self.world.fjordvik
        unit = self.units[name] = add_unit(
            fjordvik, name=name, kind=kind, employees=employees, parent=self.units.get(within),
            actor=HOUSE, at=BEGINNING,
        )  # fmt: skip
        for number in range(people):
            person = Person.objects.create_user(
                f"{name}{number}@example.test", name=f"{name} {number}"
            )
            give_role(person, organisation=fjordvik, role="employee", unit=unit, actor=HOUSE,
                      at=BEGINNING)  # fmt: skip
            if position:
                place_person(person, organisation=fjordvik, unit=unit, job_title="",
                             position=position, actor=HOUSE, at=BEGINNING)  # fmt: skip
            self.people.setdefault(name, []).append(person)

    def give(self, name: str, count: int, *, at: datetime = TODAY) -> list[Idea]:
        """So many of a unit's people hand in an idea each."""
        return [
            hand_in(
                organisation=self.world.fjordvik, text=f"Forslag fra {person.name}", kind="idea",
                actor=load_actor(person.pk, name=person.name, day=at.date()), at=at,
            )
            for person in self.people[name][:count]
        ]  # fmt: skip

    def measured(self, *, at: datetime = APRIL) -> Participation:
        return measure_participation(self.world.fjordvik, at=at)


@pytest.fixture
def town(world: World) -> Town:
    """Beside the cast there are two more who belong to no unit, so that these are not few."""
    town = Town(world)
    for name in ("Nora", "Ola"):
        person = Person.objects.create_user(f"{name}@example.test", name=name)
        give_role(person, organisation=world.fjordvik, role="employee", actor=HOUSE, at=BEGINNING)
    return town


def line(found: Participation, *names: str) -> Line:
    return next(one for one in found.units if set(one.names) == set(names))


def names(lines: Sequence[Line]) -> set[str]:
    return {name for one in lines for name in one.names}


def test_it_counts_givers_per_hundred_employees(town: Town) -> None:
    town.unit("Skole", employees=40, people=8)
    town.give("Skole", 6)
    town.give("Skole", 2, at=TODAY + timedelta(days=3))  # the same two once more
    found = town.measured()
    assert (line(found, "Skole").givers, line(found, "Skole").per_hundred) == (6, 15.0)


def test_it_names_the_units_without_a_giver_for_twelve_months(town: Town) -> None:
    town.unit("Skole", employees=40, people=6)
    town.unit("Vei", employees=12, people=6)
    town.unit("Park", employees=9)
    town.give("Skole", 5)
    town.give("Vei", 1, at=TODAY - timedelta(days=20))
    assert "Park" in names(town.measured().silent)
    assert not {"Skole", "Vei"} & names(town.measured().silent)
    later = town.measured(at=APRIL + timedelta(days=365))
    assert {"Skole", "Vei", "Park"} <= names(later.silent)


def test_it_does_not_tell_from_one_to_four_apart(town: Town) -> None:
    town.unit("Vei", employees=12, people=6)
    shown = []
    for count in (1, 3):
        town.give("Vei", count, at=TODAY + timedelta(days=count))
        shown.append(line(town.measured(), "Vei"))
    assert shown[0] == shown[1]
    assert (shown[0].givers, shown[0].per_hundred, shown[0].is_silent) == (None, None, False)
    assert (shown[0].fate.carried_on, shown[0].fate.days) == (None, None)


def test_it_puts_small_units_together(town: Town) -> None:
    town.unit("Helse", employees=None)
    town.unit("Legevakt", employees=3, within="Helse")
    town.unit("Helsestasjon", employees=4, within="Helse")
    assert set(line(town.measured(), "Legevakt", "Helsestasjon").names) == {
        "Legevakt",
        "Helsestasjon",
    }
    assert not any(one.names == ("Legevakt",) for one in town.measured().units)


def test_it_counts_those_registered_where_no_number_is_set(town: Town) -> None:
    town.unit("Vei", employees=None, people=6)
    assert line(town.measured(), "Vei").people == 6


def test_it_counts_a_giver_once_where_they_gave_last(town: Town) -> None:
    town.unit("Skole", employees=20, people=5)
    town.unit("Vei", employees=20)
    town.give("Skole", 5)
    moved = town.people["Skole"][0]
    place_person(moved, organisation=town.world.fjordvik, unit=town.units["Vei"], job_title="",
                 actor=HOUSE, at=TODAY)  # fmt: skip
    town.give("Skole", 1, at=TODAY + timedelta(days=2))
    found = town.measured()
    assert line(found, "Skole").givers is None  # four are left
    assert line(found, "Vei").givers is None


def test_it_tells_what_became_of_ideas_where_five_have_their_answer(town: Town) -> None:
    town.unit("Skole", employees=20, people=6)
    ideas = town.give("Skole", 6, at=TODAY - timedelta(days=10))
    for idea in ideas[:4]:
        go_on(town.world, idea)
    assert line(town.measured(), "Skole").fate.carried_on is None
    go_on(town.world, ideas[4])
    fate = line(town.measured(), "Skole").fate
    assert fate.carried_on == 1.0
    assert fate.days == pytest.approx(10.0)


def test_it_leaves_out_what_was_taken_back_or_came_later(town: Town) -> None:
    town.unit("Skole", employees=20, people=6)
    ideas = town.give("Skole", 6)
    actor = load_actor(ideas[0].giver_id or 0, name="", day=TODAY.date())
    withdraw(ideas[0], actor=actor, at=TODAY)
    assert line(town.measured(), "Skole").givers == 5
    town.give("Skole", 1, at=datetime(2026, 4, 2, tzinfo=UTC))
    assert line(town.measured(), "Skole").givers == 5


def test_it_looks_at_whole_months_where_the_organisation_is(town: Town) -> None:
    # Half past ten in the evening in London's time is the next month in Oslo.
    period = twelve_months(town.world.fjordvik, at=datetime(2026, 3, 31, 22, 30, tzinfo=UTC))
    assert (period.first.isoformat(), period.last_before.isoformat()) == (
        "2025-04-01",
        "2026-04-01",
    )
    assert period.until == datetime(2026, 3, 31, 22, 0, tzinfo=UTC)


def test_it_tells_the_whole_only_as_the_lines_do(town: Town) -> None:
    town.unit("Skole", employees=40, people=6)
    town.unit("Vei", employees=12, people=6)
    town.give("Skole", 6)
    assert list(town.measured().givers) == [6]
    town.give("Vei", 2)
    assert list(town.measured().givers) == [7, 8, 9, 10]


def test_it_counts_by_what_the_work_is(town: Town) -> None:
    town.unit("Skole", employees=40, people=6)
    town.unit("Rektorer", employees=6, people=6, position="leader")
    town.unit("Drift", employees=6, people=6, kind="it")
    town.give("Skole", 5)
    town.give("Rektorer", 6)
    works = {one.names[0]: one for one in town.measured().works or []}
    assert (works["staff"].people, works["staff"].givers) == (6, 5)
    assert (works["leader"].people, works["leader"].givers) == (7, 6)  # Siv decides alone
    assert (works["it"].people, works["it"].givers) == (6, 0)


def test_it_leaves_the_works_out_where_they_would_give_a_few_away(town: Town) -> None:
    town.unit("Skole", employees=40, people=9)
    town.unit("Vei", employees=12, people=3)
    town.give("Skole", 5)
    town.give("Vei", 1)
    # All six do the work itself: with that number the one from Vei could be found.
    assert town.measured().works is None


def test_it_tells_how_much_is_employee_driven_where_both_sides_are_five(town: Town) -> None:
    town.unit("Skole", employees=40, people=6)
    town.unit("Drift", employees=20, people=5, kind="it")
    town.give("Skole", 5)
    assert town.measured().employee_driven == 1.0
    town.give("Drift", 4)
    assert town.measured().employee_driven is None
    town.give("Drift", 5, at=TODAY + timedelta(days=1))
    assert town.measured().employee_driven == pytest.approx(5 / 14)


@pytest.mark.parametrize(
    ("kind", "position", "driven"),
    [
        ("service", "", True),
        ("management", "", False),
        ("it", "", False),
        ("service", "leader", False),
        ("service", "it", False),
        ("management", "staff", True),
    ],
)
def test_it_marks_an_idea_by_the_givers_work(
    town: Town, kind: str, position: str, driven: bool
) -> None:
    town.unit("Enhet", employees=10, people=1, kind=kind, position=position)
    (idea,) = town.give("Enhet", 1)
    assert idea.employee_driven is driven


def test_it_keeps_the_mark_when_the_giver_rises(town: Town) -> None:
    town.unit("Enhet", employees=10, people=1)
    (idea,) = town.give("Enhet", 1)
    place_person(town.people["Enhet"][0], organisation=town.world.fjordvik, unit=None, job_title="",
                 position="leader", actor=HOUSE, at=TODAY)  # fmt: skip
    idea.refresh_from_db()
    assert idea.employee_driven is True


def test_it_says_nothing_where_nothing_is_known() -> None:
    assert position_of([Work("employee", "", None)]) == ""
    assert is_employee_driven("") is None
    assert position_of([Work("employee", "", "service"), Work("decider", "", None)]) == "leader"
    assert (
        position_of([Work("employee", "it", "service"), Work("administrator", "staff", None)])
        == "it"
    )


def test_it_lets_only_administrators_describe_a_unit(world: World) -> None:
    assert world.unit is not None
    with pytest.raises(NotAllowed):
        describe_unit(world.unit, kind="it", employees=4, actor=world.actor("ada"), at=TODAY)
    siv = world.actor("siv")
    for kind, employees in (("sales", 4), ("it", -1), ("it", 2_000_000)):
        with pytest.raises(BadInput):
            describe_unit(world.unit, kind=kind, employees=employees, actor=siv, at=TODAY)
    changed = describe_unit(world.unit, kind="it", employees=4, actor=siv, at=TODAY)
    assert (changed.kind, changed.employees) == ("it", 4)


def test_it_tells_nothing_of_the_work_of_a_hidden_giver(world: World) -> None:
    open_one = idea_of(world, text="Åpent")
    hidden = idea_of(world, text="Skjult", anonymity="hidden")
    for idea in (open_one, hidden):
        Idea.objects.filter(pk=idea.pk).update(employee_driven=True)
        idea.refresh_from_db()
    assert (open_one.is_employee_driven, hidden.is_employee_driven) == (True, None)
