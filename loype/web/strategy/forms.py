"""Forms of the strategy pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loype.organisations.labels import Visibility
from loype.strategy.actions import ItemWords, PlanWords
from loype.strategy.labels import Involved, PlanKind
from loype.strategy.models import MOST_POINTS, PlanItem
from loype.web.shared.acting import PlainForm
from loype.web.shared.widgets import DayInput, LongText


class PlanForm(PlainForm):
    """A plan in the register."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("What sort of plan"), choices=PlanKind.choices)
    from_date = forms.DateField(label=_("In force from"), widget=DayInput())
    to_date = forms.DateField(label=_("Until"), widget=DayInput(), required=False)
    decision_reference = forms.CharField(
        label=_("Which decision adopted it"), max_length=160, required=False
    )
    visibility = forms.ChoiceField(label=_("Who may read it"), choices=Visibility.choices)

    def words(self) -> PlanWords:
        """The plan as the verb takes it."""
        names = ("title", "kind", "from_date", "to_date", "decision_reference", "visibility")
        return PlanWords(**{name: self.cleaned_data[name] for name in names})


ITEM_FIELDS = ("number", "title", "text", "involvement", "involvement_words")


class ItemForm(forms.Form):
    """An aim of a plan."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    number = forms.CharField(label=_("Number in the plan"), max_length=20, required=False)
    title = forms.CharField(label=_("What the plan aims at"), max_length=200, required=False)
    text = forms.CharField(
        label=_("What it means"), widget=LongText(rows=3), max_length=5_000, required=False
    )
    involvement = forms.ChoiceField(
        label=_("The employees' organisations"),
        choices=[("", _("not said yet")), *Involved.choices],
        help_text=_("Said of each aim before it is adopted."),
        required=False,
    )
    involvement_words = forms.CharField(
        label=_("How they are involved, or why not"), widget=LongText(rows=2), max_length=2_000,
        required=False,
    )  # fmt: skip

    def words(self) -> ItemWords:
        """The aim as the verb takes it."""
        return ItemWords(**{name: self.cleaned_data[name] for name in ITEM_FIELDS})


class RetireForm(forms.Form):
    """Why an aim is given up."""

    reason = forms.CharField(
        label=_("Why it is given up"), widget=LongText(rows=2), max_length=2_000, required=False
    )


class PeriodForm(forms.Form):
    """A period in which the aims have their weights."""

    name = forms.CharField(
        label=_("Name"), help_text=_("For example 2026–2029."), max_length=120, required=False
    )
    from_date = forms.DateField(label=_("From"), widget=DayInput())
    to_date = forms.DateField(
        label=_("Until"),
        help_text=_("Leave it open if it holds until a new period begins."),
        widget=DayInput(),
        required=False,
    )


class WeighForm(forms.Form):
    """Points for each aim; one field an aim."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, items: Iterable[PlanItem], points: dict[int, int], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.items = list(items)
        for item in self.items:
            self.fields[f"item_{item.pk}"] = forms.IntegerField(
                label=str(item),
                min_value=0,
                max_value=MOST_POINTS,
                required=False,
                initial=points.get(item.pk, 0),
            )

    def points(self) -> dict[int, int]:
        """The points said, by aim."""
        said = ((item.pk, self.cleaned_data.get(f"item_{item.pk}")) for item in self.items)
        return {key: value or 0 for key, value in said}

    @property
    def lines(self) -> list[forms.BoundField]:
        """The fields in order."""
        return [self[f"item_{item.pk}"] for item in self.items]


class AdoptForm(forms.Form):
    """Which decision lets the weights hold."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    decision_reference = forms.CharField(
        label=_("Which decision adopts them"),
        help_text=_("For example the municipal council's case number."),
        max_length=160,
        required=False,
    )
