"""`loype search`: look after the search and its language model."""

import time

import click


@click.group(name="search")
def command() -> None:
    """Look after the search and its language model."""


@command.command()
@click.option("--force", "is_forced", is_flag=True, help="Build it anew even if it is there.")
def build(*, is_forced: bool) -> None:
    """Build the language model that finds the same need in other words."""
    import django

    django.setup()
    build_with_words(is_forced=is_forced)


def build_with_words(*, is_forced: bool = False) -> None:
    """Build the model and say where it lies and how long it took; a refusal goes up."""
    from django.conf import settings

    from loype.search.embedding.build import build_model

    if settings.LOYPE_EMBEDDING_PROVIDER != "builtin":
        click.echo("LOYPE_EMBEDDING_PROVIDER says that the built-in language model is not used.")
        return
    began = time.monotonic()
    steps: list[str] = []

    def say(step: str) -> None:
        steps.append(step)
        click.echo(f"{step} …")

    folder = build_model(say=say, is_forced=is_forced)
    if steps:
        click.echo(f"The language model is in {folder}, in {time.monotonic() - began:.0f} seconds.")
    else:
        click.echo(f"The language model is ready in {folder}.")
