"""Dates, days and waiting, as people say them; the exact moment on hover and in print."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, pgettext

NEAR = 6


def when(moment: date | datetime | None, *, style: str = "date") -> SafeString | str:
    """A moment in words.

    `style`: "date" (3 March, with the year when it is another), "day" (Tuesday 3 March),
    "ago" (in 5 days, yesterday; a date when it is further off) or "both" (3 March, in 5 days).
    """
    if moment is None:
        return ""
    whole = exact(moment)
    return format_html(
        '<time class="when" datetime="{}" title="{}" data-exact="{}">'
        '<span class="when__words">{}</span></time>',
        moment.isoformat(),
        whole,
        whole,
        in_words(day_of(moment), style, timezone.localdate(), get_language()),
    )


# Lists show the same days again and again, and writing a date costs more than a row.
@lru_cache(maxsize=4096)
def in_words(day: date, style: str, today: date, language: str | None) -> str:
    """A day in one of the styles, as seen from today."""
    return STYLES[style](day, today)


def day_of(moment: date | datetime) -> date:
    """The day of a moment where the reader is."""
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def exact(moment: date | datetime) -> str:
    """The whole of a moment: day, month, year, and time where there is one."""
    if not isinstance(moment, datetime):
        return full_date(moment, get_language())
    here = timezone.localtime(moment)
    return gettext("%(day)s at %(time)s") % {
        "day": full_date(here.date(), get_language()),
        "time": f"{here:%H:%M}",
    }


@lru_cache(maxsize=4096)
def full_date(day: date, language: str | None) -> str:
    """3 March 2026."""
    return date_format(day, pgettext("a date", "j F Y"))


def plain_date(day: date, today: date | None = None) -> str:
    """3 March, or 3 March 2025 when that is not this year."""
    if day.year != (today or timezone.localdate()).year:
        return full_date(day, get_language())
    return date_format(day, pgettext("a date without year", "j F"))


def weekday(day: date, today: date) -> str:
    """Tuesday 3 March."""
    return f"{date_format(day, 'l')} {plain_date(day, today)}"


def distance(day: date, today: date) -> str:
    """Today, tomorrow, in 5 days, 5 days ago; a plain date when it is further off."""
    days = (day - today).days
    return near_words(days) if abs(days) <= NEAR else plain_date(day, today)


def both(day: date, today: date) -> str:
    """3 March, in 5 days."""
    return f"{plain_date(day, today)}, {near_words((day - today).days)}"


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
