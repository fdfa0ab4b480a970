"""Small groups are counted so that nobody is recognised, not by subtraction either."""

from __future__ import annotations

import itertools
from collections import defaultdict

import pytest
from hypothesis import given, strategies as st

from loype.trail.small_groups import (
    FEWEST,
    Group,
    Row,
    may_stand_beside,
    possible_wholes,
    rows_of,
)

pytestmark = pytest.mark.requirement("ROR-19")


@st.composite
def groups(draw: st.DrawFn) -> list[Group]:
    sizes = draw(st.lists(st.integers(0, 12), max_size=8))
    return [
        Group(
            key=key,
            people=people,
            givers=draw(st.integers(0, people)),
            area=draw(st.sampled_from([None, "north", "south"])),
        )
        for key, people in enumerate(sizes)
    ]


@given(groups())
def test_it_shows_no_group_of_fewer_than_five_alone(of: list[Group]) -> None:
    rows = rows_of(of)
    assert all(row.people >= FEWEST for row in rows)
    for row in rows:
        if any(group.people < FEWEST for group in row.groups):
            assert len(row.groups) > 1


@given(groups())
def test_it_leaves_nobody_out(of: list[Group]) -> None:
    rows = rows_of(of)
    shown = [group for row in rows for group in row.groups]
    together = sum(group.people for group in of) >= FEWEST and len(of) > 1
    assert sorted(shown, key=lambda one: one.key) == (of if rows else [])  # type: ignore[arg-type, return-value]
    assert bool(rows) or not together


@given(groups(), st.data())
def test_it_is_put_together_by_size_only(of: list[Group], data: st.DataObject) -> None:
    others = [
        Group(one.key, one.people, data.draw(st.integers(0, one.people)), one.area) for one in of
    ]
    keys = [[group.key for group in row.groups] for row in rows_of(of)]
    assert keys == [[group.key for group in row.groups] for row in rows_of(others)]


def test_it_puts_small_groups_of_an_area_together_first() -> None:
    of = [
        Group("a", 3, 0, "n"),
        Group("b", 3, 0, "n"),
        Group("c", 2, 0, "s"),
        Group("d", 9, 0, "s"),
    ]
    keys = [{group.key for group in row.groups} for row in rows_of(of)]
    assert keys == [{"a", "b"}, {"c", "d"}]


def test_it_has_no_row_where_all_are_few() -> None:
    assert rows_of([Group("a", 2, 1), Group("b", 2, 0)]) == []
    assert rows_of([]) == []


def told(rows: list[Row]) -> tuple[tuple[int, object], ...]:
    """What a reader sees of rows."""
    return tuple((row.people, "few" if row.is_few else row.givers) for row in rows)


@pytest.mark.parametrize(
    ("units", "works"),
    [((2, 3, 6), (14, 17)), ((5, 6, 6), (20, 14)), ((6, 6), (15, 16)), ((2, 2, 5, 3), (19, 14))],
)
def test_it_leaves_each_hidden_number_open(units: tuple[int, ...], works: tuple[int, ...]) -> None:
    """Whoever knows all rules tries everything that could have happened."""
    seen: dict[object, list[tuple[list[int], list[int]]]] = defaultdict(list)
    for gave in itertools.product(*(range(people + 1) for people in units)):
        first = rows_of(Group(key, units[key], count) for key, count in enumerate(gave))
        for by_work in itertools.product(*(range(people + 1) for people in works)):
            if sum(by_work) == sum(gave):
                second = rows_of(Group(key, works[key], n) for key, n in enumerate(by_work))
                beside = may_stand_beside(second, first)
                published = (told(first), told(second) if beside else None)
                numbers = [row.givers for row in first], [row.givers for row in second]
                seen[published].append(numbers)
    for published, ways in seen.items():
        for which, part in enumerate(published):  # type: ignore[arg-type, var-annotated]
            for place, (_people, number) in enumerate(part or ()):
                if number == "few":
                    assert len({way[which][place] for way in ways}) > 1


def test_it_would_be_found_by_subtraction_otherwise() -> None:
    """The case that the second division is left out for."""
    units = [Row((Group("a", 30, 20),)), Row((Group("b", 9, 4),))]
    works = [Row((Group("x", 40, 24),))]
    assert list(possible_wholes(works)) == [24]
    assert not may_stand_beside(works, units)
    assert may_stand_beside([Row((Group("x", 40, 20),)), Row((Group("y", 9, 4),))], units)
    assert may_stand_beside(works, [Row((Group("a", 39, 24),))])
