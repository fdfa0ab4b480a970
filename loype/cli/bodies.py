"""`loype bodies`: default packs of councils and groups, and a body as it was on a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from loype.cli import prepare
from loype.cli.showing import organisation_named, plain_refusals

if TYPE_CHECKING:
    from loype.organisations.models import Federation, Organisation


@click.group(name="bodies")
def command() -> None:
    """Set up councils and groups from default packs, and look at them on any day."""


@command.command()
def packs() -> None:
    """List the default packs and the bodies in them."""
    prepare()
    from loype.bodies.packing import load_pack, pack_names

    for name in pack_names():
        pack = load_pack(name)
        click.echo(f"{name}: {pack.title}")
        for body in pack.bodies:
            parties = ", ".join(party.key for party in pack.parties_of(body["kind"]))
            click.echo(f"  {body['kind']}" + (f" (parties: {parties})" if parties else ""))


@command.command()
@click.argument("name")
@click.option("--organisation", required=True, help="Whose body it is (short name).")
@click.option("--kind", default="innovation_council", show_default=True, help="Which body.")
@click.option("--federation", default="", help="The federation by name, where there are several.")
@click.option("--leader", default="", help="Where the leader comes from (short name).")
@click.option("--party", "parties", multiple=True, help="A party, as key=SHORT_NAME; again.")
@click.option("--commission", default="", help="What a task committee is to do.")
@click.option("--ends", type=click.DateTime(["%Y-%m-%d"]), help="A task committee's last day.")
@click.option("--body", "body_id", type=int, help="Give a body that exists what it lacks.")
def pack(
    *,
    name: str,
    organisation: str,
    kind: str,
    federation: str,
    leader: str,
    parties: tuple[str, ...],
    commission: str,
    ends: datetime | None,
    body_id: int | None,
) -> None:
    """Take up the default pack NAME: set the body up, or give an existing one what it lacks."""
    prepare()
    from loype.bodies.models import Body
    from loype.bodies.packing import establish_from_pack, load_pack, take_up_pack
    from loype.kernel.clock import now
    from loype.organisations.actor import HOUSE

    if unnamed := [party for party in parties if "=" not in party]:
        raise click.UsageError(f"Say --party as key=SHORT_NAME, not {', '.join(unnamed)}.")
    with plain_refusals():
        home, chosen, at = organisation_named(organisation), load_pack(name), now()
        named = {
            key: organisation_named(short)
            for key, _, short in (party.partition("=") for party in parties)
        }
        if body_id is not None:
            body = Body.objects.filter(pk=body_id, organisation=home).first()
            if body is None:
                raise click.UsageError(f"{home.name} has no body number {body_id}.")
            added = take_up_pack(body, pack=chosen, parties=named, actor=HOUSE, at=at)
            click.echo(f"{body.name}: {', '.join(added) or 'nothing was missing'}.")
            return
        facts: dict[str, object] = {}
        if kind == "task_committee":
            facts = {"commission": commission, "ends_date": ends.date() if ends else None}
        body = establish_from_pack(
            home, pack=chosen, kind=kind, federation=_federation(home, federation, at.date()),
            parties=named, leader_party=organisation_named(leader) if leader else None,
            actor=HOUSE, at=at, **facts,
        )  # fmt: skip
    click.echo(f"{body.name} is set up as number {body.pk}. Now fill its seats, then begin it.")
    _show(body.pk, at.date())


@command.command()
@click.argument("body_id", type=int)
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="A day; today if left out.")
def show(*, body_id: int, day: datetime | None) -> None:
    """Show the body BODY_ID as it was on a day: seats, what it goes by, what is missing."""
    prepare()
    from loype.kernel.clock import now

    _show(body_id, (day or now()).date())


@command.command()
def end() -> None:
    """End the bodies whose last day is over; the worker does this every night."""
    prepare()
    from loype.bodies.actions import end_finished_bodies
    from loype.kernel.clock import now

    click.echo(f"{end_finished_bodies(at=now())} ended.")


def _show(body_id: int, day: date) -> None:
    from loype.bodies.as_of import body_on
    from loype.bodies.models import Body

    body = Body.objects.select_related("organisation", "federation").filter(pk=body_id).first()
    if body is None:
        raise click.UsageError(f"There is no body number {body_id}.")
    then = body_on(body, day=day)
    people, papers = then.people, then.papers
    click.echo(f"{body.name}, {body.get_kind_display()}, {day}: {people.state}")
    for one in people.seats:
        holder = one.holder.name if one.holder else "empty"
        deputy = f" (deputy {one.deputy.name})" if one.deputy else ""
        party = f", {one.seat.party.name}" if one.seat.party else ""
        click.echo(f"  {one.seat}{party}: {holder}{deputy}")
    if papers.mandate:
        click.echo(f"  mandate {papers.mandate.number} from {papers.mandate.from_date}")
    for missing in people.missing:
        click.echo(f"  missing: {missing.words}")


def _federation(home: Organisation, name: str, day: date) -> Federation | None:
    """The federation meant: the one named, else the only one it takes part in or coordinates."""
    from django.db.models import Q

    from loype.bodies.querysets import in_force
    from loype.organisations.models import Federation

    takes_part = Q(memberships__organisation=home) & in_force(day, path="memberships__")
    found = Federation.objects.filter(takes_part | Q(coordinator=home)).distinct()
    if name:
        found = found.filter(name=name)
    if found.count() > 1:
        raise click.UsageError(f"{home.name} is in several federations: name one.")
    return found.first()
