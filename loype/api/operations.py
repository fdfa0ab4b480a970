"""How an operation is written down: who may come in, and every answer it may give."""

from __future__ import annotations

from typing import Any

from ninja import Router
from ninja.responses import Status

from loype.api.auth import OPEN, SIGNED_IN

# Any operation may be refused these ways; the rest depends on what it does.
ALWAYS = (400, 401, 403, 422, 429, 500, 503)
BODY = (413, 415)
# Read and taken out again where the OpenAPI document is finished. Refusals are written there, too:
# as answers of each operation they would be 2,300 equal models, 30 MB in every process.
OPEN_MARK = "x-open-to-all"
REFUSALS_MARK = "x-refusals"
CHANGES_REFUSED = {"openapi_extra": {REFUSALS_MARK: (*ALWAYS, 404, 409, *BODY)}}
DONE: Status[None] = Status(204, None)


def room(tag: str) -> Router:
    """The operations of one stage."""
    return Router(tags=[tag])


def reading(shape: Any, *, summary: str, open_to_all: bool = False, found: bool = True) -> Any:
    """What a GET is documented with."""
    refusals = (*ALWAYS, 404) if found else ALWAYS
    return {
        "auth": OPEN if open_to_all else SIGNED_IN,
        "response": {200: shape},
        "summary": summary,
        "openapi_extra": {OPEN_MARK: open_to_all, REFUSALS_MARK: refusals},
    }


def changing(shape: Any, *, summary: str) -> Any:
    """What an operation that changes something is documented with; no shape means 204."""
    said = {200: shape} if shape is not None else {204: None}
    return {"auth": SIGNED_IN, "response": said, "summary": summary} | CHANGES_REFUSED


def creating(shape: Any, *, summary: str) -> Any:
    """What an operation that makes something new is documented with."""
    return {"auth": SIGNED_IN, "response": {201: shape}, "summary": summary} | CHANGES_REFUSED
