"""What people do with their own account."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from loype.accounts.models import LANGUAGES, ApiToken, MailWish, Person, TokenScope
from loype.history.actions import Doer, record
from loype.kernel.errors import BadInput
from loype.kernel.words import clean_line

LONGEST_DAYS = 366


def hash_secret(secret: str) -> str:
    """The kept form of a token: SHA-256 of 256 random bits needs no salt or stretching."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def open_account(
    person: Person, *, email: str, name: str, password: str | None, language: str, at: datetime
) -> Person:
    """Take a new person in, who has yet to show that the e-mail address is theirs."""
    person.email = email.lower()
    person.name = clean_line(name)[:120]
    person.language = language if language in LANGUAGES else ""
    person.set_password(password)
    person.save()
    record(
        "open_account", thing=person, actor=_Oneself(person.pk), at=at, organisation_id=None,
        follow=False,
    )  # fmt: skip
    return person


@dataclass(frozen=True)
class _Oneself:
    """Somebody who acts before they can sign in."""

    person_id: int


@transaction.atomic
def create_token(
    person: Person, *, name: str, scopes: Sequence[str], days: int, actor: Doer, at: datetime
) -> tuple[ApiToken, str]:
    """Make an API token; the secret is given back once and never again."""
    problems = {}
    if not (name := clean_line(name)[:80]):
        problems["name"] = _("Give the token a name, so that you know it again.")
    if not scopes or not set(scopes) <= set(TokenScope.values):
        problems["scopes"] = _("Choose what the token may be used for.")
    if not 1 <= days <= LONGEST_DAYS:
        problems["days"] = _("A token lives from 1 to %(most)s days.") % {"most": LONGEST_DAYS}
    if problems:
        raise BadInput(problems)
    secret = f"loype_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        person=person,
        name=name,
        beginning=secret[:12],
        secret_hash=hash_secret(secret),
        scopes=sorted(set(scopes)),
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    record("create_token", thing=token, actor=actor, at=at, organisation_id=None, follow=False)
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, actor: Doer, at: datetime) -> ApiToken:
    """End a token now; ending it twice is no harm."""
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        record("revoke_token", thing=token, actor=actor, at=at, organisation_id=None, follow=False)
    return token


@transaction.atomic
def change_settings(
    person: Person,
    *,
    actor: Doer,
    at: datetime,
    name: str | None = None,
    language: str | None = None,
    colour_scheme: str | None = None,
    mail_wish: str | None = None,
) -> Person:
    """Change one's own name, language, colours or mail wishes; what is None stays."""
    wanted = {
        "name": clean_line(name)[:120] if name is not None else None,
        "language": language,
        "colour_scheme": colour_scheme,
        "mail_wish": mail_wish,
    }
    changed = {key: value for key, value in wanted.items() if value is not None}
    _check_settings(changed)
    person = Person.objects.select_for_update().get(pk=person.pk)
    for key, value in changed.items():
        setattr(person, key, value)
    person.save(update_fields=list(changed))
    record(
        "change_settings",
        thing=person,
        actor=actor,
        at=at,
        organisation_id=None,
        change={"fields": sorted(changed)},
        follow=False,
    )
    return person


def _check_settings(changed: dict[str, str]) -> None:
    allowed = {
        "language": ("", *LANGUAGES),
        "colour_scheme": ("auto", "light", "dark"),
        "mail_wish": MailWish.values,
    }
    problems = {
        key: _("Choose one from the list.")
        for key, values in allowed.items()
        if key in changed and changed[key] not in values
    }
    if "name" in changed and not changed["name"]:
        problems["name"] = _("Write your name.")
    if problems:
        raise BadInput(problems)


def use_token(secret: str, *, at: datetime) -> ApiToken | None:
    """The living token behind a secret, or None; its last use is noted at most once a minute."""
    token = (
        ApiToken.objects.select_related("person")
        .filter(secret_hash=hash_secret(secret), revoked_at=None, expires_at__gt=at)
        .filter(person__is_active=True)
        .first()
    )
    if token and (token.last_used_at is None or at - token.last_used_at > timedelta(minutes=1)):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
    return token
