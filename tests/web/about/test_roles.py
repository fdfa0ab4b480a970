"""The page of who may do what is made from the files that the permission test reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from loype.web.about.permissions import MATRIX, WHO, answer, entries, rooms, said
from tests.asking import BESIDES, CAST, entries as matrix_entries


def test_it_shows_every_entry_that_is_tested(client_of: Callable[[str], Client]) -> None:
    shown = client_of("eve").get(reverse("roles")).content.decode()
    from django.utils.html import escape

    words = {entry["words"] for entry in matrix_entries()}
    assert len(words) > 50
    assert not [one for one in words if escape(one) not in shown]


def test_it_reads_the_same_files() -> None:
    assert [told for _room, room in entries() for told in room]
    assert sum(len(room) for _name, room in entries()) == len(matrix_entries())
    assert {name for name, _room in entries()} == {file.stem for file in MATRIX.glob("*.toml")}


def test_it_has_a_word_for_each_of_the_cast() -> None:
    assert {name for name, _who in WHO} == {*CAST, *BESIDES}


@pytest.mark.parametrize(
    ("status", "word"),
    [(200, "yes"), (302, "yes"), (403, "no"), (404, "unseen"), (409, "later"), (None, "unsaid")],
)
def test_it_says_what_a_status_means(status: int | None, word: str) -> None:
    assert answer(status) == word


def test_being_sent_to_sign_in_is_a_no() -> None:
    entry = {"method": "POST", "expect": {"ada": 302, "eve": 302}}
    assert said(entry, "ada") == "yes"
    assert said(entry, "eve") == "no"
    assert said({**entry, "anybody": True}, "eve") == "yes"


def test_it_says_that_administrators_change_settings_and_employees_do_not() -> None:
    room = next(room for room in rooms() if room.key == "organisations")
    place = [name for name, _who in WHO].index
    right = next(
        one for one in room.rights if one.words.startswith("Change the organisation's name")
    )
    assert right.answers[place("siv")] == "yes"
    assert right.answers[place("ada")] == "no"
    assert right.answers[place("eve")] == "no"


@pytest.mark.parametrize("name", ["about", "accessibility", "privacy", "roles"])
def test_it_is_there_for_everybody(name: str, client_of: Callable[[str], Client]) -> None:
    shown = client_of("eve").get(reverse(name)).content.decode()
    assert shown.count("<h1>") == 1
