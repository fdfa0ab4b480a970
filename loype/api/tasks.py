"""The API's own housekeeping by the clock."""

from __future__ import annotations

from procrastinate.contrib.django import app

from loype.api.idempotency import forget_old_keys
from loype.kernel.clock import now


@app.periodic(cron="17 3 * * *")
@app.task(name="api.tidy", queueing_lock="api.tidy")
def tidy_keys(timestamp: int) -> None:
    """Forget idempotency keys that are older than a week."""
    forget_old_keys(at=now())
