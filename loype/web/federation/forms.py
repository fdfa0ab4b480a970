"""What councils fill in about what they run together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from loype.councils.joint_labels import CostKey
from loype.organisations.models import Organisation
from loype.web.shared.acting import PlainForm
from loype.web.shared.numbers import NumberField
from loype.web.shared.widgets import DayInput, LongText


class TermsForm(PlainForm):
    """Who leads, who pays what, and how one leaves."""

    lead = forms.ChoiceField(label=_("Who leads"), required=False)
    cost_key = forms.ChoiceField(
        label=_("How the cost is split"),
        choices=CostKey.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    amount = NumberField(label=_("The whole cost"), required=False)
    currency = forms.CharField(label=_("Currency"), max_length=3, initial="NOK", required=False)
    exit_terms = forms.CharField(
        label=_("How one leaves"),
        help_text=_("What whoever leaves still pays, hands over and may keep."),
        widget=LongText(rows=3),
        max_length=5_000,
        required=False,
    )
    exit_days = forms.IntegerField(
        label=_("Days between saying so and leaving"), min_value=0, required=False
    )

    def __init__(self, *args: Any, members: Sequence[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = list(members)
        lead = self.fields["lead"]
        assert isinstance(lead, forms.ChoiceField)
        lead.choices = [("", _("choose"))] + [(str(one.pk), one.name) for one in self.members]
        key = self.fields["cost_key"]
        key.examples = {  # type: ignore[attr-defined]
            "equal": _("Everybody pays the same."),
            "inhabitants": _("Who has more inhabitants pays more."),
            "users": _("Who has more users pays more. Write how many below."),
        }
        for one in self.members:
            self.fields[f"users_{one.pk}"] = forms.IntegerField(
                label=one.name, min_value=0, max_value=2_000_000_000, required=False
            )

    def user_fields(self) -> list[BoundField]:
        """How many users each has."""
        return [self[f"users_{one.pk}"] for one in self.members]

    def users(self) -> dict[int, int | None]:
        """The numbers of users by organisation."""
        return {one.pk: self.cleaned_data.get(f"users_{one.pk}") for one in self.members}


class AnswerTermsForm(PlainForm):
    """Why the terms will not do."""

    reason = forms.CharField(
        label=_("Why not"), widget=LongText(rows=2), max_length=5_000, required=False
    )


class LeaveForm(PlainForm):
    """From which day on, and why."""

    leaving_date = forms.DateField(label=_("From which day on"), widget=DayInput, required=False)
    reason = forms.CharField(
        label=_("Why"), widget=LongText(rows=2), max_length=5_000, required=False
    )
