"""`loype rounds`: rounds of assessment, and the ranked lists that came of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from loype.cli import prepare
from loype.cli.showing import organisation_named, show, shown

ROUNDS = (
    "id", "organisation", "name", "state", "method", "cases", "handed_in", "opened_on",
    "hand_in_by", "closed_on",
)  # fmt: skip
RANKINGS = (
    "id", "organisation", "made_on", "rounds", "method", "cases", "places", "draws", "seed",
    "shared",
)  # fmt: skip
RANKED = (
    "place", "place_by_sums", "case", "title", "selected", "value", "points", "priority",
    "stays_in", "error", "best_place", "worst_place", "members", "disagreement", "moves",
)  # fmt: skip
HOME = click.option("--organisation", default="", help="Only of one organisation (short name).")


@click.group(name="rounds")
def command() -> None:
    """See rounds of assessment and ranked lists, with how sure each place is."""


@command.command(name="list")
@HOME
@shown
def list_rounds(*, organisation: str, form: str, email: str, to: Path | None) -> None:
    """List the rounds, newest first: how many cases, and how many members have handed in."""
    prepare()
    from django.db.models import Count, Q

    from loype.cli.export import actor_named
    from loype.councils.models import Round

    rows = Round.objects.visible_to(actor_named(email)).select_related("organisation")
    if organisation:
        rows = rows.filter(organisation=organisation_named(organisation))
    handed_in = Q(assessments__handed_in_at__isnull=False)
    counted: Any = rows.annotate(
        cases=Count("round_cases", distinct=True),
        sure=Count("assessments", filter=handed_in, distinct=True),
    )
    lines = [
        (
            one.pk, one.organisation.name, one.name, one.state, one.method, one.cases, one.sure,
            one.opened_at.date(), one.hand_in_by, one.closed_at.date() if one.closed_at else None,
        )
        for one in counted
    ]  # fmt: skip
    show(ROUNDS, lines, form=form, to=to)


@command.command()
@HOME
@shown
def rankings(*, organisation: str, form: str, email: str, to: Path | None) -> None:
    """List the ranked lists, newest first."""
    prepare()
    from django.db.models import Count

    from loype.cli.export import actor_named
    from loype.councils.models import Ranking

    rows = Ranking.objects.visible_to(actor_named(email)).select_related("organisation")
    if organisation:
        rows = rows.filter(organisation=organisation_named(organisation))
    counted: Any = rows.annotate(cases=Count("ranked", distinct=True)).prefetch_related("rounds")
    lines = [
        (
            one.pk, one.organisation.name, one.made_at.date(),
            ", ".join(round.name for round in one.rounds.all()), one.method, one.cases,
            one.places, one.draws, one.seed, one.shared_at is not None,
        )
        for one in counted
    ]  # fmt: skip
    show(RANKINGS, lines, form=form, to=to)


@command.command()
@click.argument("number", type=int)
@shown
def ranking(*, number: int, form: str, email: str, to: Path | None) -> None:
    """Show the ranked list with this NUMBER as it stands after moves by hand.

    `stays_in` is the share of the draws in which a case stays among those one means to select, with
    its standard error; best and worst place hold in nine of ten draws. The seed says how to draw
    again.
    """
    prepare()
    from loype.cli.export import actor_named
    from loype.councils.assessing.reading import final_order
    from loype.councils.models import ManualMove, RankedCase, Ranking

    actor = actor_named(email)
    found = Ranking.objects.visible_to(actor).select_related("organisation").filter(pk=number)
    ranking = found.first()
    if ranking is None:
        raise click.UsageError(f"There is no ranked list number {number}.")
    places, _moves = final_order(ranking)
    moves = ManualMove.objects.visible_to(actor).filter(ranking=ranking).select_related("moved_by")
    rows = RankedCase.objects.visible_to(actor).filter(ranking=ranking)
    cases = list(rows.select_related("round_case__case__idea"))
    click.echo(
        f"{ranking.organisation.name}, {ranking.made_at:%Y-%m-%d}: the first {ranking.places} are "
        f"selected; {ranking.draws:,} draws, seed {ranking.seed}.",
        err=True,
    )
    told: dict[int, list[str]] = {}
    for move in moves:
        words = f"{move.moved_at:%Y-%m-%d} {move.moved_by.name}: {move.from_place} to "
        told.setdefault(move.ranked_id, []).append(f"{words}{move.to_place}. {move.reason}")
    last = len(places) + 1
    lines = [
        (
            places.get(one.pk), one.position, one.round_case.case.idea.case_number or "",
            one.round_case.case.idea.title,
            one.standing == "must_do" or places.get(one.pk, last) <= ranking.places,
            one.value, one.points, one.priority or one.standing, one.kept, one.kept_error,
            one.best_rank, one.worst_rank, one.members, one.disagreement,
            " | ".join(told.get(one.pk, [])),
        )
        for one in sorted(cases, key=lambda one: (places.get(one.pk, last), one.pk))
    ]  # fmt: skip
    show(RANKED, lines, form=form, to=to)
