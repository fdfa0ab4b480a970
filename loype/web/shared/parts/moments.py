"""Dates, days and waiting, as people say them; the exact moment on hover and in print."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

NEAR = 6


def when(moment: date | datetime | None, *, style: str = "date") -> SafeString | str:
    """A moment in words.

    `style`: "date" (3 March, with the year when it is another), "day" (Tuesday 3 March),
    "ago" (in 5 days, yesterday; a date when it is further off) or "both" (3 March, in 5 days).
    """
    if moment is None:
        return ""
    return format_html(
        '<time class="when" datetime="{}" title="{}" data-exact="{}">{}</time>',
        moment.isoformat(),
        exact(moment),
        exact(moment),
        STYLES[style](day_of(moment)),
    )


def day_of(moment: date | datetime) -> date:
    """The day of a moment where the reader is."""
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def exact(moment: date | datetime) -> str:
    """The whole of a moment: day, month, year, and time where there is one."""
    day = date_format(day_of(moment), pgettext("a date", "j F Y"))
    if not isinstance(moment, datetime):
        return day
    time = timezone.localtime(moment).strftime("%H:%M")
    return gettext("%(day)s at %(time)s") % {"day": day, "time": time}


def plain_date(day: date) -> str:
    """3 March, or 3 March 2025 when that is not this year."""
    this_year = day.year == timezone.localdate().year
    pattern = pgettext("a date without year", "j F") if this_year else pgettext("a date", "j F Y")
    return date_format(day, pattern)


def weekday(day: date) -> str:
    """Tuesday 3 March."""
    return f"{date_format(day, 'l')} {plain_date(day)}"


def distance(day: date) -> str:
    """Today, tomorrow, in 5 days, 5 days ago; a plain date when it is further off."""
    days = (day - timezone.localdate()).days
    return near_words(days) if abs(days) <= NEAR else plain_date(day)


def both(day: date) -> str:
    """3 March, in 5 days."""
    days = (day - timezone.localdate()).days
    return f"{plain_date(day)}, {near_words(days)}"


def near_words(days: int) -> str:
    """How far a day is from today, in words."""
    known = {0: gettext("today"), 1: gettext("tomorrow"), -1: gettext("yesterday")}
    if days in known:
        return known[days]
    if days > 0:
        return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": -days}


STYLES = {"date": plain_date, "day": weekday, "ago": distance, "both": both}


def days(number: float | None) -> str:
    """A length of time: 3 days, 1 day, less than a day."""
    if number is None:
        return ""
    if number < 1:
        return gettext("less than a day")
    whole = round(number)
    return ngettext("%(days)s day", "%(days)s days", whole) % {"days": whole}


def waiting(number: float, *, limit: float) -> SafeString:
    """A bar of how long something has waited against how long it may, with the words."""
    late = number > limit
    over = round(number - limit)
    words = (
        ngettext(
            "%(over)s day over the limit of %(limit)s",
            "%(over)s days over the limit of %(limit)s",
            max(over, 1),
        )
        if late
        else gettext("waited %(days)s, the limit is %(limit)s")
    ) % {"over": max(over, 1), "days": days(number), "limit": days(limit)}
    return format_html(
        '<span class="waiting" data-late="{}">'
        '<svg class="waiting__bar" viewBox="0 0 100 8" preserveAspectRatio="none"'
        ' aria-hidden="true" focusable="false"><rect class="waiting__room" width="100" height="8"/>'
        '<rect class="waiting__used" width="{}" height="8"/></svg>{}</span>',
        "yes" if late else "no",
        round(min(100.0, 100 * number / limit if limit else 100.0), 1),
        words,
    )
