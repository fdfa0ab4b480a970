"""What journeys share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection


@pytest.fixture
def _no_old_jobs(transactional_db: None) -> Iterator[None]:
    """Jobs lie in tables that the test runner does not empty."""
    empty = "TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE"
    with connection.cursor() as cursor:
        cursor.execute(empty)
    yield
    with connection.cursor() as cursor:
        cursor.execute(empty)
