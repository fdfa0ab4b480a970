"""How long to wait before a failed job is tried again: seconds at first, then minutes."""

from __future__ import annotations

from dataclasses import dataclass

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

FIRST_SECONDS = (3, 9, 27, 81, 243)
LONGEST_SECONDS = 300


@dataclass(frozen=True)
class Patience(BaseRetryStrategy):
    """Tries again after 3, 9, 27, 81 and 243 seconds, then every five minutes.

    What was away for a day is caught up with within minutes of its return; a wait that grew
    without end would answer an outage of a day with a day more.
    """

    most_attempts: int

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again, or None when it was tried often enough."""
        if job.attempts >= self.most_attempts:
            return None
        return RetryDecision(retry_in={"seconds": wait_after(job.attempts)})


def wait_after(attempts: int) -> int:
    """Seconds to wait after this many attempts before the one that just failed."""
    return FIRST_SECONDS[attempts] if attempts < len(FIRST_SECONDS) else LONGEST_SECONDS
