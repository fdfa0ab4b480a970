"""Whom a visitor of a demo may sign in as; only where the operator's settings name them."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody made up, with what there is to see as them."""

    email: str
    words: str
    password: str


def demo_people() -> list[DemoPerson]:
    """The people of LOYPE_DEMO_PEOPLE (`e-mail=who this is; …`); none where it is not set."""
    if not (settings.LOYPE_DEMO_PEOPLE and settings.LOYPE_DEMO_PASSWORD):
        return []
    pairs = (one.partition("=") for one in settings.LOYPE_DEMO_PEOPLE.split(";") if one.strip())
    return [
        DemoPerson(email.strip(), words.strip() or email.strip(), settings.LOYPE_DEMO_PASSWORD)
        for email, _equals, words in pairs
    ]
