"""Programs read news, and editors approve it, by the same rules as on the pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.api.conftest import ApiClient
from tests.cast import World
from tests.news.telling import activity_of, draft_of, told

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("EP-22")]
ProgramOf = Callable[..., ApiClient]


def test_an_editor_approves_by_program_and_everybody_reads(
    world: World, program_of: ProgramOf
) -> None:
    item = draft_of(activity_of(world))
    siv, nobody = program_of("siv"), ApiClient()
    (waiting,) = siv.get("/news/drafts").json()["items"]
    assert waiting["id"] == item.pk
    assert program_of("ada").get("/news/drafts").json()["items"] == []
    assert nobody.get("/news").json()["items"] == []

    words = {"headline": "Låser uten nøkler", "text": "Vi prøver ti dører.", "version": 1}
    kept = siv.ask("put", f"/news/{item.pk}", words).json()
    wanted = {"visibility": "public", "version": kept["version"]}
    assert siv.post(f"/news/{item.pk}/publish", wanted).status_code == 200
    (read,) = nobody.get("/news").json()["items"]
    assert (read["headline"], read["visibility"]) == ("Låser uten nøkler", "public")

    note = {"headline": "Nye låser", "text": "Elleve dører.", "note": "Det er elleve."}
    assert siv.post(f"/news/{item.pk}/correct", note).json()["correction"] == "Det er elleve."
    assert siv.ask("put", f"/news/{item.pk}", words | {"version": None}).status_code == 409
    assert siv.post(f"/news/{item.pk}/withdraw", {"reason": "Feil."}).status_code == 200
    assert nobody.get(f"/news/{item.pk}").status_code == 404


def test_news_is_not_told_wider_than_what_it_is_about(world: World, program_of: ProgramOf) -> None:
    item = draft_of(activity_of(world, visibility="organisation"))
    answer = program_of("siv").post(f"/news/{item.pk}/publish", {"visibility": "public"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "visibility"


def test_lists_hold_only_what_one_may_read(world: World, program_of: ProgramOf) -> None:
    told(world, activity_of(world), visibility="organisation")
    place = f"/news?organisation_id={world.fjordvik.pk}&kind=decided"
    assert len(program_of("ada").get(place).json()["items"]) == 1
    assert program_of("dee").get(place).json()["items"] == []
