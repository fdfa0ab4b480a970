"""The form that says what the public may know of a decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loype.councils.openness.labels import AccessClass
from loype.web.shared.acting import PlainForm
from loype.web.shared.widgets import DayInput, LongText


class AccessForm(PlainForm):
    """What the public may know, and if not all: why not."""

    access_class = forms.ChoiceField(
        label=_("What may everybody know?"), choices=AccessClass.choices, widget=forms.RadioSelect
    )
    public_title = forms.CharField(
        label=_("Title for the public"),
        max_length=200,
        required=False,
        help_text=_("So that nobody can be recognised by it."),
    )
    public_reasons = forms.CharField(
        label=_("Reasons for the public"),
        widget=LongText(rows=4),
        max_length=10_000,
        required=False,
        help_text=_("Empty: the reasons as they were decided. Needed where something is left out."),
    )
    legal_basis = forms.ChoiceField(label=_("Legal basis"), required=False)
    reasons = forms.CharField(
        label=_("Why this legal basis applies here"),
        widget=LongText(rows=2),
        max_length=10_000,
        required=False,
        help_text=_("Read in the council's room only."),
    )
    review_date = forms.DateField(label=_("Look at it again on"), widget=DayInput, required=False)

    def __init__(self, *args: Any, bases: Iterable[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["legal_basis"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("choose a legal basis")), *bases]
