"""`loype federation`: what members have in the works, and what councils run together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from loype.cli import prepare
from loype.cli.showing import federation_named, organisation_named, show, shown

if TYPE_CHECKING:
    from loype.councils.models import JointCase, JointTerms
    from loype.trail.works import Work

KINDS = ("idea", "decision", "activity", "solution")
WORKS = ("kind", "id", "organisation", "title", "form", "state", "unit", "since")
JOINT = (
    "id", "organisation", "title", "course", "state", "answer_by", "yes", "no", "later",
    "no_answer", "lead", "amount", "currency",
)  # fmt: skip
ANSWERS = ("organisation", "answer", "answered_on", "answer_by", "reasons")
SHARES = ("organisation", "leads", "weight", "share", "currency", "agreed_on", "leaves_on")
NAME = click.option("--federation", "name", default="", help="Its name, where there are several.")

LANGUAGE = click.option(
    "--language", type=click.Choice(("en", "da", "nb", "nn", "sv")), default="en",
    show_default=True, help="Of the words in a table; CSV and JSON keep the codes.",
)  # fmt: skip


@click.group(name="federation")
def command() -> None:
    """See what members have in the works, and what councils run together."""


@command.command()
@NAME
@click.option("--organisation", default="", help="Only of one member (short name).")
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, help="Only these; again.")
@click.option("--open", "only_open", is_flag=True, help="Without what has ended.")
@click.option("--most", default=100, show_default=True, type=click.IntRange(1, 10_000))
@LANGUAGE
@shown
def works(
    *,
    name: str,
    organisation: str,
    kinds: tuple[str, ...],
    only_open: bool,
    most: int,
    language: str,
    form: str,
    email: str,
    to: Path | None,
) -> None:
    """List what the members have in the works, newest first, in the form each of them tells."""
    prepare()
    from django.utils import translation
    from django.utils.timezone import localdate

    from loype.cli.export import actor_named
    from loype.kernel.clock import now
    from loype.trail.works import Wanted, circle_of, works_of

    circle = circle_of(federation_named(name).pk, day=localdate(now()))
    wanted = Wanted(
        kinds=kinds or KINDS,
        organisation_id=organisation_named(organisation).pk if organisation else None,
        only_open=only_open,
    )
    found = works_of(circle, wanted, actor=actor_named(email), most=most)
    with translation.override(language):
        rows = [_work_row(one, in_words=form == "table") for one in found]
    show(WORKS, rows, form=form, to=to)


def _work_row(one: Work, *, in_words: bool) -> tuple[Any, ...]:
    """What a member has in the works, for people in words, for programs as codes."""
    from loype.trail.work_words import form_words, kind_words, state_words

    kind, sort, state = one.kind, one.form, one.state
    if in_words:
        kind, sort, state = kind_words(one), form_words(one), state_words(one)
    return (kind, one.id, one.organisation, one.title, sort, state, one.unit, one.since)


@command.command()
@click.option("--federation", "name", default="", help="Only of one federation.")
@click.option("--organisation", default="", help="Only where this one asks or is asked.")
@click.option("--all", "with_ended", is_flag=True, help="Those that have ended, too.")
@LANGUAGE
@shown
def joint(
    *,
    name: str,
    organisation: str,
    with_ended: bool,
    language: str,
    form: str,
    email: str,
    to: Path | None,
) -> None:
    """List what councils run together or were asked to: answers, who leads, what it costs."""
    prepare()
    from django.db.models import Q
    from django.utils import translation

    from loype.cli.export import actor_named
    from loype.councils.models import JointCase

    rows = JointCase.objects.visible_to(actor_named(email)).with_everything()
    if name:
        rows = rows.filter(federation=federation_named(name))
    if organisation:
        home = organisation_named(organisation)
        asked = Q(decision__invitations__organisation=home)
        rows = rows.filter(Q(organisation=home) | asked).distinct()
    if not with_ended:
        rows = rows.open()
    with translation.override(language):
        told = [_joint_row(one, in_words=form == "table") for one in rows]
    show(JOINT, told, form=form, to=to)


def _joint_row(joint: JointCase, *, in_words: bool) -> tuple[Any, ...]:
    said = [one.answer for one in joint.decision.invitations.all()]
    terms = _newest(joint)
    course, state = joint.decision.course, str(joint.state)
    if in_words:
        course, state = joint.decision.get_course_display(), joint.get_state_display()
    return (
        joint.pk, joint.organisation.name, joint.decision.case.idea.title, course, state,
        joint.answer_by, said.count("yes"), said.count("no"), said.count("later"),
        said.count(""), terms.lead.name if terms else "", terms.amount if terms else None,
        terms.currency if terms else "",
    )  # fmt: skip


def _newest(joint: JointCase) -> JointTerms | None:
    """The terms that hold; else those that are proposed."""
    standing = [one for one in joint.terms.all() if one.ended_at is None]
    agreed = [one for one in standing if one.agreed_at is not None]
    return next(iter(agreed or standing), None)


@command.command(name="show")
@click.argument("number", type=int)
@click.option("--shares", is_flag=True, help="The cost shares instead of the answers.")
@shown
def show_joint(*, number: int, shares: bool, form: str, email: str, to: Path | None) -> None:
    """Show the joint case with this NUMBER: what each council answered, or who pays what."""
    prepare()
    from loype.cli.export import actor_named
    from loype.councils.models import JointCase

    rows = JointCase.objects.visible_to(actor_named(email)).with_everything()
    found = rows.filter(pk=number).first()
    if found is None:
        raise click.UsageError(f"There is no joint case number {number}.")
    terms = _newest(found)
    _tell(found, terms)
    if shares:
        show(SHARES, _shares(terms), form=form, to=to)
    else:
        show(ANSWERS, _answers(found), form=form, to=to)


def _tell(joint: JointCase, terms: JointTerms | None) -> None:
    """What it is about, beside the list, so that a pipe gets the list alone."""
    idea = joint.decision.case.idea
    click.echo(f"{idea.title} ({joint.organisation.name}, {joint.decision.number})", err=True)
    click.echo(f"{joint.decision.get_course_display()}: {joint.get_state_display()}", err=True)
    if terms is None:
        click.echo("No terms are proposed.", err=True)
        return
    stands = "agreed" if terms.agreed_at else "proposed"
    key = terms.get_cost_key_display()
    click.echo(
        f"Terms {terms.number}, {stands}: {terms.lead.name} leads, {terms.amount} "
        f"{terms.currency}, {key}; {terms.exit_days} days of notice.",
        err=True,
    )


def _answers(joint: JointCase) -> list[tuple[Any, ...]]:
    return [
        (
            one.organisation.name, one.answer or "no answer yet",
            one.answered_at.date() if one.answered_at else None, one.answer_by, one.reasons,
        )
        for one in joint.decision.invitations.all()
    ]  # fmt: skip


def _shares(terms: JointTerms | None) -> list[tuple[Any, ...]]:
    if terms is None:
        return []
    return [
        (
            one.organisation.name, one.organisation_id == terms.lead_id, one.weight, one.amount,
            terms.currency, one.agreed_at.date() if one.agreed_at else None, one.leaving_date,
        )
        for one in terms.shares.all()
    ]  # fmt: skip
