"""Frames around content: cards, notices, the empty state, the story with its stations."""

from datetime import date, datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from loype.web.shared.parts.buttons import link_button
from loype.web.shared.parts.moments import days as days_in_words, when
from loype.web.shared.parts.trail_line import drawn


def card(content: str, *, tone: str = "default", id: str = "") -> SafeString:
    """A framed piece; `tone="tinted"` for one that should be seen first."""
    return format_html(
        '<div class="ds-card card" data-variant="{}"{}>{}</div>',
        tone,
        format_html(' id="{}"', id) if id else "",
        content,
    )


def notice(content: str, *, tone: str = "info", title: str = "") -> SafeString:
    """Something the reader should know here: info, success, warning or danger."""
    colour = "accent" if tone == "info" else tone
    return format_html(
        '<div class="ds-alert" data-color="{}">{}<div>{}</div></div>',
        colour,
        format_html("<h2>{}</h2>", title) if title else "",
        content,
    )


def empty_state(title: str, text: str = "", url: str = "", label: str = "") -> SafeString:
    """Nothing here yet: what would be here, one example, one button."""
    return format_html(
        '<div class="empty"><p class="empty__title">{}</p>{}{}</div>',
        title,
        format_html("<p>{}</p>", text) if text else "",
        link_button(url, label) if url else "",
    )


def timeline(content: str, *, label: str = "") -> SafeString:
    """The story as a vertical path of stations."""
    return format_html(
        '<ol class="story" aria-label="{}">{}</ol>', label or gettext("The story so far"), content
    )


def station(
    content: str,
    *,
    step: str,
    title: str,
    at: date | datetime | None = None,
    who: Any = "",
    look: str = "done",
    branch: str = "",
) -> SafeString:
    """One station of the story: when, who, what and why.

    `branch="out"` draws a fork that leaves the path, `branch="in"` one that joins it.
    """
    return format_html(
        '<li class="story__station" data-look="{}"{}>{}<div class="story__body">'
        '<p class="story__when">{}{}</p><h3 class="story__title">{}</h3>{}</div></li>',
        look,
        format_html(' data-branch="{}"', branch) if branch else "",
        drawn(step, look),
        when(at),
        format_html('<span class="story__who">{}</span>', who) if who else "",
        title,
        content,
    )


def gap(number: float | None) -> SafeString:
    """The days between two stations, written on the path."""
    return format_html('<li class="story__gap"><span>{}</span></li>', days_in_words(number))
