"""The few signs the pages use, drawn by us, always beside words."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

DRAWINGS = {
    "bell": '<path d="M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7z"/><path d="M10 20h4"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 20c1-4 4-6 8-6s7 2 8 6"/>',
    "clock": '<circle cx="12" cy="12" r="8"/><path d="M12 8v4l3 2"/>',
    "file": '<path d="M6 3h8l4 4v14H6zM14 3v4h4"/>',
    "link": (
        '<path d="M10 14l4-4M8 12l-2 2a3.5 3.5 0 0 0 5 5l2-2"/>'
        '<path d="M16 12l2-2a3.5 3.5 0 0 0-5-5l-2 2"/>'
    ),
    "print": '<path d="M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "check": '<path d="M5 13l4 4L19 7"/>',
    "cross": '<path d="M6 6l12 12M18 6L6 18"/>',
    "left": '<path d="M15 5l-7 7 7 7"/>',
    "right": '<path d="M9 5l7 7-7 7"/>',
    "reply": '<path d="M9 7l-5 5 5 5M4 12h10c4 0 6 2 6 6"/>',
    "hand": (
        '<path d="M5 11v9h4v-9zM9 12l4-8c2 0 3 1 2.5 3L15 10h4c1 0 2 1 1.5 2.5l-2 6'
        'c-.3 1-1 1.5-2 1.5H9"/>'
    ),
    "search": '<circle cx="11" cy="11" r="6"/><path d="M16 16l4 4"/>',
    "fork": '<path d="M12 21v-7M12 14c0-4-6-3-6-9M12 14c0-4 6-3 6-9"/>',
}
READY = {
    name: mark_safe(  # noqa: S308  drawn above, nothing from outside
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f"{drawing}</svg>"
    )
    for name, drawing in DRAWINGS.items()
}


def icon(name: str) -> SafeString:
    """One sign, hidden from screen readers: the words beside it say it."""
    return READY[name]


def wordmark() -> SafeString:
    """The name Løype after its small winding path."""
    return WORDMARK


WORDMARK = format_html(
    '<svg class="wordmark__path" viewBox="0 0 28 16" aria-hidden="true" focusable="false">'
    '<path d="M2 13C8 13 7 4 13 4s5 7 10 7"/><circle cx="2.5" cy="13" r="2"/>'
    '<circle cx="25" cy="11" r="2.5"/></svg>{}',
    "Løype",
)
