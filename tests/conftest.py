"""What every test may ask for: the database, the cast, and clients that are signed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loype.config.database import ensure_running
from tests.browsing import launch_arguments
from tests.cast import World, build_world
from tests.promises import refuse_emptying
from tests.trail_world import TrailWorld, build_trail


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start the throw-away server; each test worker gets a database of its own."""
    ensure_running()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let the test runner empty tables between tests; other tests turn the refusals on again."""
    with django_db_blocker.unblock():
        refuse_emptying("DISABLE")


@pytest.fixture(autouse=True)
def _own_places(settings: Any, tmp_path: Path) -> None:
    """Files and mails of a test go to its own folder; hosts are those of the test client."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.ALLOWED_HOSTS = ["*"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def world(db: None) -> World:
    """The standing cast in its small world."""
    return build_world()


@pytest.fixture
def client_of(world: World) -> Callable[[str], Client]:
    """A browser-like client signed in as somebody of the cast; Eve is signed out."""

    def sign_in(name: str) -> Client:
        client = Client()
        if name != "eve":
            client.force_login(
                world.people[name],
                backend="allauth.account.auth_backends.AuthenticationBackend",
            )
        return client

    return sign_in


@pytest.fixture
def statements() -> Callable[[], Any]:
    """Counts SQL statements: `with statements() as counted: …; len(counted)`."""

    def capture() -> CaptureQueriesContext:
        return CaptureQueriesContext(connection)

    return capture


@pytest.fixture
def trail(world: World) -> TrailWorld:
    """The cast's world with one thing of each kind on the trail."""
    return build_trail(world)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser of the machine."""
    return browser_type_launch_args | launch_arguments()
