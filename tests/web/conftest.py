"""What tests of several rooms' pages ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache

from loype.accounts.models import Person
from tests.post import PostOffice, post_office


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    """Sign-in counts tries in the cache; each test begins with none."""
    cache.clear()


@pytest.fixture
def post(settings: Any, db: None) -> Iterator[PostOffice]:
    """A real mail server."""
    with post_office(settings) as office:
        yield office


@pytest.fixture
def grown_up(db: None) -> Callable[..., Person]:
    """Makes somebody with a password and an address that is shown to be theirs."""
    from allauth.account.models import EmailAddress

    def make(email: str, *, password: str = "a long walk uphill", **facts: Any) -> Person:
        person = Person.objects.create_user(email, password, name="Kari", **facts)
        EmailAddress.objects.create(user=person, email=email, primary=True, verified=True)
        return person

    return make
