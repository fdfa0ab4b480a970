"""`python -m bench --kill`: the large kill run, on a database of its own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import django
from django.core.management import call_command
from rich.console import Console

from bench.places import drop
from loype.config.database import ensure_running

DATABASE = "loype_bench_kill"


def run(*, acts: int, seed: int) -> int:
    """Kill at random moments during the acts; 0 when nothing was lost, doubled or half-made."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="bench.settings", LOYPE_EMBEDDED="test", LOYPE_DB_NAME=DATABASE
    )
    console = Console()
    ensure_running()
    drop(DATABASE)
    ensure_running()
    django.setup()
    call_command("migrate", verbosity=0)
    from bench.killing import run_with_kills

    with tempfile.TemporaryDirectory() as folder, console.status(f"{acts} acts under fire …"):
        told, left = run_with_kills(acts=acts, seed=seed, folder=Path(folder))
    console.print(
        f"{len(told.ideas)} ideas handed in and {len(told.decided)} decided in {told.seconds:.0f} s"
        f" while the web process was killed {told.kills['serve']} times and the worker "
        f"{told.kills['worker']} times; {told.broken_lines} presses got no answer and were "
        f"repeated. Mails: {left.mails}; the mail server took {left.mails_taken}."
    )
    for flaw in left.flaws:
        console.print(f"[red]{flaw}[/red]")
    console.print("Nothing lost, nothing doubled, nothing half-made." if not left.flaws else "")
    return 1 if left.flaws else 0
