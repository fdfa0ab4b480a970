"""Somebody at a browser, as far as a program can be: cookies, forms, and trying again."""

from __future__ import annotations

import re
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode


class Reader:
    """One person, signed in through the page."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def sign_in(self, email: str, password: str) -> None:
        """Sign in as a person does."""
        self.ask("/account/login/")
        status, location, body = self.ask("/account/login/", {"login": email, "password": password})
        if status not in (302, 303):
            raise RuntimeError(f"cannot sign in: {status} {location} {body[:2000]!r}")

    def ask(self, address: str, form: dict[str, Any] | None = None) -> tuple[int, str, str]:
        """One request: status, where to go next, and the page; OSError when the line broke."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            return self._ask(connection, address, form)
        except HTTPException as problem:
            raise ConnectionError(str(problem)) from problem
        finally:
            connection.close()

    def _ask(
        self, connection: HTTPConnection, address: str, form: dict[str, Any] | None
    ) -> tuple[int, str, str]:
        headers = {"Cookie": "; ".join(f"{key}={one}" for key, one in self.cookies.items())}
        body = None
        if form is not None:
            told = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **form}
            body = urlencode(told, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST" if body is not None else "GET", address, body, headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer.status, answer.headers.get("Location", ""), page


def id_in(location: str) -> int:
    """The first number in an address."""
    found = re.search(r"/(\d+)/", location)
    if found is None:
        raise ValueError(f"there is no number in {location!r}")
    return int(found[1])
