"""Drawing plain controls without templates: a page with a few lists to choose from needs half.

Django renders each control, each option and each attribute by a template of its own. These draw
the same tags; whatever is not named here still goes to Django's templates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString

Widget = Mapping[str, Any]


class Drawing(DjangoTemplates):
    """Django's renderer, with the plain controls drawn here."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        """One control."""
        draw = DRAWN.get(template_name)
        if draw is None:
            return SafeString(super().render(template_name, context, request))
        return SafeString(draw(context["widget"]))


def draw_input(widget: Widget) -> str:
    """A line to write in, or a hidden value."""
    value = widget["value"]
    written = "" if value is None else f' value="{escape(str(value))}"'
    attributes = draw_attributes(widget["attrs"])
    return f'<input type="{widget["type"]}" name="{escape(widget["name"])}"{written}{attributes}>'


def draw_textarea(widget: Widget) -> str:
    """A box for more than a line."""
    value = escape(str(widget["value"])) if widget["value"] else ""
    attributes = draw_attributes(widget["attrs"])
    return f'<textarea name="{escape(widget["name"])}"{attributes}>\n{value}</textarea>'


def draw_select(widget: Widget) -> str:
    """A list to choose from."""
    pieces = [f'<select name="{escape(widget["name"])}"{draw_attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            pieces.append(f'<optgroup label="{escape(str(group))}">')
        pieces += [draw_option(option) for option in options]
        if group:
            pieces.append("</optgroup>")
    pieces.append("</select>")
    return "\n".join(pieces)


def draw_option(option: Widget) -> str:
    """One line of a list."""
    attributes = draw_attributes(option["attrs"])
    label = conditional_escape(option["label"])
    return f'<option value="{escape(str(option["value"]))}"{attributes}>{label}</option>'


def draw_attributes(attributes: Mapping[str, Any]) -> str:
    """Attributes as they stand in a tag; True gives the bare name, False nothing."""
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not False
    )


PLACE = "django/forms/widgets"
INPUTS = ("text", "hidden", "number", "email", "url", "password", "date", "datetime", "time")
DRAWN: dict[str, Callable[[Widget], str]] = {
    **{f"{PLACE}/{name}.html": draw_input for name in INPUTS},
    f"{PLACE}/textarea.html": draw_textarea,
    f"{PLACE}/select.html": draw_select,
}
