"""For any table: what is said to be missing is exactly what the rules and the seats differ by."""

from __future__ import annotations

from hypothesis import given, strategies as some

from loype.bodies.composition import Table, missing_at
from loype.bodies.models import Body, BodyKind, CompositionRule, Seat, SeatKind
from loype.organisations.models import Organisation

PARTIES = [Organisation(pk=number, name=f"P{number}", short_name=f"P{number}") for number in (1, 2)]
KINDS = [SeatKind.PARTY, SeatKind.UNION, SeatKind.CONSULTATIVE]

seats = some.lists(
    some.tuples(
        some.sampled_from(KINDS), some.sampled_from(PARTIES), some.booleans(),
        some.sampled_from(["", "health", "Health", "schools"]),
    ),
    max_size=9,
)  # fmt: skip


def table(said: list[tuple[str, Organisation, bool, str]]) -> Table:
    body = Body(pk=1, kind=BodyKind.FORUM, organisation_id=9)
    standing = [
        Seat(pk=number, body=body, kind=kind, party=party, discipline=discipline)
        for number, (kind, party, _held, discipline) in enumerate(said, start=1)
    ]
    held = [seat for seat, (_k, _p, is_held, _d) in zip(standing, said, strict=True) if is_held]
    return Table(body=body, standing=standing, held=held)


@given(said=seats, least=some.integers(0, 4), more=some.integers(0, 3))
def test_it_counts_a_partys_held_seats(
    said: list[tuple[str, Organisation, bool, str]], least: int, more: int
) -> None:
    rule = CompositionRule(
        rule="seats_of_party", party=PARTIES[0], least=least, most=least + more, strength="always"
    )
    held = sum(is_held and party.pk == 1 for _k, party, is_held, _d in said)
    missing = missing_at(table(said), rules=[rule])
    assert bool(missing) == (not least <= held <= least + more)


@given(said=seats, least=some.integers(1, 3))
def test_it_counts_disciplines_once_however_they_are_written(
    said: list[tuple[str, Organisation, bool, str]], least: int
) -> None:
    rule = CompositionRule(rule="disciplines", least=least, strength="told")
    there = {discipline.lower() for *_rest, is_held, discipline in said if is_held} - {""}
    missing = missing_at(table(said), rules=[rule])
    assert bool(missing) == (len(there) < least)
    assert not any(one.stops_beginning for one in missing)
