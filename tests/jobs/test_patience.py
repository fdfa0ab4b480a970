"""What was away is caught up with soon after its return, however long it was away."""

from __future__ import annotations

from typing import Any

import pytest
from procrastinate.jobs import Job

from loype.jobs.patience import Patience, wait_after
from loype.jobs.tasks import deliver, follow_up


def job(attempts: int) -> Job:
    return Job(
        id=1, queue="default", lock=None, queueing_lock=None, task_name="x", attempts=attempts
    )


def test_it_tries_again_within_seconds_first_and_never_waits_more_than_five_minutes() -> None:
    waits = [wait_after(attempts) for attempts in range(60)]

    assert waits[:5] == [3, 9, 27, 81, 243]
    assert waits == sorted(waits)
    assert max(waits) == 300


def test_it_gives_up_after_as_many_attempts_as_it_was_told() -> None:
    patience = Patience(most_attempts=3)

    decisions = [
        patience.get_retry_decision(exception=OSError(), job=job(attempts)) for attempts in range(5)
    ]

    assert [decision is not None for decision in decisions] == [True, True, True, False, False]


@pytest.mark.parametrize("task", [follow_up, deliver], ids=lambda task: task.name)
def test_it_outlives_a_weekend(task: Any) -> None:
    """From Friday afternoon to Monday morning somebody may be away who mends the mail server."""
    patience = task.retry_strategy
    waited = sum(wait_after(attempts) for attempts in range(patience.most_attempts))

    assert waited > 66 * 3600
