"""What people wrote, made safe to show."""

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
