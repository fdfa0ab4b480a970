"""`loype organisation`: what only the operator of an installation may do to organisations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from loype.cli import prepare

if TYPE_CHECKING:
    from loype.organisations.models import Organisation


@click.group(name="organisation")
def command() -> None:
    """Found organisations and federations, and invite their first administrators."""


@command.command()
@click.argument("name")
@click.option("--short-name", required=True, help="In case numbers, for example FJO.")
@click.option("--kind", default="municipality", show_default=True, help="What it is.")
@click.option("--country", default="no", show_default=True, help="Two letters.")
@click.option("--language", default="nb", show_default=True, help="What it writes in.")
@click.option("--administrator", default="", help="Invite this e-mail address to manage it.")
def found(
    *, name: str, short_name: str, kind: str, country: str, language: str, administrator: str
) -> None:
    """Take in an organisation that no register has, called NAME."""
    prepare()
    from django.db import transaction

    from loype.kernel.clock import now
    from loype.organisations.actions import found_organisation
    from loype.organisations.actor import HOUSE

    with _plain_refusals(), transaction.atomic():
        made = found_organisation(
            name=name, short_name=short_name, kind=kind, country=country, language=language,
            actor=HOUSE, at=now(),
        )  # fmt: skip
        click.echo(f"{made.name} ({made.short_name}) is taken in.")
        if administrator:
            _invite(made, administrator)


@command.command()
@click.argument("short_name")
@click.argument("email")
def administrator(*, short_name: str, email: str) -> None:
    """Invite EMAIL to manage the organisation SHORT_NAME; they invite the others."""
    prepare()
    with _plain_refusals():
        _invite(_named(short_name), email)


@command.command()
@click.argument("name")
@click.option("--coordinator", required=True, help="Who coordinates it (short name).")
@click.option("--member", "members", multiple=True, help="Who takes part (short name); again.")
def federation(*, name: str, coordinator: str, members: tuple[str, ...]) -> None:
    """Found a federation called NAME; its coordinator takes part from today."""
    prepare()
    from django.db import transaction

    from loype.kernel.clock import now
    from loype.organisations.actions import found_federation, join_federation
    from loype.organisations.actor import HOUSE

    at = now()
    with _plain_refusals(), transaction.atomic():
        made = found_federation(name=name, coordinator=_named(coordinator), actor=HOUSE, at=at)
        for member in members:
            join_federation(
                made, organisation=_named(member), from_date=at.date(), actor=HOUSE, at=at
            )
    click.echo(f"{made.name} is founded with {len(members) + 1} organisations.")


def _invite(organisation: Organisation, email: str) -> None:
    """Invite an administrator by mail, and show the letter's link for where mail is not set up."""
    from django.conf import settings

    from loype.kernel.clock import now
    from loype.organisations.actions import invite_person
    from loype.organisations.actor import HOUSE

    _, secret = invite_person(
        organisation, email=email, roles=["administrator"], actor=HOUSE, at=now()
    )
    click.echo(f"{email} is invited by mail, or opens {settings.SITE_ADDRESS}/join/{secret}/")


def _named(short_name: str) -> Organisation:
    from loype.organisations.models import Organisation

    found = Organisation.objects.active().filter(short_name__iexact=short_name).first()
    if found is None:
        raise click.UsageError(f"No organisation has the short name {short_name}.")
    return found


@contextmanager
def _plain_refusals() -> Iterator[None]:
    """Say what a verb refuses in its own words."""
    from django.db import IntegrityError

    from loype.kernel.errors import Refusal

    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    except IntegrityError as problem:
        raise click.ClickException("There is one of that name already.") from problem
