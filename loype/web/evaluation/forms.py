"""What people fill in to plan, measure and conclude an evaluation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loype.evaluation.labels import Better, Depth, Value, Verdict
from loype.web.shared.acting import PlainForm
from loype.web.shared.numbers import NumberField
from loype.web.shared.widgets import DayInput, LongText

VALUES_EXPLAINED = {
    "quality": _("It becomes better for those it is for."),
    "efficiency": _("The same with less time or money, or more with the same."),
    "citizen_involvement": _("Those it concerns take part in making it."),
    "employee_satisfaction": _("Those who work with it have a better day."),
    "political_goals": _("It brings us closer to something that was decided."),
}
DEPTHS_EXPLAINED = {
    "light": _("Enough for something small: one unit, less than a hundred hours."),
    "medium": _("For something that touches several units: for example figures and interviews."),
    "full": _("For something large or costly, or that many others will build on."),
}


class PlanForm(PlainForm):
    """What is asked, how thoroughly, and which values count."""

    question = forms.CharField(
        label=_("What do you want to find out?"),
        help_text=_("For whom is it worth something, what, under which circumstances?"),
        widget=LongText(rows=3),
    )
    values = forms.MultipleChoiceField(
        label=_("Which kinds of value do you look for?"),
        choices=Value.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    depth = forms.ChoiceField(
        label=_("How thoroughly?"),
        help_text=_("No more than the size of the thing deserves."),
        choices=Depth.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["values"].examples = VALUES_EXPLAINED  # type: ignore[attr-defined]
        self.fields["depth"].examples = DEPTHS_EXPLAINED  # type: ignore[attr-defined]


class IndicatorForm(PlainForm):
    """What is measured: from where, to where, and which way is better."""

    value = forms.ChoiceField(label=_("Kind of value"), choices=Value.choices)
    name = forms.CharField(
        label=_("What is measured"),
        help_text=_("For example: driving to fetch keys."),
        max_length=160,
    )
    unit = forms.CharField(
        label=_("Unit"), help_text=_("For example: minutes a shift."), max_length=40
    )
    better = forms.ChoiceField(
        label=_("Which way is better?"), choices=Better.choices, widget=forms.RadioSelect
    )
    baseline = NumberField(label=_("Before"), help_text=_("Where it stands without the change."))
    target = NumberField(label=_("Target"), help_text=_("Where it should be."))


class MeasureForm(PlainForm):
    """What an indicator showed on a day."""

    measured_date = forms.DateField(label=_("Day"), widget=DayInput)
    value = NumberField(label=_("Measured"))
    note = forms.CharField(label=_("Note"), required=False, max_length=300)


class ConcludeForm(PlainForm):
    """The verdict, with what nobody expected."""

    verdict = forms.ChoiceField(
        label=_("The verdict"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    conclusion = forms.CharField(
        label=_("What do you conclude?"),
        help_text=_("What it was worth, for whom, and what it took."),
        widget=LongText(rows=5),
    )
    unexpected_findings = forms.CharField(
        label=_("What did you not expect?"),
        help_text=_("If nothing: write that nothing was found, and who looked."),
        widget=LongText(rows=3),
    )
