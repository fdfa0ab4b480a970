"""`loype strategy`: an organisation's plans, their aims, and what each weighs."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from loype.cli import prepare
from loype.cli.showing import organisation_named, plain_refusals, show, shown

if TYPE_CHECKING:
    from loype.organisations.actor import Actor
    from loype.organisations.models import Organisation
    from loype.strategy.models import Period, Plan

COLUMNS = ("number", "title", "text", "points", "involvement", "involvement_words")
SHOWN = (
    "plan", "plan_title", "item", "number", "title", "points", "share", "involvement", "given_up",
)  # fmt: skip
PLANS = ("id", "title", "kind", "from", "to", "decision", "visibility", "aims")
DAY = click.DateTime(["%Y-%m-%d"])


@click.group(name="strategy")
def command() -> None:
    """See an organisation's plans, write them to files, and take them in from files."""


@command.command()
@click.argument("organisation")
@shown
def plans(*, organisation: str, form: str, email: str, to: Path | None) -> None:
    """List the plans of ORGANISATION (short name)."""
    prepare()
    from django.db.models import Count, Q

    from loype.cli.export import actor_named
    from loype.strategy.models import Plan

    home = organisation_named(organisation)
    rows = Plan.objects.visible_to(actor_named(email)).filter(organisation=home)
    counted: Any = rows.annotate(aims=Count("items", filter=Q(items__retired_date=None)))
    lines = [
        (
            one.pk, one.title, one.kind, one.from_date, one.to_date, one.decision_reference,
            one.visibility, one.aims,
        )
        for one in counted
    ]  # fmt: skip
    show(PLANS, lines, form=form, to=to)


@command.command(name="show")
@click.argument("organisation")
@click.option("--on", "day", type=DAY, help="What weighs on this day [today].")
@shown
def show_aims(
    *, organisation: str, day: datetime | None, form: str, email: str, to: Path | None
) -> None:
    """Show the aims of ORGANISATION (short name) with their weights as adopted for a day."""
    prepare()
    from django.utils.timezone import localdate

    from loype.cli.export import actor_named
    from loype.kernel.clock import now
    from loype.strategy.models import ItemWeight, PlanItem

    home, actor = organisation_named(organisation), actor_named(email)
    on = day.date() if day else localdate(now())
    weights = ItemWeight.objects.visible_to(actor).in_force(home.pk, day=on)
    points = dict(weights.values_list("item_id", "points"))
    total = sum(points.values())
    items = PlanItem.objects.visible_to(actor).filter(organisation=home).select_related("plan")
    lines = [
        (
            one.plan_id, one.plan.title, one.pk, one.number, one.title, points.get(one.pk),
            round(points[one.pk] / total, 3) if one.pk in points else None, one.involvement,
            one.retired_date,
        )
        for one in items.on(on).order_by("plan__title", "plan_id", "number", "pk")
    ]  # fmt: skip
    show(SHOWN, lines, form=form, to=to)


@command.command()
@click.argument("organisation")
@click.option("--plan", "plan_id", type=int, required=True, help="Which plan, by its number.")
@click.option("--period", "period_id", type=int, help="With the weights of this period [adopted].")
@shown
def export(
    *,
    organisation: str,
    plan_id: int,
    period_id: int | None,
    form: str,
    email: str,
    to: Path | None,
) -> None:
    """Write a plan of ORGANISATION with its aims and weights, as `import` takes it in again."""
    prepare()
    from django.utils.timezone import localdate

    from loype.cli.export import actor_named
    from loype.kernel.clock import now
    from loype.strategy.models import ItemWeight, PlanItem

    home, actor = organisation_named(organisation), actor_named(email)
    plan = _plan(home, plan_id, actor=actor)
    seen = ItemWeight.objects.visible_to(actor)
    weights = (
        seen.filter(period=_period(home, period_id, actor=actor))
        if period_id is not None
        else seen.in_force(home.pk, day=localdate(now()))
    )
    points = dict(weights.values_list("item_id", "points"))
    items = PlanItem.objects.visible_to(actor).filter(plan=plan).standing()
    lines = [
        (
            one.number, one.title, one.text, points.get(one.pk, 0), one.involvement,
            one.involvement_words,
        )
        for one in items
    ]  # fmt: skip
    show(COLUMNS, lines, form=form, to=to)


@command.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", required=True, help="Whose plan it is (short name).")
@click.option("--plan", "plan_id", type=int, help="Bring this plan up to date, by its number.")
@click.option("--title", default="", help="Write a new plan of this title.")
@click.option("--kind", default="priorities", show_default=True, help="What sort of plan.")
@click.option("--from", "from_day", type=DAY, help="The new plan's first day [today].")
@click.option("--to", "to_day", type=DAY, help="Its last day.")
@click.option("--decision", default="", help="By which decision it was adopted.")
@click.option("--visibility", default="organisation", show_default=True, help="Who may read it.")
@click.option("--period", "period_id", type=int, help="Weigh in this period, being weighed.")
@click.option("--new-period", default="", help="Weigh in a new period of this name.")
@click.option("--as", "email", default="", help="In the name of this person (e-mail).")
@click.option("--dry-run", is_flag=True, help="Check every row and change nothing.")
def import_plan(*, file: Path, organisation: str, email: str, **said: Any) -> None:
    """Take a plan in from FILE (.csv, .xlsx or .jsonl): an aim a row, all of them or none.

    Columns: number, title, text, points (0 to 100), involvement (involved or not_involved) and
    involvement_words; only title is needed. An aim that the plan has already, by its number or else
    its title, is put in the new words. The weights are adopted on their page, by who decides.
    """
    prepare()
    from loype.cli.export import actor_named
    from loype.cli.planning import Wanted, read_aims, take_in

    home, actor = organisation_named(organisation), actor_named(email)
    if bool(said["title"]) == (said["plan_id"] is not None):
        raise click.UsageError("Say either --title of a new plan, or --plan with its number.")
    if said["period_id"] is not None and said["new_period"]:
        raise click.UsageError("Say either --period with its number, or --new-period, not both.")
    if said["plan_id"] is not None and (names := _said_of_a_new_plan()):
        raise click.UsageError(f"Only a new plan takes {names}; change this one on its page.")
    aims, remarks = read_aims(file)
    plan = None if said["plan_id"] is None else _plan(home, said["plan_id"], actor=actor)
    period = None
    if said["period_id"] is not None:
        period = _period(home, said["period_id"], actor=actor)
    wanted = Wanted(
        organisation=home, plan=plan, period=period, title=said["title"], kind=said["kind"],
        from_date=_day(said["from_day"]), to_date=_day(said["to_day"]),
        decision_reference=said["decision"], visibility=said["visibility"],
        new_period=said["new_period"],
    )  # fmt: skip
    with plain_refusals():
        tally = take_in(aims, wanted=wanted, remarks=remarks, actor=actor, dry_run=said["dry_run"])
    for remark in remarks:
        click.echo(f"row {remark.row}, {remark.column}: {remark.reason} ({remark.value})", err=True)
    if remarks:
        click.echo(f"Nothing was taken in: {len(remarks)} to mend in {file.name}.", err=True)
        sys.exit(1)
    click.echo(f"{'It would be: ' if said['dry_run'] else ''}{tally}")


def _said_of_a_new_plan() -> str:
    """The options that were given and say what a new plan is like."""
    context = click.get_current_context()
    given = click.core.ParameterSource.COMMANDLINE
    options = {"kind": "--kind", "from_day": "--from", "to_day": "--to",
               "decision": "--decision", "visibility": "--visibility"}  # fmt: skip
    said = [one for name, one in options.items() if context.get_parameter_source(name) == given]
    return ", ".join(said)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _plan(home: Organisation, number: int, *, actor: Actor) -> Plan:
    from loype.strategy.models import Plan

    found = Plan.objects.visible_to(actor).filter(organisation=home, pk=number).first()
    if found is None:
        raise click.UsageError(f"{home.name} has no plan number {number}.")
    return found


def _period(home: Organisation, number: int, *, actor: Actor) -> Period:
    from loype.strategy.models import Period

    found = Period.objects.visible_to(actor).filter(organisation=home, pk=number).first()
    if found is None:
        raise click.UsageError(f"{home.name} has no period number {number}.")
    return found
