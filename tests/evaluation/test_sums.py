"""The arithmetic of measurements, and numbers as people type them."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import assume, given, strategies as st

from loype.evaluation.sums import Reach, reach_of, realised_share
from loype.kernel.numbers import NotANumber, UnclearNumber, read_number, written_number

NUMBERS = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=4)
SMALL = st.decimals(-(10**5), 10**5, allow_nan=False, allow_infinity=False, places=2)


@pytest.mark.parametrize(
    ("baseline", "target", "measured", "share"),
    [
        (20, 5, 8, "0.8"),
        (0, 70, 91, "1.3"),
        (50, 100, 40, "-0.2"),
        (3, 2, 3, "0"),
    ],
)
def test_the_share_is_what_one_would_say(
    baseline: int, target: int, measured: int, share: str
) -> None:
    found = realised_share(
        baseline=Decimal(baseline), target=Decimal(target), measured=Decimal(measured)
    )
    assert found == Decimal(share)


@given(baseline=NUMBERS, target=NUMBERS)
def test_the_ends_are_nothing_and_the_whole(baseline: Decimal, target: Decimal) -> None:
    assume(baseline != target)
    assert realised_share(baseline=baseline, target=target, measured=baseline) == 0
    assert realised_share(baseline=baseline, target=target, measured=target) == 1


@given(baseline=NUMBERS)
def test_there_is_no_share_without_a_way(baseline: Decimal) -> None:
    assert realised_share(baseline=baseline, target=baseline, measured=Decimal(1)) is None


@given(baseline=SMALL, target=SMALL, measured=SMALL)
def test_it_does_not_matter_which_way_is_better(
    baseline: Decimal, target: Decimal, measured: Decimal
) -> None:
    assume(baseline != target)
    up = realised_share(baseline=baseline, target=target, measured=measured)
    down = realised_share(baseline=-baseline, target=-target, measured=-measured)
    assert up == down


@given(baseline=SMALL, target=SMALL, measured=SMALL)
def test_the_glance_agrees_with_the_share(
    baseline: Decimal, target: Decimal, measured: Decimal
) -> None:
    assume(baseline != target)
    share = realised_share(baseline=baseline, target=target, measured=measured)
    assert share is not None
    reach = reach_of(
        baseline=baseline, target=target, measured=measured, lower_is_better=target < baseline
    )
    expected = Reach.REACHED if share >= 1 else Reach.WORSE if share < 0 else Reach.ON_THE_WAY
    assert reach is expected


def test_keeping_what_there_is_is_a_target_too() -> None:
    kept = {"baseline": Decimal(22), "target": Decimal(22), "lower_is_better": True}
    assert reach_of(measured=Decimal(21), **kept) is Reach.REACHED  # type: ignore[arg-type]
    assert reach_of(measured=Decimal(22), **kept) is Reach.REACHED  # type: ignore[arg-type]
    assert reach_of(measured=Decimal(23), **kept) is Reach.WORSE  # type: ignore[arg-type]
    assert reach_of(measured=None, **kept) is Reach.NOT_MEASURED  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3,5", "3.5"),
        ("3.5", "3.5"),
        (" 1 234,5 ", "1234.5"),
        ("1\u00a0234", "1234"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234.567", "1234567"),
        ("-0,25", "-0.25"),
        ("\u22122", "-2"),
        ("0,125", "0.125"),
        (",5", "0.5"),
        ("007", "7"),
        ("1'000", "1000"),
        ("12,3456", "12.3456"),
    ],
)
def test_it_reads_numbers_as_people_type_them(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    ["", "ti", "1e5", "NaN", "Infinity", "1,2,3", "--1", "1,2.3,4", "3,5 %", "٣", "9" * 50, "."],
)
def test_it_refuses_what_is_no_number(text: str) -> None:
    with pytest.raises(NotANumber):
        read_number(text)


@pytest.mark.parametrize("text", ["1.234", "1,234", "-12.500"])
def test_it_does_not_guess_what_a_mark_means(text: str) -> None:
    with pytest.raises(UnclearNumber):
        read_number(text)


@given(NUMBERS)
def test_what_it_writes_it_reads_again(number: Decimal) -> None:
    written = written_number(number)
    assert "E" not in written.upper()
    try:
        assert read_number(written) == number
    except UnclearNumber:
        assert len(written.split(".")[1]) == 3


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    with suppress(NotANumber):
        assert read_number(text).is_finite()
