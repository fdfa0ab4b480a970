"""Programs search as people do: the same answers, the same limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from loype.search.indexing import index_waiting
from loype.search.saved.models import SavedSearch
from tests.api.conftest import ApiClient
from tests.api.test_statements import cost_of
from tests.cast import TODAY, World
from tests.trail_world import TrailWorld, idea_of

Programs = Callable[..., ApiClient]


@pytest.fixture(autouse=True)
def _by_words(settings: Any) -> None:
    settings.LOYPE_EMBEDDING_PROVIDER = "none"


def test_it_finds_with_reasons_and_counts(trail: TrailWorld, program_of: Programs) -> None:
    index_waiting(at=TODAY)
    answer = program_of("ada").get("/search?q=nattpatrulje&kind=idea").json()
    assert answer["count"] == 1
    [hit] = answer["items"]
    assert hit["organisation"]["name"] == "Fjordvik kommune"
    assert hit["words"] == ["nattpatrulje"]
    assert {"value": "idea", "count": 1} in answer["facets"]["kind"]
    assert answer["by_meaning"] is False
    stranger = program_of("eve").get("/search?q=nattpatrulje").json()
    assert (stranger["count"], stranger["items"]) == (0, [])
    assert not any(stranger["facets"].values())


def test_it_turns_pages(world: World, program_of: Programs) -> None:
    for number in range(5):
        idea_of(world, text=f"Gravemaskin {number}", visibility="public")
    index_waiting(at=TODAY)
    eve = program_of("eve")
    pages = [eve.get(f"/search?q=gravemaskin&per_page=2&page={n}").json() for n in (1, 2, 3)]
    ids = [hit["id"] for one in pages for hit in one["items"]]
    assert len(ids) == len(set(ids)) == 5
    assert {one["pages"] for one in pages} == {3}


@pytest.mark.parametrize(
    "odd", ["?kind=cat", "?page=0", "?per_page=1000", "?year=1", "?organisation=x", "?q=%00"]
)
def test_it_refuses_what_makes_no_sense(odd: str, world: World, program_of: Programs) -> None:
    answer = program_of("ada").get(f"/search{odd}")
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_it_finds_twins_of_a_text(trail: TrailWorld, program_of: Programs) -> None:
    index_waiting(at=TODAY)
    text = "Felles nattpatrulje med nabokommunen."
    found = program_of("ada").get(f"/search/similar?text={text}").json()["items"]
    assert found[0]["band"] == "same"
    assert program_of("eve").get(f"/search/similar?text={text}").json()["items"] == []
    assert program_of("ada").get("/search/similar?text=").status_code == 422


def test_it_keeps_names_anew_and_stops(world: World, program_of: Programs) -> None:
    ada = program_of("ada")
    wanted = {"q": "gravemaskin", "narrowed": {"kind": ["idea"], "year": [2026]}}
    made = ada.post("/search/saved", wanted)
    assert made.status_code == 201
    assert made.json()["narrowed"] == {"kind": ["idea"], "year": ["2026"]}
    place = f"/search/saved/{made.json()['id']}"
    assert ada.ask("patch", place, {"name": "Maskiner"}).json()["name"] == "Maskiner"
    assert [one["name"] for one in ada.get("/search/saved").json()["items"]] == ["Maskiner"]
    assert ada.post("/search/saved", {"q": ""}).status_code == 422
    assert ada.ask("delete", place).status_code == 204
    assert not SavedSearch.objects.exists()


@pytest.mark.requirement("EP-35")
def test_it_gives_the_keywords_in_five_languages(db: None, program_of: Programs) -> None:
    items = ApiClient().get("/keywords").json()["items"]
    dementia = next(one for one in items if one["code"] == "dementia")
    assert set(dementia["words"]) == {"da", "nb", "nn", "sv", "en"}
    assert "demens" in dementia["words"]["da"]


def test_it_keeps_keywords_of_ideas(world: World, program_of: Programs) -> None:
    ada = program_of("ada")
    wanted = {"text": "Tur om kvelden", "kind": "wish", "keywords": ["demens", "tur"]}
    made = ada.post("/ideas", wanted).json()
    assert made["keywords"] == ["dementia", "tur"]
    changed = {"version": made["version"], "keywords": []}
    assert ada.ask("patch", f"/ideas/{made['id']}", changed).json()["keywords"] == []
    wanted["keywords"] = [f"ord {number}" for number in range(21)]
    assert ada.post("/ideas", wanted).status_code == 422


def test_it_asks_at_most_ten_statements(
    trail: TrailWorld, program_of: Programs, statements: Any
) -> None:
    index_waiting(at=TODAY)
    ada = program_of("ada")
    ada.get("/me")
    for address in (
        "/search",
        "/search?q=svar&kind=idea&federation=1",
        "/search/similar?text=svar",
    ):
        ada.get(address)  # what the planner expects is asked once a minute
        with statements() as counted:
            assert ada.get(address).status_code == 200
        assert cost_of(counted) <= 10
