"""What people wrote, made safe to show."""

from collections.abc import Mapping
from typing import Any

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

READER = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).disable(
    ["image"]
)
TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "strong", "ul",
}  # fmt: skip
# Headings in content start below the page's own, so that the outline stays right.
LOWER = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6"}

NEVER_SHOWN = ("password", "secret", "token")
LONG_WORD = 40


def typed_words(context: Mapping[str, Any]) -> list[str]:
    """What somebody wrote into a form that could not be sent, so that they can copy it."""
    request = context["request"]
    if request.method != "POST":
        return []
    texts = (
        text.strip()
        for name, values in request.POST.lists()
        if not any(word in name.lower() for word in NEVER_SHOWN)
        for text in values
    )
    return [text for text in texts if len(text.split()) > 1 or len(text) > LONG_WORD]


def markdown(text: str | None) -> SafeString:
    """Text with simple marks (lists, bold, links) as safe markup; HTML in it is shown as text."""
    tokens = READER.parse(text or "")
    for token in tokens:
        token.tag = LOWER.get(token.tag, token.tag)
    raw = READER.renderer.render(tokens, READER.options, {})
    clean = nh3.clean(
        raw,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )
    return SafeString(f'<div class="prose">{clean}</div>')
