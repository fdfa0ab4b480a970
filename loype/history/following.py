"""Work that follows a change: queued in the same transaction, done by the worker."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from procrastinate.contrib.django import app


def follow_later(
    task: str,
    *,
    queueing_lock: str | None = None,
    not_before: datetime | None = None,
    **arguments: Any,
) -> None:
    """Queue a job by name in the current transaction; it runs once that has committed.

    With `not_before` it waits for that moment, too.
    """
    options: dict[str, Any] = {"schedule_at": not_before} if not_before else {}
    app.configure_task(name=task, queueing_lock=queueing_lock, **options).defer(**arguments)


def follow_each_later(task: str, each: Sequence[dict[str, Any]]) -> None:
    """Queue a job by name for each of these arguments, in their order; one statement."""
    if each:
        app.configure_task(name=task).batch_defer(*each)
