"""`python -m bench.finding.prepare N`: bring one database up to date, and fill it unless N is 0.

With `name` instead of a number it only answers which meaning and which words would be filled in.
"""

from __future__ import annotations

import json
import sys

import django
from django.core.management import call_command
from django.db import connection

from loype.config.database import ensure_running


def main(what: str) -> None:
    """Migrate, then fill."""
    if what == "name":
        django.setup()
        _answer({"meaning": f"{_meaning()} {_words()}"})
        return
    ensure_running()
    django.setup()
    call_command("migrate", verbosity=0)
    _renew_functions()
    if int(what):
        from bench.finding.filling import fill

        _answer(fill(int(what)))


def _answer(told: dict[str, object]) -> None:
    print(json.dumps(told))


def _meaning() -> str:
    from loype.search.meaning import current_meaning

    meaning = current_meaning()
    return meaning.name if meaning else ""


def _words() -> str:
    from loype.search.analysis import ANALYSER_VERSION

    return ANALYSER_VERSION


def _renew_functions() -> None:
    """Make the functions that look for candidates anew: they may be under work."""
    from loype.search import sql

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid::regprocedure::text FROM pg_proc"
            " WHERE proname IN ('search_near', 'search_narrowing')"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {name}")
        cursor.execute(sql.NARROWING + sql.NEAR)


if __name__ == "__main__":
    main(sys.argv[1])
