"""A plain page about the API: no script, no foreign server."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from loype.api.house import METHODS, api

# The styles of the pages, so that it looks like one house; the page works without them too.
STYLES = (
    "vendor/designsystemet/designsystemet.css",
    "vendor/designsystemet/theme.css",
    "loype/page.css",
    "loype/parts.css",
)
PAGE = """<!doctype html>
<html lang="{language}" data-color-scheme="auto" data-size="md">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
{styles}
</head>
<body>
<main class="wrap page">
<div class="page__main">
<h1 class="ds-heading" data-size="lg">{title}</h1>
<p>{intro}</p>
<p><a class="ds-link" href="/api/v1/openapi.json">{link}</a></p>
<p>{tokens} <a class="ds-link" href="{token_page}">{token_link}</a></p>
{rooms}
</div>
</main>
</body>
</html>
"""
ROOM = """<h2 class="ds-heading" data-size="sm">{}</h2>
<ul class="ds-list">{}</ul>
"""
LINE = "<li><strong>{says}</strong><br><code>{method} {address}</code></li>"


@require_safe
def manual(request: HttpRequest) -> HttpResponse:
    """Every operation with its address, from the same description that programs read."""
    page = format_html(
        PAGE,
        language=get_language() or "en",
        title=_("Løype for programs"),
        intro=_(
            "Whatever people do on the pages, programs do here: with the same rules and the same "
            "answers. Errors are problem documents (RFC 9457)."
        ),
        link=_("The whole description as OpenAPI 3.1"),
        token_page=reverse("token_list"),
        tokens=_("A program signs in with a token. You make one here:"),
        token_link=_("Tokens for programs"),
        rooms=_rooms(),
        styles=format_html_join(
            "", '<link rel="stylesheet" href="{}">', ((static(style),) for style in STYLES)
        ),
    )
    return HttpResponse(page)


def _rooms() -> SafeString:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for address, methods in api.description_document["paths"].items():
        for method in METHODS:
            if operation := methods.get(method):
                line = {"method": method.upper(), "address": address, "says": operation["summary"]}
                found[operation["tags"][0]].append(line)
    return format_html_join(
        "", ROOM, ((room, format_html_join("", LINE, lines)) for room, lines in found.items())
    )
