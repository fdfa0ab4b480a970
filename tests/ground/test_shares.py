"""An amount in parts that add up to the øre."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from loype.kernel.shares import CENT, split_amount

amounts = st.integers(0, 10**13).map(lambda cents: Decimal(cents) / 100)
weights = st.lists(st.integers(0, 10**7), min_size=1, max_size=12).filter(any)


@pytest.mark.requirement("ROR-15")
@given(amount=amounts, weights=weights)
def test_the_parts_always_add_up(amount: Decimal, weights: list[int]) -> None:
    parts = split_amount(amount, weights=weights)
    assert sum(parts) == amount
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - amount * weight / whole) < CENT
        assert weight or not part


@given(amount=amounts, weights=weights)
def test_who_weighs_more_never_pays_less(amount: Decimal, weights: list[int]) -> None:
    pairs = sorted(zip(weights, split_amount(amount, weights=weights), strict=True))
    for (light, less), (heavy, more) in pairwise(pairs):
        assert less <= more or light == heavy


def test_what_is_left_over_goes_to_the_largest_remainder() -> None:
    assert split_amount(Decimal(100), weights=[1, 1, 1]) == [
        Decimal("33.34"), Decimal("33.33"), Decimal("33.33"),
    ]  # fmt: skip
    assert split_amount(Decimal("0.01"), weights=[3, 7]) == [Decimal("0.00"), Decimal("0.01")]
    assert split_amount(Decimal(10), weights=[2, 1], step=Decimal(1)) == [Decimal(7), Decimal(3)]


@pytest.mark.parametrize(
    ("amount", "weights"),
    [("1.005", [1]), ("-1", [1]), ("1", [0, 0]), ("1", []), ("1", [2, -1])],
)
def test_it_refuses_what_cannot_be_split(amount: str, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="must"):
        split_amount(Decimal(amount), weights=weights)
