"""The evaluation page, from plan to verdict, with the picture of how far it has come."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, strategies as st

from loype.evaluation.models import Evaluation, Indicator, Measurement
from loype.web.evaluation.picture import Measured, picture, scale
from tests.trail_world import TrailWorld

SignIn = Callable[[str], Client]
NUMBERS = st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=2)


def act(client: Client, url: str, *ids: int, **data: Any) -> Any:
    return client.post(reverse(url, args=ids), data)


def test_from_plan_to_verdict_by_the_forms(trail: TrailWorld, client_of: SignIn) -> None:
    activity, cai = trail["activity"].pk, client_of("cai")
    address = reverse("evaluation_page", args=[activity])
    assert "The same with less time or money" in cai.get(address).content.decode()
    plan = {"question": "Sparer vi tid?", "depth": "light", "values": ["efficiency", "quality"]}
    assert act(cai, "evaluation_plan", activity, **plan).status_code == 302
    indicator = {
        "value": "efficiency", "name": "Kjøring", "unit": "minutter", "better": "down",
        "baseline": "58,5", "target": "1 020,25",
    }  # fmt: skip
    refused = act(cai, "evaluation_indicator", activity, **indicator)
    assert refused.status_code == 422
    assert "worse than the baseline" in refused.content.decode()
    indicator["target"] = "20"
    assert act(cai, "evaluation_indicator", activity, **indicator).status_code == 302
    found = Indicator.objects.get(name="Kjøring")
    assert (found.baseline, found.target) == (Decimal("58.5"), Decimal(20))
    measured = {"measured_date": "2026-03-02", "value": "3,5", "note": "Siste måned"}
    assert act(cai, "evaluation_measure", activity, found.pk, **measured).status_code == 302
    page = cai.get(address).content.decode()
    assert "the target is reached" in page
    assert "Siste måned" in page
    assert "143 %" in page
    words = {"verdict": "worked", "conclusion": "Ja.", "unexpected_findings": ""}
    refused = act(cai, "evaluation_conclude", activity, **words)
    assert refused.status_code == 422
    assert Evaluation.objects.get(activity=activity).state == "measuring"
    words["unexpected_findings"] = "Ingen, Cai så etter."
    assert act(cai, "evaluation_conclude", activity, **words).status_code == 302
    page = cai.get(address).content.decode()
    assert "It worked" in page
    assert "Ingen, Cai så etter." in page
    assert "Write down a measurement" not in page


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("mange", "Write a number"),
        ("1.234", "without a mark between the thousands"),
        ("9999999999999", "too large"),
        ("", "required"),
    ],
)
def test_a_number_that_cannot_be_used_comes_back(
    value: str, words: str, trail: TrailWorld, client_of: SignIn
) -> None:
    answer = act(
        client_of("cai"), "evaluation_measure", trail["second_finished"].pk,
        trail["indicator"].pk, measured_date="2026-02-01", value=value, note="Talt for hånd",
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Talt for hånd" in page


def test_the_picture_has_a_table_twin(trail: TrailWorld, client_of: SignIn) -> None:
    address = reverse("evaluation_page", args=[trail["second_finished"].pk])
    page = client_of("ada").get(address).content.decode()
    assert 'data-kind="reach"' in page
    assert "0 of 1 target reached" in page
    assert "80 % of the way" in page
    assert "chart__point--last" in page
    assert "Write down a measurement" not in page
    assert "Conclude the evaluation" not in page


def test_a_wrong_measurement_is_taken_back(trail: TrailWorld, client_of: SignIn) -> None:
    activity, cai = trail["second_finished"].pk, client_of("cai")
    gone = act(cai, "evaluation_measurement_remove", activity, trail["measurement"].pk)
    assert gone.status_code == 302
    assert not Measurement.objects.filter(pk=trail["measurement"].pk).exists()
    assert (
        act(cai, "evaluation_indicator_remove", activity, trail["indicator"].pk).status_code == 302
    )


def test_things_of_another_evaluation_are_not_found(trail: TrailWorld, client_of: SignIn) -> None:
    other, cai = trail["finished_activity"].pk, client_of("cai")
    measured = {"measured_date": "2026-02-01", "value": "7"}
    for name, thing, data in (
        ("evaluation_measure", "indicator", measured),
        ("evaluation_indicator_remove", "indicator", {}),
        ("evaluation_measurement_remove", "measurement", {}),
    ):
        assert act(cai, name, other, trail[thing].pk, **data).status_code == 404
    assert act(cai, "evaluation_conclude", trail["activity"].pk).status_code == 404


def test_it_shows_an_evaluation_with_at_most_ten_statements(
    trail: TrailWorld, client_of: SignIn, statements: Any
) -> None:
    client = client_of("cai")
    address = reverse("evaluation_page", args=[trail["second_finished"].pk])
    with statements() as counted:
        assert client.get(address).status_code == 200
    assert len(counted) <= 10


def measured(
    baseline: str, target: str, *values: str, better: str = "down", name: str = "Ventetid"
) -> Measured:
    """An indicator with measurements, without a database."""
    from datetime import date

    indicator = Indicator(
        name=name, unit="dager", better=better, baseline=Decimal(baseline), target=Decimal(target)
    )
    rows = [
        Measurement(value=Decimal(value), measured_date=date(2026, 1, day))
        for day, value in enumerate(values, 1)
    ]
    return Measured(indicator=indicator, measurements=rows)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (measured("20", "5"), "not measured yet"),
        (measured("20", "5", "8"), "80 % of the way"),
        (measured("20", "5", "8", "5"), "the target is reached"),
        (measured("20", "5", "8", "25"), "worse than before"),
        (measured("22", "22", "22"), "the target is reached"),
        (measured("22", "22", "23"), "worse than before"),
        (measured("0", "70", "35", better="up"), "50 % of the way"),
    ],
)
def test_it_says_how_far_it_has_come(row: Measured, words: str) -> None:
    assert row.words == words
    assert words in picture([row])


def test_what_was_typed_is_only_text_in_the_picture() -> None:
    drawn = picture([measured("20", "5", "8", name="<script>alert(1)</script>")])
    assert "<script" not in drawn


@given(baseline=NUMBERS, target=NUMBERS, values=st.lists(NUMBERS, max_size=5), down=st.booleans())
def test_every_point_lies_in_the_picture_better_to_the_right(
    baseline: Decimal, target: Decimal, values: list[Decimal], down: bool
) -> None:
    at = scale(baseline, target, values, down=down)
    everything = sorted([baseline, target, *values], reverse=down)
    places = [at(value) for value in everything]
    assert all(0 <= place <= 100 for place in places)
    assert places == sorted(places)
