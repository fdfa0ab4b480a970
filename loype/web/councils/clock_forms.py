"""Forms about time: what is promised, and who follows a case up by when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loype.trail.clocks.targets import MOST_CASES, MOST_DAYS
from loype.web.shared.widgets import DayInput, LongText

NOBODY = ("", _("nobody"))


def _days(label: Any, *, least: int = 1, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=hint, min_value=least, max_value=MOST_DAYS)


class TargetsForm(forms.Form):
    """Within how many working days the council does what it owes a giver."""

    valid_from = forms.DateField(label=_("From"), widget=DayInput())
    receipt_days = _days(_("Receipt within"), hint=_("Working days, here and below."))
    responsible_days = _days(_("Somebody responsible within"))
    decision_days = _days(_("First decision within"))
    feedback_days = _days(_("The giver hears of the decision within"))
    warn_days = _days(
        _("The responsible hears of it before the limit"),
        least=0,
        hint=_("So many days ahead. The day after the limit, the council's leader hears of it."),
    )
    decider_days = _days(_("The named decider hears of it after the limit"), least=0)
    cases_a_meeting = forms.IntegerField(
        label=_("Cases a meeting can take"),
        help_text=_("Left empty, the forecast counts with what the last meetings took."),
        min_value=1,
        max_value=MOST_CASES,
        required=False,
    )
    stand_in = forms.ChoiceField(
        label=_("Who is responsible when nobody was named in time"),
        help_text=_("A standing delegation: no idea stays without a responsible for longer."),
        required=False,
    )
    decision_reference = forms.CharField(
        label=_("Which decision sets this"), max_length=160, required=False
    )

    def __init__(self, *args: Any, people: Iterable[tuple[Any, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["stand_in"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [NOBODY, *people]


class FollowUpForm(forms.Form):
    """Who stands in for the responsible, and by which day the case is ready."""

    deputy = forms.ChoiceField(label=_("Deputy"), required=False)
    follow_up_by = forms.DateField(
        label=_("Ready to be decided by"), widget=DayInput(), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[Any, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["deputy"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [NOBODY, *people]


class DeclineForm(forms.Form):
    """Why somebody cannot take a case on."""

    reason = forms.CharField(
        label=_("Why you cannot take it on"), widget=LongText(rows=2), max_length=2_000,
        required=False,
    )  # fmt: skip
