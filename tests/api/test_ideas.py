"""Ideas: what is shown to whom, what is found, and what is said under them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from loype.ideas.actions import add_co_author, comment_on_idea
from loype.search.indexing import index_waiting
from tests.api.conftest import ApiClient
from tests.cast import TODAY, World
from tests.trail_world import PICTURE, TrailWorld, idea_of

Programs = Callable[..., ApiClient]


@pytest.fixture
def hidden(trail: TrailWorld) -> Any:
    """An idea whose giver does not want to be seen, with words of the giver's under it."""
    idea = idea_of(trail.world, text="Ledelsen hører ikke etter.", anonymity="hidden")
    comment_on_idea(idea, text="Det gjelder flere.", actor=trail.world.actor("ada"), at=TODAY)
    return idea


@pytest.mark.parametrize("name", ["bo", "cai", "siv", "fia"])
def test_it_hides_the_giver_everywhere(
    name: str, hidden: Any, program_of: Programs, trail: TrailWorld
) -> None:
    program = program_of(name)
    alone = program.get(f"/ideas/{hidden.pk}").json()
    assert (alone["giver"], alone["is_anonymous"]) == (None, True)
    comments = program.get(f"/ideas/{hidden.pk}/comments").json()["items"]
    assert [(one["author"], one["by_giver"]) for one in comments] == [(None, True)]
    listed = program.get("/ideas").json()["items"]
    assert next(one for one in listed if one["id"] == hidden.pk)["giver"] is None
    for address in (f"/ideas/{hidden.pk}", f"/trail/idea/{hidden.pk}"):
        assert "Ada" not in program.get(address).content.decode()


def test_it_names_those_who_comment_to_colleagues_only(world: World, program_of: Programs) -> None:
    idea = idea_of(world, text="Benker langs turveien.", visibility="public")
    comment_on_idea(idea, text="Her også.", actor=world.actor("cai"), at=TODAY)
    place = f"/ideas/{idea.pk}/comments"
    for name in ("ada", "dee"):
        assert program_of(name).get(place).json()["items"][0]["author"]["name"] == "Cai"
    told = program_of("eve").get(place).json()["items"][0]
    assert (told["text"], told["author"]) == ("Her også.", None)


def test_it_hides_who_writes_along_with_a_hidden_giver(
    hidden: Any, program_of: Programs, trail: TrailWorld
) -> None:
    world = trail.world
    add_co_author(hidden, person=world.people["cai"], actor=world.actor("ada"), at=TODAY)
    comment_on_idea(hidden, text="Jeg også.", actor=world.actor("cai"), at=TODAY)
    place = f"/ideas/{hidden.pk}/comments"
    assert program_of("bo").get(place).json()["items"][1]["author"] is None
    assert program_of("cai").get(place).json()["items"][1]["author"]["name"] == "Cai"


def test_it_hides_the_giver_from_the_council(hidden: Any, program_of: Programs) -> None:
    cases = program_of("bo").get("/cases?limit=200").json()["items"]
    shown = {one["idea"]["title"]: one["giver"] for one in cases}
    assert shown[hidden.title] is None
    assert shown["Benker langs turveien ved elva"]["name"] == "Ada"


def test_it_shows_the_giver_their_own_name(hidden: Any, program_of: Programs) -> None:
    alone = program_of("ada").get(f"/ideas/{hidden.pk}").json()
    assert alone["giver"]["name"] == "Ada"


def test_it_hands_in_with_two_choices_and_a_text(world: World, program_of: Programs) -> None:
    idea = program_of("ada").post("/ideas", {"text": "Lys. På skolegården.", "kind": "wish"}).json()
    assert (idea["state"], idea["title"], idea["language"]) == ("submitted", "Lys", "nb")
    assert idea["giver"]["name"] == "Ada"


def test_it_refuses_another_organisation(world: World, program_of: Programs) -> None:
    other = world.organisations["elvestrand"].pk
    sent = {"text": "Lys", "kind": "wish", "organisation_id": other}
    assert program_of("ada").post("/ideas", sent).status_code == 403


def test_it_refuses_the_unit_of_another_organisation(world: World, program_of: Programs) -> None:
    assert world.unit is not None
    sent = {"text": "Lys", "kind": "wish", "unit_id": world.unit.pk}
    assert program_of("ada").post("/ideas", sent).json()["unit"]["id"] == world.unit.pk
    refused = program_of("dee").post("/ideas", sent)
    assert refused.json()["errors"][0]["field"] == "unit_id"


def test_it_lists_only_what_one_may_read(trail: TrailWorld, program_of: Programs) -> None:
    def ids(name: str, query: str = "") -> set[int]:
        found = program_of(name).get(f"/ideas?limit=200{query}").json()["items"]
        return {one["id"] for one in found}

    public, shared = trail["public_idea"].pk, trail["federation_idea"].pk
    secret, draft = trail["confidential_idea"].pk, trail["draft"].pk
    assert ids("eve") == ids("olaf") == {public}
    assert {public, shared} <= ids("dee")
    assert secret not in ids("dee") | ids("eve")
    assert draft not in ids("ada")
    assert draft in ids("ada", "&scope=mine")
    assert ids("bo", "&scope=mine") == set()


def test_it_does_not_find_what_one_may_not_read(trail: TrailWorld, program_of: Programs) -> None:
    words = "q=bare+rådet+bør"
    assert program_of("bo").get(f"/ideas?{words}").json()["items"]
    assert program_of("dee").get(f"/ideas?{words}").json()["items"] == []
    index_waiting(at=TODAY)
    similar = "/ideas/similar?text=Noe+som+bare+rådet+bør+vite"
    mine = program_of("bo").get(similar).json()["items"]
    assert trail["confidential_idea"].pk in {one["id"] for one in mine}
    theirs = program_of("dee").get(similar).json()["items"]
    assert trail["confidential_idea"].pk not in {one["id"] for one in theirs}


@pytest.mark.parametrize(
    "query", ["q=turveien", "q=benken", "kind=idea&q=Benk", "state=submitted&q=elva"]
)
def test_it_finds_by_words_and_filters(query: str, trail: TrailWorld, program_of: Programs) -> None:
    found = program_of("ada").get(f"/ideas?{query}").json()["items"]
    assert [one["id"] for one in found] == [trail["public_idea"].pk]


def test_it_finds_by_case_number(trail: TrailWorld, program_of: Programs) -> None:
    number = trail["idea"].case_number
    found = program_of("ada").get(f"/ideas?q={number.lower()}").json()["items"]
    assert [one["case_number"] for one in found] == [number]


def test_it_goes_on_where_the_page_before_ended(trail: TrailWorld, program_of: Programs) -> None:
    ada = program_of("ada")
    whole = [one["id"] for one in ada.get("/ideas?limit=200").json()["items"]]
    seen, place = [], ""
    for _page in range(len(whole)):
        page = ada.get(f"/ideas?limit=2{place}").json()
        seen += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        idea_of(trail.world, text="En ny kommer til mens vi blar.")
        place = f"&cursor={page['next']}"
    assert [one for one in seen if one in whole] == whole
    assert len(seen) == len(set(seen)) == len(whole)


def test_it_changes_what_was_sent_and_leaves_the_rest(
    trail: TrailWorld, program_of: Programs
) -> None:
    ada, address = program_of("ada"), f"/ideas/{trail['public_idea'].pk}"
    before = ada.get(address).json()
    after = ada.ask("patch", address, {"version": before["version"], "title": "Flere benker"})
    assert after.json()["title"] == "Flere benker"
    assert after.json()["text"] == before["text"]
    assert after.json()["version"] == before["version"] + 1


def test_it_says_what_one_may_do(trail: TrailWorld, program_of: Programs) -> None:
    address = f"/ideas/{trail['public_idea'].pk}"
    assert {"edit", "withdraw"} <= set(program_of("ada").get(address).json()["may"])
    assert "support" in program_of("dee").get(address).json()["may"]
    assert program_of("eve").get(address).json()["may"] == []


def test_it_counts_support_once(trail: TrailWorld, program_of: Programs) -> None:
    dee, address = program_of("dee"), f"/ideas/{trail['federation_idea'].pk}"
    dee.ask("put", f"{address}/support", {"helps": 40})
    dee.ask("put", f"{address}/support", {"helps": 50, "note": "Nattevakter"})
    idea = dee.get(address).json()
    assert (idea["support_count"], idea["helps_count"]) == (1, 50)
    assert idea["my_support"]["note"] == "Nattevakter"
    dee.ask("delete", f"{address}/support")
    assert dee.get(address).json()["my_support"] is None


def test_it_leaves_an_empty_place_for_a_removed_comment(
    trail: TrailWorld, program_of: Programs
) -> None:
    address = f"/ideas/{trail['idea'].pk}/comments"
    assert program_of("cai").ask("delete", f"{address}/{trail['comment'].pk}").status_code == 204
    left = program_of("bo").get(address).json()["items"][0]
    assert (left["text"], left["author"]) == (None, None)


def test_it_names_co_authors_and_follows(trail: TrailWorld, program_of: Programs) -> None:
    ada, address = program_of("ada"), f"/ideas/{trail['idea'].pk}"
    person = trail.world.people["bo"].pk
    assert ada.ask("put", f"{address}/co-authors/{person}").status_code == 204
    assert [one["name"] for one in ada.get(address).json()["co_authors"]] == ["Bo"]
    assert ada.ask("put", f"{address}/co-authors/{2**40}").status_code == 422
    program_of("siv").ask("put", f"{address}/follow")
    assert program_of("siv").get(address).json()["i_follow"] is True


def test_it_gives_a_file_back_only_as_a_download(trail: TrailWorld, program_of: Programs) -> None:
    answer = program_of("bo").get(f"/ideas/{trail['idea'].pk}/files/{trail['file'].pk}")
    assert b"".join(answer.streaming_content) == PICTURE
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_it_tells_how_large_a_file_is_without_sending_it(
    trail: TrailWorld, program_of: Programs
) -> None:
    address = f"/ideas/{trail['idea'].pk}/files/{trail['file'].pk}"
    head = program_of("bo").ask("head", address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(PICTURE))


def test_it_finds_a_file_only_under_its_own_idea(trail: TrailWorld, program_of: Programs) -> None:
    other = f"/ideas/{trail['public_idea'].pk}/files/{trail['file'].pk}"
    assert program_of("ada").get(other).status_code == 404


def test_it_says_when_the_file_cannot_be_fetched(trail: TrailWorld, program_of: Programs) -> None:
    stored = trail["file"].file
    stored.content.storage.delete(stored.content.name)
    answer = program_of("bo").get(f"/ideas/{trail['idea'].pk}/files/{trail['file'].pk}")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


@pytest.mark.requirement("S19-19")
def test_it_answers_whether_what_others_have_can_be_used(
    trail: TrailWorld, program_of: Programs
) -> None:
    path = f"/ideas/{trail['public_idea'].pk}"
    other, hidden = trail["federation_idea"].pk, trail["draft"].pk
    answer = {
        "answer": "none",
        "reason": "De andre har ingen elv.",
        "seen": [{"kind": "idea", "id": other}, {"kind": "idea", "id": hidden}],
        "version": 0,
    }
    bo = program_of("bo")
    assert bo.get(path).json()["reuse"] is None
    kept = bo.ask("put", f"{path}/reuse", answer).json()
    assert [one["id"] for one in kept["compared"]] == [other]
    assert (kept["answer"], kept["version"]) == ("none", 1)
    assert bo.get(path).json()["reuse"] == kept
    assert program_of("olaf").get(path).json()["reuse"] is None
    assert bo.ask("put", f"{path}/reuse", answer).status_code == 409
    assert bo.ask("put", f"{path}/reuse", {"answer": "none"}).status_code == 422
