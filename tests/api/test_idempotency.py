"""The same create sent twice is one thing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from loype.api.idempotency import forget_old_keys
from loype.api.models import IdempotencyKey
from loype.history.models import Event
from loype.ideas.models import Idea
from loype.kernel.clock import now
from tests.api.conftest import ApiClient
from tests.cast import World
from tests.trail_world import TrailWorld

IDEA = {"text": "Lys på skolegården", "kind": "wish"}
KEY = {"Idempotency-Key": "4f1c-first"}


def test_it_gives_the_same_answer_again(world: World, program_of: Callable[..., ApiClient]) -> None:
    ada = program_of("ada")
    first = ada.post("/ideas", IDEA, **KEY)
    again = ada.post("/ideas", IDEA, **KEY)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Idea.objects.count() == 1


def test_it_makes_two_without_a_key(world: World, program_of: Callable[..., ApiClient]) -> None:
    ada = program_of("ada")
    assert ada.post("/ideas", IDEA).json()["id"] != ada.post("/ideas", IDEA).json()["id"]


def test_it_refuses_the_key_for_something_else(
    world: World, program_of: Callable[..., ApiClient]
) -> None:
    ada = program_of("ada")
    ada.post("/ideas", IDEA, **KEY)
    other = ada.post("/ideas", {**IDEA, "text": "Noe annet"}, **KEY)
    assert other.status_code == 422
    assert other.json()["code"] == "idempotency_key_reused"
    assert Idea.objects.count() == 1


def test_it_keeps_the_keys_of_two_people_apart(
    world: World, program_of: Callable[..., ApiClient]
) -> None:
    mine = program_of("ada").post("/ideas", IDEA, **KEY)
    theirs = program_of("bo").post("/ideas", IDEA, **KEY)
    assert mine.json()["id"] != theirs.json()["id"]


def test_it_forgets_the_key_of_a_refused_request(
    world: World, program_of: Callable[..., ApiClient]
) -> None:
    ada = program_of("ada")
    assert ada.post("/ideas", {**IDEA, "text": "   "}, **KEY).status_code == 422
    assert not IdempotencyKey.objects.exists()
    assert ada.post("/ideas", IDEA, **KEY).status_code == 201


def test_it_knows_the_same_file_again(
    trail: TrailWorld, program_of: Callable[..., ApiClient]
) -> None:
    ada, address = program_of("ada"), f"/ideas/{trail['idea'].pk}/files"

    def send(content: bytes) -> Any:
        file = SimpleUploadedFile("notat.txt", content, content_type="text/plain")
        return ada.upload(address, {"file": file}, **KEY)

    assert send(b"Et notat").json() == send(b"Et notat").json()
    assert send(b"Et annet notat").status_code == 422


@pytest.mark.parametrize("key", ["", "a b", "æ", "x" * 121])
def test_it_refuses_a_key_it_cannot_keep(
    key: str, world: World, program_of: Callable[..., ApiClient]
) -> None:
    assert program_of("ada").post("/ideas", IDEA, **{"Idempotency-Key": key}).status_code == 422


def test_it_throws_old_keys_away(world: World, program_of: Callable[..., ApiClient]) -> None:
    program_of("ada").post("/ideas", IDEA, **KEY)
    assert forget_old_keys(at=now() + timedelta(days=6)) == 0
    assert forget_old_keys(at=now() + timedelta(days=8)) == 1


@pytest.mark.django_db(transaction=True)
def test_it_is_one_thing_when_both_come_at_once(
    world: World, secret_of: Callable[..., str]
) -> None:
    secret, answers = secret_of("ada"), []
    start = threading.Barrier(2)

    def send() -> None:
        start.wait()
        answers.append(ApiClient(secret).post("/ideas", IDEA, **KEY))
        connections.close_all()

    both = [threading.Thread(target=send) for _number in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=30)
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Idea.objects.count() == 1
    assert Event.objects.filter(verb="submit_idea").count() == 1
