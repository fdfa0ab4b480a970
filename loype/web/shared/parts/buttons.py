"""Buttons and links that look like buttons."""

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from loype.web.shared.parts.icons import icon as draw

KINDS = {
    "primary": 'data-variant="primary"',
    "secondary": 'data-variant="secondary"',
    "quiet": 'data-variant="tertiary"',
    "danger": 'data-variant="secondary" data-color="danger"',
}
READY = {kind: SafeString(attributes) for kind, attributes in KINDS.items()}


def button(
    label: str,
    *,
    kind: str = "primary",
    name: str = "",
    value: str = "",
    icon: str = "",
    describe: str = "",
    type: str = "submit",
) -> SafeString:
    """A button that sends its form; `describe` adds words only a screen reader says."""
    return format_html(
        '<button class="ds-button" type="{}" {}{}>{}{}{}</button>',
        type,
        READY[kind],
        named(name, value=value),
        draw(icon) if icon else "",
        label,
        aloud(describe),
    )


def link_button(
    url: str, label: str, *, kind: str = "primary", icon: str = "", describe: str = ""
) -> SafeString:
    """A link to another page that looks like a button.

    While we build and test, a link to nowhere is a failure: a name that another block of the
    template set is empty here.
    """
    if not url and settings.LOYPE_STRICT_RENDERING:
        raise ValueError(f"The link “{label}” leads nowhere.")
    return format_html(
        '<a class="ds-button" href="{}" {}>{}{}{}</a>',
        url,
        READY[kind],
        draw(icon) if icon else "",
        label,
        aloud(describe),
    )


def named(name: str, *, value: str) -> SafeString | str:
    """What the button adds to the form it sends."""
    return format_html(' name="{}" value="{}"', name, value) if name else ""


def aloud(words: str) -> SafeString | str:
    """Words for a screen reader only."""
    return format_html('<span class="ds-sr-only"> {}</span>', words) if words else ""
