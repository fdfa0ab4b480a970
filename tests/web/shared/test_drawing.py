"""The controls drawn here are the same tags that Django's own templates write."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from loype.web.shared.drawing import DRAWN, Drawing
from loype.web.shared.widgets import DayInput, LongText, MomentInput

NASTY = """<script>alert("x")</script> & 'so' \u00ab\u00e6\u00bb"""
CHOICES = [
    ("", "all"), (None, "none"), (1, gettext_lazy("Danish")), ("b", NASTY),
    ("safe", SafeString("<b>bold</b>")), ("group", [("c", "see"), (NASTY, "in a group")]),
]  # fmt: skip
WIDGETS: list[tuple[forms.Widget, Any]] = [
    (forms.TextInput({"placeholder": NASTY, "required": True, "hidden": False}), NASTY),
    (forms.TextInput(), None),
    (forms.TextInput(), ""),
    (forms.NumberInput({"min": 0}), 12),
    (forms.NumberInput(), 1234567.5),
    (forms.EmailInput(), "ada@example.test"),
    (forms.URLInput(), "https://example.test/?a=1&b=2"),
    (forms.PasswordInput(), "secret"),
    (forms.HiddenInput(), NASTY),
    (DayInput(), "2026-03-02"),
    (MomentInput(), None),
    (forms.Textarea(), NASTY),
    (forms.Textarea(), None),
    (LongText(rows=3), "\nfirst line empty"),
    (forms.Select(choices=CHOICES), "b"),
    (forms.Select(choices=CHOICES), 1),
    (forms.Select(choices=CHOICES), None),
    (forms.SelectMultiple(choices=CHOICES), ["c", "1"]),
    (forms.CheckboxInput(), True),
    (forms.RadioSelect(choices=CHOICES[:3]), 1),
]


def tags(html: str) -> str:
    """The same text without blanks that a browser does not show either."""
    return re.sub(r">\s+<", "><", html)


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_it_draws_what_django_draws(widget: forms.Widget, value: Any) -> None:
    attrs = {"id": "id_x", "class": NASTY, "aria-describedby": "x_hint"}

    ours = widget.render("x", value, attrs, renderer=Drawing())

    assert tags(ours) == tags(widget.render("x", value, attrs, renderer=DjangoTemplates()))


def test_the_house_draws_with_it() -> None:
    assert isinstance(get_default_renderer(), Drawing)


@pytest.mark.parametrize("template", sorted(DRAWN))
def test_django_still_calls_these_templates_so(template: str) -> None:
    DjangoTemplates().get_template(template)
