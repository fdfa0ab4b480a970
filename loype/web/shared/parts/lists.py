"""Ways through a long list: filters, older and newer, and the crumbs back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from loype.web.shared.parts.icons import icon

PLACES = ("after", "before")


def address_with(request: HttpRequest, **changes: str) -> str:
    """This page's address with some choices changed and the place in the list forgotten."""
    query: QueryDict = request.GET.copy()
    for place in PLACES:
        query.pop(place, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}" if query else request.path


def keyset_pager(context: Mapping[str, Any], page: Any) -> SafeString | str:
    """Links to older and newer rows that keep the filters; nothing when all fits one page."""
    request = context["request"]
    newer, older = page.newer, page.older
    if not newer and not older:
        return ""
    return format_html(
        '<nav class="pager" aria-label="{}">{}{}</nav>',
        gettext("Pages of the list"),
        turn(address_with(request, before=newer), gettext("Newer"), sign="left") if newer else "",
        turn(address_with(request, after=older), gettext("Older"), sign="right") if older else "",
    )


def turn(url: str, label: str, *, sign: str) -> SafeString:
    """One link of the pager."""
    return format_html(
        '<a class="ds-button pager__{}" data-variant="secondary" href="{}">{}{}</a>',
        sign,
        url,
        icon(sign),
        label,
    )


def filter_tabs(
    context: Mapping[str, Any],
    name: str,
    tabs: Iterable[tuple[str, str] | tuple[str, str, int | None]],
    *,
    label: str = "",
    chosen: str | None = None,
) -> SafeString:
    """Links that set one filter: (value, label) or (value, label, count); keeps the others."""
    request = context["request"]
    now = request.GET.get(name, "") if chosen is None else chosen
    links = [one_tab(request, name, now, *tab) for tab in tabs]
    return format_html(
        '<nav class="filters" aria-label="{}"><ul>{}</ul></nav>',
        label or gettext("Choose what to see"),
        SafeString("".join(links)),
    )


def one_tab(
    request: HttpRequest, name: str, now: str, value: str, label: str, count: int | None = None
) -> SafeString:
    """One filter link, the chosen one marked."""
    return format_html(
        '<li><a class="filters__tab" href="{}"{}>{}{}</a></li>',
        address_with(request, **{name: value}),
        CURRENT if value == now else "",
        label,
        "" if count is None else format_html(' <span class="filters__count">{}</span>', count),
    )


CURRENT = SafeString(' aria-current="true"')


def breadcrumbs(*pairs: str) -> SafeString:
    """The way back: label, address, label, address …"""
    steps = zip(pairs[::2], pairs[1::2], strict=True)
    return format_html(
        '<nav class="crumbs" aria-label="{}"><ol>{}</ol></nav>',
        gettext("You are here"),
        format_html_join("", '<li><a class="ds-link" href="{1}">{0}</a></li>', steps),
    )
