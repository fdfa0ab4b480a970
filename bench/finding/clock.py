"""How long a call took: by the clock, and of the processor by us and by the database together."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Took:
    """Milliseconds of one call."""

    wall: float
    own_cpu: float


def timed(call: Callable[[], object]) -> Took:
    """Call once."""
    began, began_cpu = time.perf_counter(), time.process_time()
    call()
    return Took((time.perf_counter() - began) * 1000, (time.process_time() - began_cpu) * 1000)


def database_cpu() -> float:
    """Milliseconds of the processor that the database has spent on our connection so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / TICKS


def asked_all(calls: Sequence[Callable[[], object]]) -> dict[str, float]:
    """Call each once; the usual figures. The database's share is known as a mean only."""
    before = database_cpu()
    took = [timed(call) for call in calls]
    database = (database_cpu() - before) / len(took)
    wall = sorted(one.wall for one in took)
    cpu = sorted(one.own_cpu for one in took)
    return {
        "questions": len(took),
        "p50_ms": statistics.median(wall),
        "p95_ms": at_share(wall, 0.95),
        "p99_ms": at_share(wall, 0.99),
        "own_cpu_p50_ms": statistics.median(cpu),
        "own_cpu_p95_ms": at_share(cpu, 0.95),
        "database_cpu_mean_ms": database,
        "cpu_mean_ms": statistics.fmean(cpu) + database,
    }


def at_share(values: Sequence[float], share: float) -> float:
    """The value below which this share of sorted values lies."""
    return values[min(len(values) - 1, round(share * len(values)))]
