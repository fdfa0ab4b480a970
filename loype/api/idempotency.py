"""The same create sent twice is one thing: the second gets the answer the first was given."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Header
from pydantic import BaseModel

from loype.api.actor import ApiRequest
from loype.api.models import IdempotencyKey
from loype.api.problems import KeyReused
from loype.kernel.clock import now

REMEMBERED = timedelta(days=7)
LONGEST_KEY = 120

Key = Annotated[
    str | None,
    Header(
        None,
        alias="Idempotency-Key",
        min_length=1,
        max_length=LONGEST_KEY,
        pattern=r"^[!-~]+$",
        description=(
            "A name of your own for this change, for example a UUID. Sent again with the same "
            "body it gives the same answer and changes nothing more; kept for seven days."
        ),
    ),
]

# A second sender of the same key waits here until the first has committed or given up.
_CLAIM = """
INSERT INTO api_idempotencykey
    (person_id, key, operation, request_hash, status, answer, used_at)
VALUES (%(person)s, %(key)s, %(operation)s, %(hash)s, 0, '{}', %(at)s)
ON CONFLICT (person_id, operation, key) DO NOTHING
RETURNING id
"""


def create(
    request: ApiRequest,
    make: Callable[[datetime], BaseModel],
    *,
    key: str | None,
    body: BaseModel | None = None,
    content: bytes = b"",
) -> HttpResponse:
    """Make something once; the answer is kept with the change, in the same transaction."""
    at = now()
    if key is None:
        with transaction.atomic():
            return _created(make(at).model_dump_json())
    operation = f"{request.method} {request.path}"[:120]
    sent = _hash(request, body=body, content=content)
    with transaction.atomic():
        claimed = _claim(request, operation=operation, key=key, sent=sent, at=at)
        if claimed is None:
            return _replay(request, operation=operation, key=key, sent=sent)
        answer = make(at).model_dump_json()
        IdempotencyKey.objects.filter(pk=claimed).update(status=201, answer=json.loads(answer))
    return _created(answer)


def _hash(request: HttpRequest, *, body: BaseModel | None, content: bytes) -> str:
    """What was asked, without the accidents of how it was written down."""
    told = "" if body is None else body.model_dump_json()
    return hashlib.sha256(f"{request.path}\n{told}\n".encode() + content).hexdigest()


def _claim(request: ApiRequest, *, operation: str, key: str, sent: str, at: datetime) -> int | None:
    facts: dict[str, Any] = {
        "person": request.actor.signed_in_id,
        "key": key,
        "operation": operation,
        "hash": sent,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, facts)
        row = cursor.fetchone()
    return row[0] if row else None


def _replay(request: ApiRequest, *, operation: str, key: str, sent: str) -> HttpResponse:
    before = IdempotencyKey.objects.get(
        person=request.actor.signed_in_id, operation=operation, key=key
    )
    if before.request_hash != sent:
        raise KeyReused(
            _("This idempotency key was used for something else. Choose a new key for a new thing.")
        )
    answer = _created(json.dumps(before.answer, ensure_ascii=False))
    answer.headers["Idempotency-Replayed"] = "true"
    return answer


def _created(content: str) -> HttpResponse:
    return HttpResponse(content, status=201, content_type="application/json")


def forget_old_keys(*, at: datetime) -> int:
    """Throw away what nobody will send again; gives how many."""
    return IdempotencyKey.objects.filter(used_at__lt=at - REMEMBERED).delete()[0]
