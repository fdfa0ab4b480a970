"""Programs of the cast: clients that send a token instead of a cookie."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from loype.accounts.actions import create_token
from loype.api.limits import COUNTER
from loype.kernel.clock import now
from tests.cast import World

Program = Callable[..., "ApiClient"]


class ApiClient:
    """A program with (or without) a token: says what it wants in JSON, reads JSON back."""

    def __init__(self, secret: str = "", **headers: str) -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = dict(headers)
        if secret:
            self.headers["Authorization"] = f"Bearer {secret}"

    def ask(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        """The answer to one request; addresses begin after /api/v1."""
        sent: dict[str, Any] = {"headers": {**self.headers, **headers}}
        if method.lower() not in ("get", "head"):
            data = "" if body is None else body
            sent |= {"data": data, "content_type": "application/json"}
        return getattr(self.client, method.lower())(f"/api/v1{address}", **sent)

    def get(self, address: str, **headers: str) -> Any:
        """Read something."""
        return self.ask("get", address, **headers)

    def post(self, address: str, body: Any = None, **headers: str) -> Any:
        """Do or make something."""
        return self.ask("post", address, body, **headers)

    def upload(self, address: str, data: dict[str, Any], **headers: str) -> Any:
        """Send a file."""
        return self.client.post(f"/api/v1{address}", data, headers={**self.headers, **headers})


@pytest.fixture(autouse=True)
def _fresh_counter() -> Iterator[None]:
    """Each test may ask as often as it likes."""
    COUNTER.forget()
    yield
    COUNTER.forget()


@pytest.fixture
def secret_of(world: World) -> Callable[..., str]:
    """A new token's secret for somebody of the cast."""

    def make(name: str, *scopes: str, days: int = 30) -> str:
        _token, secret = create_token(
            world.people[name], name="program", scopes=scopes or ("read", "write"), days=days,
            actor=world.actor(name), at=now(),
        )  # fmt: skip
        return secret

    return make


@pytest.fixture
def program_of(secret_of: Callable[..., str]) -> Program:
    """A program that acts for somebody of the cast; Eve's has no token."""

    def sign_in(name: str, *scopes: str) -> ApiClient:
        return ApiClient() if name == "eve" else ApiClient(secret_of(name, *scopes))

    return sign_in
