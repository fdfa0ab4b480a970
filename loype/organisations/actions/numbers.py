"""Numbers without gaps: FJO-2026-0042."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

from loype.organisations.models import Organisation

_TAKE = """
    INSERT INTO organisations_numberseries AS s (organisation_id, series, year, last)
    VALUES (%s, %s, %s, %s)
    ON CONFLICT (organisation_id, series, year) DO UPDATE SET last = s.last + EXCLUDED.last
    RETURNING last
"""


def next_number(organisation: Organisation, *, series: str, at: datetime) -> str:
    """The next number in a series of an organisation's year; a rolled back act leaves no gap."""
    return next_numbers(organisation, series=series, at=at, count=1)[0]


def next_numbers(organisation: Organisation, *, series: str, at: datetime, count: int) -> list[str]:
    """`count` numbers in a row, in one statement, for imports."""
    year = at.astimezone(ZoneInfo(organisation.time_zone)).year
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [organisation.pk, series, year, count])
        last = cursor.fetchone()[0]
    letter = "" if series == "case" else f"{series[0].upper()}-"
    return [
        f"{organisation.short_name}-{year}-{letter}{number:04d}"
        for number in range(last - count + 1, last + 1)
    ]
