"""The product and the bare view in one process, asked without a network in between."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import SimpleCookie
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client, RequestFactory, override_settings

from loype.accounts.models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Answer:
    """What one request took: milliseconds by the clock and of the processor, statements, bytes."""

    status: int
    wall_ms: float
    cpu_ms: float
    statements: int
    size: int
    body: bytes
    location: str

    def figures(self) -> dict[str, float]:
        """The numbers alone."""
        facts = asdict(self)
        return {name: facts[name] for name in ("wall_ms", "cpu_ms", "statements", "size")}


class Statements:
    """Counts what a request asks the database; savepoints are free."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """Let one statement through."""
        self.count += not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK TO"))
        return execute(sql, params, many, context)


class Site:
    """The product behind its middleware, and the bare view behind none."""

    def __init__(self) -> None:
        self.product = WSGIHandler()
        with override_settings(MIDDLEWARE=[]):
            self.naked = WSGIHandler()
        self.factory = RequestFactory(SERVER_NAME="127.0.0.1")
        self.cookies: dict[int, tuple[str, str]] = {}
        self.statements = Statements()
        connection.execute_wrappers.append(self.statements)

    def cookie(self, person_id: int) -> tuple[str, str]:
        """The cookies of somebody signed in, and the secret their forms carry."""
        if person_id not in self.cookies:
            client = Client()
            client.force_login(Person.objects.get(pk=person_id), backend=BACKEND)
            secret = _get_new_csrf_string()
            jar = SimpleCookie({name: one.value for name, one in client.cookies.items()})
            jar["csrftoken"] = secret
            self.cookies[person_id] = (jar.output(header="", sep=";").strip(), secret)
        return self.cookies[person_id]

    def ask(
        self,
        address: str,
        *,
        by: int | None = None,
        form: dict[str, Any] | None = None,
        naked: bool = False,
    ) -> Answer:
        """One request, timed from the first byte in to the last byte out."""
        environ = self._environ(address, by=by, form=form)
        said: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
            said["status"], said["headers"] = int(status[:3]), dict(headers)

        handler = self.naked if naked else self.product
        self.statements.count = 0
        wall, cpu = time.perf_counter(), time.process_time()
        answer = handler(environ, start)
        body = b"".join(answer)
        answer.close()
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        return Answer(
            status=said["status"],
            wall_ms=wall * 1000,
            cpu_ms=cpu * 1000,
            statements=self.statements.count,
            size=len(body),
            body=body,
            location=said["headers"].get("Location", ""),
        )

    def _environ(
        self, address: str, *, by: int | None, form: dict[str, Any] | None
    ) -> dict[str, Any]:
        parts = urlsplit(address)
        more: dict[str, Any] = {"QUERY_STRING": parts.query, "HTTP_ACCEPT_LANGUAGE": "nb"}
        if by is not None:
            more["HTTP_COOKIE"], secret = self.cookie(by)
            form = None if form is None else {"csrfmiddlewaretoken": secret, **form}
        if form is None:
            return {**self.factory._base_environ(), "PATH_INFO": parts.path, **more}
        body = urlencode(form, doseq=True).encode()
        return {
            **self.factory._base_environ(),
            "REQUEST_METHOD": "POST",
            "PATH_INFO": parts.path,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            **more,
        }
