"""The hand-over folder as a page, for print, as a PDF and as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext as _, ngettext, pgettext
from django.views.decorators.http import require_safe

from loype.councils.minutes.as_pdf import pdf
from loype.councils.minutes.document import Document
from loype.kernel.clock import now
from loype.portfolio.mandates.folder import Bundle, Folder, Line, open_folder
from loype.portfolio.models import Participant
from loype.web.portfolio.mandates import home_of
from loype.web.shared.acting import actor_of
from loype.web.shared.csv_tables import csv_table
from loype.web.shared.parts.amounts import plain_money
from loype.web.shared.render import render


def folder_of(request: HttpRequest) -> Folder:
    """The folder of the organisation one acts in."""
    return open_folder(home_of(request), actor=actor_of(request), day=localdate(now()))


@login_required
@require_safe
def mandate_folder(request: HttpRequest) -> HttpResponse:
    """What hangs on which decision, what stopping costs, what is bound, what needs a yes."""
    folder = folder_of(request)
    page = {"folder": folder, "summary": summary_of(folder)}
    return render(request, "portfolio/mandates/folder.html", page)


@login_required
@require_safe
def mandate_folder_csv(request: HttpRequest) -> HttpResponse:
    """The folder as a table."""
    folder = folder_of(request)
    return csv_table(rows_of(folder), name=f"{file_name(folder)}.csv", delimiter=",")


@login_required
@require_safe
def mandate_folder_pdf(request: HttpRequest) -> HttpResponse:
    """The folder as a tagged PDF."""
    folder = folder_of(request)
    answer = HttpResponse(pdf(document_of(folder), at=now()), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{file_name(folder)}.pdf"'
    return answer


def file_name(folder: Folder) -> str:
    """What the folder is called on disk."""
    return f"mandates-{folder.organisation.short_name.lower()}-{folder.day:%Y-%m-%d}"


def rows_of(folder: Folder) -> Iterator[list[Any]]:
    """A heading and a row for each activity."""
    yield [
        _("Issuing body"), _("Decision reference"), _("Decided"), _("Valid to"), _("Activity"),
        _("Owner"), _("Decision that opened it"), _("Standing"), _("To be confirmed since"),
        _("Cost of stopping"), _("Currency"), _("What would be lost"), _("What binds"),
        _("Bound until"), _("Our share"), _("Whose activity"),
    ]  # fmt: skip
    for line in folder.lines:
        one, mandate, cost, part = line.activity, line.mandate, line.cost, line.part
        share = part.share if part is not None and part.share is not None else ""
        currency = cost.currency if cost else part.currency if part else ""
        yield [
            mandate.issuing_body, mandate.decision_reference, _iso(mandate.decided_date),
            _iso(mandate.to_date), one.title, one.owner.name, one.current_decision.number,
            str(line.standing.label), _iso(line.since), cost.amount if cost else "",
            currency, cost.words if cost else "", _binding(line), _iso(line.bound_until),
            share, (one.organisation if part else folder.organisation).name,
        ]  # fmt: skip


def _binding(line: Line) -> str:
    """What binds it, in one line; for a part, how one leaves."""
    if line.leaving is not None:
        return line.leaving.terms
    return "; ".join(bond.words for bond in line.bonds)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(day: date | None) -> str:
    return date_format(day, pgettext("a date", "j F Y")) if day else ""


def document_of(folder: Folder) -> Document:
    """The folder as headings, facts and tables."""
    document = Document(
        title=_("Hand-over folder: %(organisation)s") % {"organisation": folder.organisation.name},
        author=folder.organisation.name,
        language=get_language() or "en",
        page_words=_("Page"),
    )
    document.say(summary_of(folder))
    document.facts(
        (_("Day"), _day(folder.day)),
        (_("Election"), _day(folder.election.election_date) if folder.election else ""),
        (_("Cost of stopping everything"), ", ".join(plain_money(a, c) for c, a in folder.costs)),
    )
    for bundle in folder.bundles:
        _add_bundle(document, bundle)
    return document


def summary_of(folder: Folder) -> str:
    """The folder in one sentence."""
    count = len(folder.to_confirm)
    if folder.is_ahead:
        return ngettext(
            "%(count)s activity needs a yes from the new council after the election.",
            "%(count)s activities need a yes from the new council after the election.",
            count,
        ) % {"count": count}
    return ngettext(
        "%(count)s activity needs a yes from the new council.",
        "%(count)s activities need a yes from the new council.",
        count,
    ) % {"count": count}


def _add_bundle(document: Document, bundle: Bundle) -> None:
    mandate = bundle.mandate
    document.heading(mandate.title if mandate.is_named else _("Mandate not named yet"))
    document.facts(
        (_("Issuing body"), mandate.issuing_body),
        (_("Decision reference"), mandate.decision_reference),
        (_("Decided"), _day(mandate.decided_date)),
        (_("Valid to"), _day(mandate.to_date)),
    )
    document.table(
        _("What hangs on it"),
        header=(
            _("Activity"), _("Owner"), _("Standing"), _("Cost of stopping"), _("What binds"),
        ),
        rows=[_table_row(line) for line in bundle.lines],
    )  # fmt: skip


def _table_row(line: Line) -> tuple[str, ...]:
    if line.part is not None:
        return _part_row(line, part=line.part)
    cost = plain_money(line.cost.amount, line.cost.currency) if line.cost else _("not said yet")
    bonds = "; ".join(
        f"{bond.words} ({_day(bond.bound_until)})" if bond.bound_until else bond.words
        for bond in line.bonds
    )
    return (
        line.activity.title, line.activity.owner.name, str(line.standing.label), cost,
        bonds or _("nothing written down"),
    )  # fmt: skip


def _part_row(line: Line, *, part: Participant) -> tuple[str, ...]:
    """The organisation's part of what others own with it: its share, and how it would leave."""
    share = ""
    if part.share is not None:
        share = _("Our share: %(share)s") % {"share": plain_money(part.share, part.currency)}
    words = ""
    if line.leaving is not None:
        words = _("%(terms)s First day to leave: %(day)s") % {
            "terms": line.leaving.terms,
            "day": _day(line.leaving.day),
        }
    return (
        _("%(title)s (%(place)s)")
        % {"title": line.activity.title, "place": line.activity.organisation.name},
        line.activity.owner.name, str(line.standing.label), share, words,
    )  # fmt: skip
