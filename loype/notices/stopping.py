"""The signed link by which mail about a kind is stopped without signing in (RFC 8058)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from loype.accounts.models import Person
from loype.notices.kinds import NoticeKind
from loype.notices.wishes import language_of

_SALT = "loype.notices.stop"


@dataclass(frozen=True)
class StopLink:
    """Whose mail a link stops, and about what."""

    person_id: int
    kinds: tuple[str, ...]
    language: str = ""


def stop_secret(person: Person, *, kinds: Iterable[str]) -> str:
    """What stands in the link; nobody can make one up, and it says nothing but stop or undo."""
    said = [person.pk, sorted(set(kinds))]
    return signing.dumps(said, salt=_SALT, compress=False)


def read_stop_secret(secret: str) -> StopLink | None:
    """What a link means, or None for one that we never gave out or whose person is gone.

    It works as long as the mail may lie in somebody's inbox: for ever.
    """
    try:
        person_id, kinds = signing.loads(secret, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person is None:
        return None
    known = tuple(kind for kind in NoticeKind.values if kind in kinds)
    return StopLink(person.pk, known, language_of(person))


def stop_address(person: Person, *, kinds: Iterable[str]) -> str:
    """The whole link."""
    return f"{settings.SITE_ADDRESS}/notices/stop/{stop_secret(person, kinds=kinds)}/"


def stop_headers(person: Person, *, kinds: Iterable[str]) -> dict[str, str]:
    """The headers by which mail programs show a button of their own that stops this mail."""
    return {
        "List-Unsubscribe": f"<{stop_address(person, kinds=kinds)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
