"""The public log of decisions: signed out too, as pages and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from loype.councils.labels import CourseLabel, Form, OutcomeLabel
from loype.councils.models import Decision, LoggedDecision
from loype.councils.openness.labels import LOG_CLASSES
from loype.councils.rules import can_assess_openness
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.web.shared.acting import actor_of
from loype.web.shared.csv_tables import csv_stream
from loype.web.shared.feeds import absolute
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render

ORDER = ("-decided_at", "-id")
YEARS_SHOWN = 6
MOST_ORGANISATIONS = 300
DECIDING = ("municipality", "county", "joint_body", "state_agency")


def narrowed(request: HttpRequest, *, actor: Actor) -> Any:
    """The log with the organisation, year and class that were chosen."""
    rows = LoggedDecision.objects.visible_to(actor)
    if (home := chosen_organisation(request)) is not None:
        rows = rows.filter(organisation=home)
    year = request.GET.get("year", "")
    if year in years():
        begins, ends = _first_of(int(year)), _first_of(int(year) + 1)
        rows = rows.filter(decided_at__gte=begins, decided_at__lt=ends)
    chosen = request.GET.get("access", "")
    return rows.filter(log_class=chosen) if chosen in dict(LOG_CLASSES) else rows


def chosen_organisation(request: HttpRequest) -> int | None:
    """The organisation that was chosen, by its number."""
    home = request.GET.get("organisation", "")
    return int(home) if home.isdecimal() and len(home) < 18 else None


def _first_of(year: int) -> datetime:
    return timezone.make_aware(datetime(year, 1, 1))  # noqa: DTZ001  made aware here


def years() -> list[str]:
    """The years one may choose."""
    this = timezone.localdate().year
    return [str(year) for year in range(this, this - YEARS_SHOWN, -1)]


def words_of(one: Any) -> dict[str, str]:
    """What the log tells of a decision, in words."""
    labels = {
        "outcome": (OutcomeLabel, one.log_outcome),
        "form": (Form, one.log_form),
        "course": (CourseLabel, one.log_course),
    }
    told = {
        name: str(choices(value).label) if value else ""
        for name, (choices, value) in labels.items()
    }
    told["access"] = str(dict(LOG_CLASSES)[one.log_class])
    told["heading"] = one.log_title or _("Decision %(number)s") % {"number": one.number}
    return told


@require_safe
def decision_log(request: HttpRequest) -> HttpResponse:
    """Every locked decision, newest first; of its content, what is open."""
    actor = actor_of(request)
    page = keyset_page(narrowed(request, actor=actor), request=request, order=ORDER)
    homes = Organisation.objects.visible_to(actor).active().filter(kind__in=DECIDING)
    context = {
        "page": page,
        "rows": [(one, words_of(one)) for one in page.items],
        "filters": filters(request, list(homes.order_by("name")[:MOST_ORGANISATIONS])),
        "query": kept(request),
        "followed": "&".join(filter(None, (kept(request), f"language={get_language()}"))),
    }
    return render(request, "councils/log.html", context)


def kept(request: HttpRequest) -> str:
    """What is chosen, to go on with it in a table or feed."""
    chosen = {name: request.GET.get(name, "") for name in ("organisation", "year", "access")}
    return urlencode({name: value for name, value in chosen.items() if value})


def filters(request: HttpRequest, homes: list[Organisation]) -> list[dict[str, Any]]:
    """The filters with what is chosen in each."""
    offered = (
        ("organisation", _("Organisation"), [(str(one.pk), one.name) for one in homes]),
        ("year", _("Year"), [(year, year) for year in years()]),
        ("access", _("Access"), list(LOG_CLASSES)),
    )
    return [
        {"name": name, "label": label, "choices": choices, "chosen": request.GET.get(name, "")}
        for name, label, choices in offered
    ]


@require_safe
def decision_log_entry(request: HttpRequest, decision_id: int) -> HttpResponse:
    """One decision as everybody may read it."""
    actor = actor_of(request)
    one = get_object_or_404(LoggedDecision.objects.visible_to(actor), pk=decision_id)
    readable = Decision.objects.visible_to(actor).filter(pk=one.pk)
    in_full = list(readable.values_list("body", flat=True))  # by which body, where it may be read
    context = {
        "one": one,
        "words": words_of(one),
        "reads_all": bool(in_full),
        "may_assess": bool(in_full)
        and can_assess_openness(actor, one.organisation_id, by_council=in_full != [None]),
    }
    return render(request, "councils/log_entry.html", context)


def columns() -> list[str]:
    """The headings of the table."""
    return [
        _("Number"), _("Decided"), _("Organisation"), _("Access"), _("Legal basis"), _("Title"),
        _("Outcome"), _("Form"), _("Course"), _("Amount"), _("Currency"),
        _("Reasons"), _("In force"), _("Address"),
    ]  # fmt: skip


def lines(rows: Any) -> Iterator[list[Any]]:
    """A heading, and a row for each decision, one at a time."""
    yield columns()
    for one in rows.order_by(*ORDER).iterator(chunk_size=500):
        told = words_of(one)
        yield [
            one.number, timezone.localtime(one.decided_at).isoformat(), one.organisation.name,
            told["access"], one.log_basis, one.log_title, told["outcome"], told["form"],
            told["course"], one.log_amount, one.log_currency or "", one.log_reasons,
            _("yes") if one.in_force else _("no"), address_of(one),
        ]  # fmt: skip


def address_of(one: Any) -> str:
    """The whole address of a decision in the log."""
    return absolute(reverse("decision_log_entry", args=[one.pk]))


@require_safe
def decision_log_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The log as a table, as long as it is."""
    rows = narrowed(request, actor=actor_of(request))
    return csv_stream(lines(rows), name="decisions.csv", delimiter=",")
