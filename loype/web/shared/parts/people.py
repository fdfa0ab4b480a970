"""People by name or by role, never more than the reader may know."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext


def person_or_role(
    person: Any = None, role: str = "", *, anonymous: bool = False, organisation: Any = ""
) -> SafeString:
    """Who did something: name and role; only the role where the person is not named."""
    name = "" if anonymous or not person else str(person)
    return format_html(
        '<span class="who">{}{}{}</span>',
        name or role or gettext("A colleague"),
        format_html('<span class="who__role">, {}</span>', role) if name and role else "",
        format_html('<span class="who__role">, {}</span>', organisation) if organisation else "",
    )


def initials(name: Any) -> SafeString:
    """Up to two first letters of a name in a round field, as decoration beside the name."""
    words = str(name).split()
    letters = [word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)]
    return format_html(
        '<span class="initials" aria-hidden="true">{}</span>', "".join(letters).upper()
    )
