"""The description is whole, and the page about it needs nothing from elsewhere."""

from __future__ import annotations

import re
from typing import Any

import pytest

from loype.api.house import METHODS
from loype.api.problems import KIND
from loype.api.urls import api
from tests.api.conftest import ApiClient


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Method, address and details of every operation."""
    return [
        (method, address, details)
        for address, methods in api.description_document["paths"].items()
        for method, details in methods.items()
        if method in METHODS
    ]


@pytest.mark.django_db
def test_it_is_served_as_openapi_31() -> None:
    document = ApiClient().get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert document["info"]["title"] == "Løype"
    assert set(document["components"]["securitySchemes"]) == {"Token", "Session"}


def test_it_names_each_operation_once() -> None:
    names = [details["operationId"] for _method, _address, details in operations()]
    assert len(names) == len(set(names)) > 100


def test_it_describes_every_answer() -> None:
    for method, address, details in operations():
        answers = {int(status) for status in details["responses"]}
        assert {400, 401, 403, 422, 429, 500, 503} <= answers, (method, address)
        assert 404 in answers or "{" not in address, (method, address)
        assert method == "get" or {404, 409, 413, 415} <= answers, (method, address)
        for status, answer in details["responses"].items():
            if int(status) >= 400:
                assert list(answer["content"]) == [KIND]
        assert details["summary"]
        assert details["description"]
        assert details["tags"]


def test_it_takes_a_key_with_every_create() -> None:
    for method, address, details in operations():
        takes = "Idempotency-Key" in [one["name"] for one in details["parameters"]]
        assert takes == (201 in {int(status) for status in details["responses"]}), (method, address)


@pytest.mark.django_db
def test_its_page_needs_nothing_from_elsewhere() -> None:
    answer = ApiClient().get("/docs")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not re.search(r"<script|<style|https?://", page)
    assert "/api/v1/ideas/{idea_id}" in page
    assert ApiClient().post("/docs").status_code == 405
