"""The coordinator's two pictures: meetings with the federation's seat, and how long cases wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext, pgettext

from loype.trail.federation.overview import CouncilRow, MeetingHeld, Overview
from loype.web.shared import charts

YEAR = timedelta(days=365)
AHEAD = timedelta(days=45)


def meetings_picture(overview: Overview) -> SafeString:
    """Each council's meetings of a year as dots: full where the federation's seat came."""
    rows = [one for one in overview.councils if one.council]
    first, last = overview.today - YEAR, _last_day(rows, today=overview.today)
    lines = [
        charts.Line(
            label=row.organisation,
            figure=attendance_words(row),
            shapes=_dots(row.meetings, first=first, last=last, today=overview.today),
            cells=(
                str(len(row.held)),
                str(row.came),
                str(row.missed),
                _day(row.next_meeting) if row.next_meeting else _("none planned"),
            ),
        )
        for row in rows
    ]
    heads = (
        _("held in twelve months"),
        _("the federation came"),
        _("it did not"),
        _("next meeting"),
    )
    note = _(
        "Full: the federation's seat came. Empty: it did not. Crossed: called off. Small: not "
        "known, or still ahead. The line is today."
    )
    return charts.framed(lines, kind="plan", title=meetings_title(rows), heads=heads, note=note)


def _last_day(rows: Sequence[CouncilRow], *, today: date) -> date:
    ahead = [one.day for row in rows for one in row.meetings]
    return min(max([*ahead, today + AHEAD]), today + 3 * AHEAD)


def meetings_title(rows: Sequence[CouncilRow]) -> str:
    """What the dots say together."""
    held, came = sum(len(row.held) for row in rows), sum(row.came for row in rows)
    if not held:
        return _("No council has met yet")
    if came == held:
        return ngettext(
            "The federation's seat came to the only meeting",
            "The federation's seat came to all %(held)s meetings",
            held,
        ) % {"held": held}
    return _("The federation's seat came to %(came)s of %(held)s meetings") % {
        "came": came,
        "held": held,
    }


def attendance_words(row: CouncilRow) -> str:
    """One council's dots in words."""
    words = _("came to %(came)s of %(held)s") % {"came": row.came, "held": len(row.held)}
    if row.next_meeting is None:
        return words + "; " + _("none planned")
    return words + "; " + _("next %(day)s") % {"day": _day(row.next_meeting)}


def _day(day: date) -> str:
    return date_format(day, pgettext("a day without the year", "j F"))


def _dots(meetings: Sequence[MeetingHeld], *, first: date, last: date, today: date) -> SafeString:
    whole = max(1, (last - first).days)

    def at(day: date) -> float:
        return charts.share((day - first).days, of=whole)

    return format_html(
        '<line class="chart__rail" x1="0" x2="100%" y1="10" y2="10"/>{}'
        '<line class="chart__today" x1="{today}%" x2="{today}%" y1="-6" y2="26"/>',
        format_html_join(
            "",
            '<svg x="{}%" y="10" overflow="visible">{}</svg>',
            ((at(one.day), _dot(one)) for one in meetings if first <= one.day <= last),
        ),
        today=at(today),
    )


def _dot(meeting: MeetingHeld) -> SafeString:
    if meeting.state == "cancelled":
        return SafeString('<path class="chart__dot" data-tone="off" d="M-5-5 5 5M5-5-5 5"/>')
    if meeting.is_held and meeting.came is not None:
        tone = "came" if meeting.came else "missed"
        return format_html('<circle class="chart__dot" data-tone="{}" r="7"/>', tone)
    return SafeString('<circle class="chart__dot" data-tone="ahead" r="4"/>')


def ages_picture(overview: Overview) -> SafeString:
    """How long each council's oldest case has waited, with a mark at what it promised."""
    rows = [one for one in overview.councils if one.oldest_waited is not None]
    most = charts.largest(max(one.oldest_waited or 0, one.limit) for one in rows)
    lines = [
        charts.Line(
            label=row.organisation,
            figure=age_words(row),
            shapes=_age(row, most=most),
            cells=(str(row.oldest_waited), str(row.limit), str(row.undecided)),
        )
        for row in sorted(rows, key=lambda one: -(one.oldest_waited or 0))
    ]
    heads = (
        _("working days the oldest case has waited"),
        _("working days promised"),
        _("cases that wait"),
    )
    note = _("The mark is what the council promised, in working days.")
    return charts.framed(lines, kind="bars", title=ages_title(rows), heads=heads, note=note)


def ages_title(rows: Sequence[CouncilRow]) -> str:
    """What the bars say together."""
    late = sum(row.is_late for row in rows)
    if not rows:
        return _("No case waits")
    if not late:
        return _("No council is late with its oldest case")
    return ngettext(
        "%(late)s of %(all)s is late with its oldest case",
        "%(late)s of %(all)s are late with their oldest case",
        late,
    ) % {"late": late, "all": len(rows)}


def age_words(row: CouncilRow) -> str:
    """One council's bar in words."""
    told = {"waited": row.oldest_waited, "limit": row.limit}
    if row.is_late:
        return _("%(waited)s of %(limit)s days, late") % told
    return _("%(waited)s of %(limit)s days") % told


def _age(row: CouncilRow, *, most: float) -> SafeString:
    return format_html(
        '<rect class="chart__bar" data-late="{}" width="{}%" height="20" rx="3"/>'
        '<line class="chart__limit" x1="{limit}%" x2="{limit}%" y1="-3" y2="23"/>',
        "yes" if row.is_late else "no",
        charts.share(row.oldest_waited or 0, of=most),
        limit=charts.share(row.limit, of=most),
    )
