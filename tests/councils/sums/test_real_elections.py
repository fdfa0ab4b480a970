"""Greedy, equal shares and the exact set agree with what is known of real elections.

The known results were computed with another program, of equal projects taking the one whose name
comes first, and checked against what the cities themselves chose. There, satisfaction is: for
approval ballots "cost" and "cardinality", for points the points, for ranked ballots how many of the
same ballot a project comes before.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from loype.councils.sums import Options, equal_shares, greedy, satisfaction_of, select
from loype.councils.sums.voting import Satisfaction
from tests.cli.conftest import shared_data
from tests.councils.sums.pabulib import Read, read

FILES = [
    "Poland_Czestochowa_2024_Srodmiescie", "Poland_Gdynia_2020_Grabowek__small",
    "Poland_Gdynia_2022_Orlowo__small", "Poland_Gdynia_2022_Srodmiescie__small",
    "Poland_Gdynia_2023_Leszczynki__small",
    "Poland_Gdynia_2025_Pustki_Cisowskie-Demptowo__large", "Poland_Lodz_2024_Mileszki",
    "Poland_Lodz_2024_Nowosolna", "Poland_Warszawa_2017_RudaMarymontLas_Bielanski",
    "Poland_Warszawa_2019_Grochow_Centrum", "Poland_Warszawa_2019_Kamionek",
    "Poland_Warszawa_2021_Rembertow", "Poland_Warszawa_2024_Rembertow",
    "Poland_Warszawa_2024_Wesola", "Poland_Warszawa_2024_Wilanow",
    "Poland_Warszawa_2026_Wierzbno_Ksawerow", "Switzerland_Zurich_D10",
    "Switzerland_Zurich_D5", "Switzerland_Zurich_S5", "Switzerland_Zurich_S5D10",
    "Switzerland_Zurich_S5R", "Switzerland_Zurich_SN",
]  # fmt: skip
FORMATS = ["D10", "D5", "S5", "S5D10", "S5R", "SN"]
WAYS: dict[str, Satisfaction] = {
    "cost": "cost", "cardinality": "cardinality", "points": "points", "borda": "borda_from_0",
}  # fmt: skip

pytestmark = pytest.mark.requirement("ROR-22")


@cache
def known() -> dict[str, dict[str, Any]]:
    """What is known of each election, by the name of its file."""
    path = shared_data("pabulib-selection", "ground_truth.json")
    return {one["file"].removesuffix(".pb"): one for one in json.loads(path.read_text())}


def election(name: str) -> Read:
    return read(shared_data("pabulib-selection", f"{name}.pb"))


def agrees(of: Read, told: dict[str, Any]) -> int:
    """Compare both ways of choosing, by each satisfaction that the results name."""
    compared = 0
    for way, by in WAYS.items():
        if way in told:
            chosen = greedy(of.election, by=by, order=of.by_name).chosen
            assert of.named(chosen) == told[way]["greedy_welfare_per_cost"]
            shared = equal_shares(of.election, by=by, order=of.by_name)
            assert of.named(shared.chosen) == told[way]["mes_plain"]
            assert shared.paid is not None
            assert shared.paid.sum() == pytest.approx(float(shared.cost))
            compared += 1
    return compared


@pytest.mark.parametrize("name", FILES)
def test_it_chooses_as_is_known(name: str) -> None:
    told = known()[name]
    assert agrees(election(name), told) == (2 if told["vote_type"] == "approval" else 1)


@pytest.mark.parametrize("form", FORMATS)
def test_it_chooses_the_same_from_the_ballots_as_first_published(form: str) -> None:
    of = read(shared_data("zurich-pb-2023", f"qualtrics_zurich_2023_{form}.pb"))
    again = election(f"Switzerland_Zurich_{form}")
    assert of.names == again.names
    assert np.array_equal(np.asarray(of.election.ballots), np.asarray(again.election.ballots))
    assert agrees(of, known()[f"Switzerland_Zurich_{form}"]) > 0


@pytest.mark.parametrize("name", FILES)
def test_it_counts_support_as_is_known(name: str) -> None:
    of, told = election(name), known()[name]
    by: Satisfaction = {"approval": "votes", "cumulative": "points", "ordinal": "borda_from_0"}[
        told["vote_type"]
    ]  # type: ignore[assignment]
    totals = satisfaction_of(of.election, by=by).sum(axis=0)
    assert dict(zip(of.names, totals, strict=True)) == told["project_scores"]


@pytest.mark.parametrize("form", ["D10", "D5", "S5D10", "S5R"])
def test_it_counts_points_as_the_file_itself_does(form: str) -> None:
    of = election(f"Switzerland_Zurich_{form}")
    assert satisfaction_of(of.election).sum(axis=0).tolist() == of.scores


@pytest.mark.parametrize("name", FILES)
def test_it_chooses_by_votes_as_the_cities_do(name: str) -> None:
    of, told = election(name), known()[name]
    by: Satisfaction | None = "votes" if told["vote_type"] == "approval" else None
    found = {}
    for way, skip in (("votes_greedy_skip", True), ("votes_greedy_noskip", False)):
        outcome = greedy(of.election, by=by, per_cost=False, skip=skip, order=of.by_name)
        found[way] = of.named(outcome.chosen)
        assert found[way] == sorted(told[way])
    if of.selected is not None:
        assert of.selected in found.values()


@pytest.mark.parametrize("name", FILES)
def test_it_proposes_the_known_greatest_satisfaction(name: str) -> None:
    of, told = election(name), known()[name]
    for way, by in WAYS.items():
        if way in told:
            totals = satisfaction_of(of.election, by=by).sum(axis=0).tolist()
            best = select(
                Options(values=totals, costs=of.election.costs, budget=of.election.budget)
            )
            assert best.value == pytest.approx(told[way]["max_welfare_value"], rel=1e-9)


def test_it_reads_what_the_city_chose(tmp_path: Path) -> None:
    of = election("Poland_Warszawa_2019_Kamionek")
    assert of.selected == known()["Poland_Warszawa_2019_Kamionek"]["actual_selected"]
