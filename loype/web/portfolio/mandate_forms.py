"""The forms of the pages about political mandates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loype.kernel.numbers import NotANumber, UnclearNumber, read_number
from loype.portfolio.mandates.labels import Bond, Confirming, Currency, ShiftKind
from loype.web.shared.acting import PlainForm
from loype.web.shared.widgets import DayInput, LongText

Choices = Iterable[tuple[Any, Any]]


def _line(label: Any, *, most: int = 160, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, help_text=hint)


def _day(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=DayInput, help_text=hint)


def _text(label: Any, *, rows: int = 3, required: bool = True, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, widget=LongText(rows=rows), max_length=10_000, required=required,
        help_text=hint,
    )  # fmt: skip


class MandateForm(PlainForm):
    """What a political body asked for."""

    title = _line(
        _("What it asks for"),
        most=200,
        hint=_("In a few words, such as “Safe at home, 2024–2027”."),
    )
    issuing_body = _line(_("Which political body decided it"))
    decision_reference = _line(_("Number of its decision"), hint=_("Such as “PS 12/26”."))
    decided_date = _day(_("Decided on"))
    from_date = _day(_("Valid from"), required=False, hint=_("Empty: from the day of decision."))
    to_date = _day(_("Valid to"), required=False)
    election_date = _day(
        _("Election after which it is asked anew"),
        required=False,
        hint=_("Only where it differs from the organisation's own elections."),
    )
    text = _text(_("In the body's own words"), required=False)


class ElectionForm(PlainForm):
    """A day on which everything is asked anew."""

    name = _line(_("Name"), hint=_("Such as “Municipal election 2027”."))
    election_date = _day(_("Day"))
    kind = forms.ChoiceField(label=_("What happens"), choices=ShiftKind.choices)


class CallOffForm(PlainForm):
    """Why an election does not take place that day."""

    reason = _text(_("Why"), rows=2)


class ShortenForm(PlainForm):
    """The political body takes a mandate back."""

    to_date = _day(_("Last day"))
    reason = _text(_("Why, and by which decision"), rows=2)


class SittingForm(PlainForm):
    """Which body sits when."""

    issuing_body = _line(_("Which body sits"))
    held_date = _day(_("Day"))


class AnswerForm(PlainForm):
    """What the sitting says of one activity."""

    answer = forms.ChoiceField(label=_("We"), choices=Confirming.choices, widget=forms.RadioSelect)
    mandate = forms.ChoiceField(label=_("The other mandate"), required=False)
    reasons = _text(_("because"), rows=2)

    def __init__(
        self, *args: Any, mandates: Choices, is_part: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        others = list(mandates)
        offer(self, "mandate", [("", _("choose a mandate")), *others])
        self.has_others = bool(others)
        ended = _("Leave it, by the agreed terms") if is_part else _("End it")
        choices = [("confirmed", _("Confirm it")), ("ended", ended)]
        if others:
            choices.insert(1, ("changed", _("Hang it on another mandate")))
        offer(self, "answer", choices)


class CloseForm(PlainForm):
    """By which decision the sitting ends."""

    decision_reference = _line(_("Number of the decision"))


class HangForm(PlainForm):
    """On which mandate an activity hangs."""

    mandate = forms.ChoiceField(label=_("Political mandate"))

    def __init__(self, *args: Any, mandates: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "mandate", [("", _("choose a mandate")), *mandates])


class CostForm(PlainForm):
    """What stopping would cost."""

    amount = forms.CharField(
        label=_("What would it cost to stop now?"),
        max_length=40,
        help_text=_("Write 0 for nothing."),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency.choices)
    words = _text(_("What would be lost"), required=False)

    def clean_amount(self) -> Any:
        """The amount as a number, written as people write it."""
        try:
            return read_number(self.cleaned_data["amount"])
        except UnclearNumber as problem:
            raise forms.ValidationError(
                _("Write thousands with a blank, as in 1 200.")
            ) from problem
        except NotANumber as problem:
            raise forms.ValidationError(_("Write a number.")) from problem


class BondForm(PlainForm):
    """Something that binds an activity."""

    kind = forms.ChoiceField(label=_("What kind"), choices=Bond.choices)
    words = _line(_("What binds"), most=200)
    bound_until = _day(_("Bound until"), required=False, hint=_("Empty: without an end."))


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Fill a list with what may be chosen."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
