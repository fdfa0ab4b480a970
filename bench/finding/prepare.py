"""`python -m bench.finding.prepare N`: bring one database up to date, and fill it unless N is 0."""

from __future__ import annotations

import sys

import django
from django.core.management import call_command

from loype.config.database import ensure_running


def main(count: int) -> None:
    """Migrate, then fill."""
    ensure_running()
    django.setup()
    call_command("migrate", verbosity=0)
    if count:
        from bench.finding.filling import fill

        fill(count)


if __name__ == "__main__":
    main(int(sys.argv[1]))
