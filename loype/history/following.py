"""Work that follows a change: queued in the same transaction, done by the worker."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app


def follow_later(task: str, *, queueing_lock: str | None = None, **arguments: Any) -> None:
    """Queue a job by name in the current transaction; it runs once that has committed."""
    app.configure_task(name=task, queueing_lock=queueing_lock).defer(**arguments)
