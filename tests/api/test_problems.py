"""Every error is a problem document that says what is wrong, where, and what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError

from tests.api.conftest import ApiClient
from tests.cast import World
from tests.trail_world import TrailWorld


def check(answer: Any, status: int, code: str) -> dict[str, Any]:
    """A problem document with all its members."""
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert set(told) == {"type", "title", "status", "detail", "code", "errors"}
    assert (told["status"], told["code"]) == (status, code)
    assert told["type"] == f"urn:loype:problem:{code}"
    assert told["detail"]
    return told


@pytest.mark.parametrize("address", ["/nothing", "/ideas/1/nothing", "/", "/ideas/", "/../v2"])
def test_it_says_that_nothing_is_there(address: str, world: World) -> None:
    for method in ("get", "post", "delete"):
        check(ApiClient().ask(method, address), 404, "not_found")


def test_it_says_which_methods_an_address_takes(world: World) -> None:
    answer = ApiClient().ask("delete", "/ideas")
    check(answer, 405, "wrong_method")
    assert answer.headers["Allow"] == "GET, HEAD, POST"


def test_it_answers_head_like_get(trail: TrailWorld) -> None:
    address = f"/ideas/{trail['public_idea'].pk}"
    head, whole = (ApiClient().ask(method, address) for method in ("head", "get"))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.content))
    assert head.headers["Content-Type"] == whole.headers["Content-Type"]


def test_it_names_every_field_that_is_wrong(
    world: World, program_of: Callable[..., ApiClient]
) -> None:
    sent = {"text": "", "kind": "dream", "colour": "red", "unit_id": 0}
    told = check(program_of("ada").post("/ideas", sent), 422, "bad_input")
    fields = {(one["place"], one["field"]) for one in told["errors"]}
    assert fields == {("body", "text"), ("body", "kind"), ("body", "colour"), ("body", "unit_id")}


def test_it_names_the_field_that_the_verb_refuses(
    trail: TrailWorld, program_of: Callable[..., ApiClient]
) -> None:
    sent = {"person_id": trail.world.people["olaf"].pk}
    address = f"/cases/{trail['case'].pk}/responsible"
    told = check(program_of("bo").ask("put", address, sent), 422, "bad_input")
    assert told["errors"][0]["field"] == "person_id"
    stranger = program_of("bo").ask("put", address, {"person_id": 2**40})
    assert stranger.json() == told


@pytest.mark.parametrize("body", ["{", "[1", "nul", "[" * 100_000, '{"a":' + "9" * 5000 + "}"])
def test_it_says_that_the_body_cannot_be_read(
    body: str, world: World, program_of: Callable[..., ApiClient]
) -> None:
    answer = program_of("ada").ask("post", "/ideas", body)
    check(answer, 400, "unreadable")


def test_it_wants_json(world: World, program_of: Callable[..., ApiClient]) -> None:
    answer = program_of("ada").upload("/ideas", {"text": "x", "kind": "idea"})
    check(answer, 415, "wrong_media_type")


def test_it_wants_a_form_for_a_file(
    trail: TrailWorld, program_of: Callable[..., ApiClient]
) -> None:
    answer = program_of("ada").post(f"/ideas/{trail['idea'].pk}/files", {"file": "x"})
    check(answer, 415, "wrong_media_type")


def test_it_refuses_too_much_json(world: World, program_of: Callable[..., ApiClient]) -> None:
    sent = json.dumps({"text": "x" * 1_100_000, "kind": "idea"})
    check(program_of("ada").ask("post", "/ideas", sent), 413, "too_large")


def test_it_refuses_too_large_a_file(
    trail: TrailWorld, program_of: Callable[..., ApiClient], settings: Any
) -> None:
    settings.LARGEST_FILE_BYTES = 1000
    ada, address = program_of("ada"), f"/ideas/{trail['idea'].pk}/files"
    much = SimpleUploadedFile("a.txt", b"x" * 200_000, content_type="text/plain")
    check(ada.upload(address, {"file": much}), 413, "too_large")
    more = SimpleUploadedFile("a.txt", b"x" * 2_000, content_type="text/plain")
    told = check(ada.upload(address, {"file": more}), 422, "bad_input")
    assert told["errors"][0]["field"] == "file"


def test_it_refuses_a_file_that_is_not_what_it_says(
    trail: TrailWorld, program_of: Callable[..., ApiClient]
) -> None:
    ada, address = program_of("ada"), f"/ideas/{trail['idea'].pk}/files"
    for name, content in (("a.svg", b"<svg/>"), ("a.png", b"<html>"), ("a.html", b"<p>")):
        file = SimpleUploadedFile(name, content, content_type="image/png")
        check(ada.upload(address, {"file": file, "alt_text": "x"}), 422, "bad_input")


@pytest.mark.parametrize(
    "address",
    ["/ideas/0", "/ideas/-1", "/ideas/x", "/ideas/%00", f"/ideas/{2**63}", "/ideas/1e400",
     "/ideas?limit=0", "/ideas?limit=201", "/ideas?limit=9999999999999999999999",
     "/ideas?q=%00", "/ideas?kind=dream", "/ideas?cursor=nonsense", "/ideas?cursor=%00",
     "/ideas?cursor=WzFd", "/ideas?organisation_id=-5", "/ideas/similar?text=%00"],
)  # fmt: skip
def test_it_refuses_numbers_and_signs_that_cannot_be(
    address: str, world: World, program_of: Callable[..., ApiClient]
) -> None:
    told = check(program_of("ada").get(address), 422, "bad_input")
    assert told["errors"]


@pytest.mark.parametrize("text", ["NUL \x00 inside", "half \ud83d sign"])
def test_it_refuses_signs_the_database_cannot_hold(
    text: str, world: World, program_of: Callable[..., ApiClient]
) -> None:
    for sent in ({"text": text, "kind": "idea"}, {"text": "x", "kind": "idea", "title": text}):
        answer = program_of("ada").ask("post", "/ideas", json.dumps(sent))
        check(answer, 422, "bad_input")


def test_it_survives_a_name_that_grows_when_composed(
    world: World, program_of: Callable[..., ApiClient]
) -> None:
    name = "\u0958" * 160  # each of these becomes two signs
    answer = program_of("siv").post(f"/organisations/{world.fjordvik.pk}/units", {"name": name})
    check(answer, 422, "bad_input")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "tomorrow"])
def test_it_refuses_days_outside_our_time(
    day: str, trail: TrailWorld, program_of: Callable[..., ApiClient]
) -> None:
    sent = {"title": "Tjue låser", "due_date": day}
    answer = program_of("cai").post(f"/activities/{trail['activity'].pk}/milestones", sent)
    check(answer, 422, "bad_input")


def test_it_says_that_somebody_was_quicker(
    trail: TrailWorld, program_of: Callable[..., ApiClient]
) -> None:
    sent = {"version": 1, "title": "Benker"}
    address = f"/ideas/{trail['public_idea'].pk}"
    check(program_of("ada").ask("patch", address, sent), 409, "stale")


def test_it_speaks_the_language_of_the_sender(
    world: World, program_of: Callable[..., ApiClient]
) -> None:
    told = program_of("ada").get("/ideas/999", **{"Accept-Language": "en"}).json()
    assert told["detail"] == "There is no such thing, or not for you."


def test_it_says_that_the_database_is_away(world: World) -> None:
    with mock.patch("loype.accounts.actions.ApiToken.objects") as rows:
        rows.select_related.side_effect = OperationalError("gone")
        check(ApiClient("some-secret").get("/ideas"), 503, "unavailable")


def test_it_hides_what_nobody_foresaw(world: World) -> None:
    with mock.patch("loype.accounts.actions.ApiToken.objects") as rows:
        rows.select_related.side_effect = ZeroDivisionError("secret words")
        answer = ApiClient("some-secret").get("/ideas")
    check(answer, 500, "broken")
    assert b"secret words" not in answer.content


def test_it_keeps_answers_out_of_shared_caches(
    world: World, program_of: Callable[..., ApiClient]
) -> None:
    answer = program_of("ada").get("/ideas")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Authorization" in answer.headers["Vary"]
