"""A form field for numbers as people type them, and numbers written in the reader's language."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from loype.kernel.numbers import NotANumber, UnclearNumber, read_number, written_number


class NumberField(forms.CharField):
    """A number with comma or point."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        """The typed text as a Decimal; None when nothing was typed."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_number(text)
        except UnclearNumber as problem:
            raise ValidationError(
                _("Write it without a mark between the thousands, or with other decimals.")
            ) from problem
        except NotANumber as problem:
            raise ValidationError(_("Write a number, for example 3,5.")) from problem

    def prepare_value(self, value: Any) -> Any:
        """The number as one would type it again."""
        return plain(value) if isinstance(value, Decimal) else value


def plain(number: Decimal) -> str:
    """A number as short as it can be said, in the reader's language."""
    short = Decimal(written_number(number))
    exponent = short.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return number_format(short, decimal_pos=places)
