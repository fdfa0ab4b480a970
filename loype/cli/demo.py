"""`loype demo`: build the made-up federation once, then serve it with a worker beside it."""

import os
import time

import click

from loype.cli import prepare


@click.command(name="demo")
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", default=8000, show_default=True, type=int)
@click.option("--build-only", is_flag=True, help="Build it, but do not serve it.")
def command(*, host: str, port: int, build_only: bool) -> None:
    """Show a believable year of the trail: build it once, then serve it."""
    os.environ.setdefault("LOYPE_SITE_ADDRESS", f"http://{host}:{port}")
    from loype.demo.cast import PASSWORD, who_to_sign_in_as

    os.environ.setdefault("LOYPE_DEMO_PEOPLE", who_to_sign_in_as())
    os.environ.setdefault("LOYPE_DEMO_PASSWORD", PASSWORD)
    prepare(migrated=False)
    from django.core.management import call_command

    from loype.cli import missing_migrations

    if missing_migrations():
        click.echo("Bringing the database up to date …")
        call_command("migrate", interactive=False, verbosity=0)
    _build_model()
    _build()
    _read_texts()
    _find_same_needs()
    _introduce()
    if build_only:
        return
    from loype.cli.serve import serve_words
    from loype.cli.together import run_together

    words = serve_words(host=host, port=port, workers=1, threads=4, reload=False, access_log=False)
    run_together(words, ["worker"])


def _build_model() -> None:
    """Build the language model where it is missing; without it search goes by words alone."""
    from django.conf import settings

    from loype.search.embedding.build import build_model
    from loype.search.embedding.protocol import EmbeddingUnavailable

    if settings.LOYPE_EMBEDDING_PROVIDER != "builtin":
        return
    try:
        build_model(say=lambda step: click.echo(f"{step} …"))
    except EmbeddingUnavailable as problem:
        click.echo(problem)


def _build() -> None:
    from loype.demo.building import build_demo, is_built
    from loype.kernel.clock import now

    if is_built():
        return
    click.echo("Building the demo: a year in five municipalities …")
    began = time.monotonic()
    acts = build_demo(now=now())
    click.echo(f"{acts} acts of {time.monotonic() - began:.0f} seconds' work are done.")


def _read_texts() -> None:
    """Let search read what the worker has not read yet."""
    from loype.kernel.clock import now
    from loype.search.indexing import index_waiting

    while index_waiting(at=now()):
        pass


def _find_same_needs() -> None:
    """Let search find where the same need stands; once, while the demo is new."""
    from loype.demo.needs import find_same_needs
    from loype.kernel.clock import now
    from loype.search.models import SameNeed

    if not SameNeed.objects.exclude(probability=None).exists():  # but for what was linked by hand
        find_same_needs(now=now())


def _introduce() -> None:
    from loype.demo.cast import PASSWORD
    from loype.demo.reading import cast

    click.echo("\nWho can log in (the password of all is " + PASSWORD + "):")
    for row in cast():
        click.echo(f"  {row['first_name']:<6} {row['email']:<28} {row['job_title']}")
    click.echo("")
