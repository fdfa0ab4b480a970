"""How an operation is written down: who may come in, and every answer it may give."""

from __future__ import annotations

from typing import Any

from ninja import Router
from ninja.responses import Status

from loype.api.auth import OPEN, SIGNED_IN
from loype.api.shapes import Problem

# Any operation may be refused these ways; the rest depends on what it does.
ALWAYS = (400, 401, 403, 422, 429, 500, 503)
BODY = (413, 415)
# Read and taken out again where the OpenAPI document is finished.
OPEN_MARK = "x-open-to-all"
DONE: Status[None] = Status(204, None)


def room(tag: str) -> Router:
    """The operations of one stage."""
    return Router(tags=[tag])


def reading(shape: Any, *, summary: str, open_to_all: bool = False, found: bool = True) -> Any:
    """What a GET is documented with."""
    refusals = (*ALWAYS, 404) if found else ALWAYS
    return {
        "auth": OPEN if open_to_all else SIGNED_IN,
        "response": {200: shape} | dict.fromkeys(refusals, Problem),
        "summary": summary,
        "openapi_extra": {OPEN_MARK: open_to_all},
    }


def changing(shape: Any, *, summary: str) -> Any:
    """What an operation that changes something is documented with; no shape means 204."""
    said = {200: shape} if shape is not None else {204: None}
    refusals = dict.fromkeys((*ALWAYS, 404, 409, *BODY), Problem)
    return {"auth": SIGNED_IN, "response": said | refusals, "summary": summary}


def creating(shape: Any, *, summary: str) -> Any:
    """What an operation that makes something new is documented with."""
    refusals = dict.fromkeys((*ALWAYS, 404, 409, *BODY), Problem)
    return {"auth": SIGNED_IN, "response": {201: shape} | refusals, "summary": summary}
