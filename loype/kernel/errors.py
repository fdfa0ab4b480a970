"""The named failures a verb may raise; the ways in turn them into pages or exits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """Something was asked for and is not done; the message says why and what to do instead."""

    status = 400
    code = "refused"

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(Refusal):
    """The person may see the thing but may not do this to it."""

    status = 403
    code = "not_allowed"


class NotFound(Refusal):
    """The thing does not exist for this person."""

    status = 404
    code = "not_found"


class WrongMoment(Refusal):
    """The act is allowed in general, but not in the state the thing is in now."""

    status = 409
    code = "wrong_moment"


class Stale(WrongMoment):
    """Somebody changed the thing after this form was read."""

    code = "stale"


class Unavailable(Refusal):
    """Something we lean on (disk, mail server) is away; nothing was changed."""

    status = 503
    code = "unavailable"


class BadInput(Refusal):
    """What was filled in cannot be used; `fields` names each field and what is wrong with it."""

    status = 422
    code = "bad_input"

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self.fields = dict(fields)
        super().__init__(" ".join(str(text) for text in self.fields.values()))
