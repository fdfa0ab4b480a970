"""Forms for assessing, ranking and proposing; what may be chosen is handed in by the views."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loype.councils.assessing.labels import Method, OrderRule, Preference, ShareBy
from loype.councils.models import Criterion, Profile, RoundCase
from loype.web.shared.acting import PlainForm
from loype.web.shared.numbers import NumberField
from loype.web.shared.widgets import DayInput, LongText

Choices = Iterable[tuple[Any, Any]]
NOTHING = ("", _("choose"))


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Say what may be chosen in a field."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def why(label: Any, *, rows: int = 2) -> forms.CharField:
    """A reason in words."""
    return forms.CharField(
        label=label, widget=LongText(rows=rows), max_length=5_000, required=False
    )


class RoundForm(PlainForm):
    """A new round of assessment."""

    name = forms.CharField(label=_("What the round is called"), max_length=160, required=False)
    profile = forms.ChoiceField(label=_("By which criteria"))
    method = forms.ChoiceField(
        label=_("How members assess"), choices=Method.choices, widget=forms.RadioSelect
    )
    order_rule = forms.ChoiceField(
        label=_("In which order each member gets the cases"),
        choices=OrderRule.choices,
        widget=forms.RadioSelect,
    )
    hand_in_by = forms.DateField(label=_("Hand in by"), widget=DayInput(), required=False)
    cases = forms.MultipleChoiceField(
        label=_("Which cases"),
        help_text=_("At least two. Everybody assesses the same ones; later they stay as they are."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, profiles: Choices, cases: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "profile", profiles)
        field = self.fields["cases"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(cases)


class DeclareForm(forms.Form):
    """Whether a member has an interest in any of the cases."""

    def __init__(self, *args: Any, round_cases: Sequence[RoundCase], **options: Any) -> None:
        super().__init__(*args, **options)
        self.round_cases = round_cases
        for one in round_cases:
            self.fields[f"has_{one.pk}"] = forms.BooleanField(
                label=one.case.idea.title, required=False
            )
            self.fields[f"interest_{one.pk}"] = forms.CharField(
                label=_("What your interest is"), max_length=1_000, required=False
            )

    @property
    def lines(self) -> list[tuple[RoundCase, forms.BoundField, forms.BoundField]]:
        """Each case with its two fields."""
        return [
            (one, self[f"has_{one.pk}"], self[f"interest_{one.pk}"]) for one in self.round_cases
        ]

    def clean(self) -> dict[str, Any]:
        """Words without a tick may be forgotten or left over: ask."""
        said = super().clean() or {}
        for one in self.round_cases:
            if said.get(f"interest_{one.pk}", "").strip() and not said.get(f"has_{one.pk}"):
                self.add_error(
                    f"interest_{one.pk}", _("Tick the case too, or take the words away.")
                )
        return said

    def interests(self) -> dict[int, str]:
        """The interests declared, by case."""
        return {
            one.pk: self.cleaned_data.get(f"interest_{one.pk}", "")
            for one in self.round_cases
            if self.cleaned_data.get(f"has_{one.pk}")
        }


class SheetForm(forms.Form):
    """Points for one case on each criterion."""

    remark = forms.CharField(
        label=_("Remark to the other members"), widget=LongText(rows=3), max_length=5_000,
        required=False,
    )  # fmt: skip

    def __init__(
        self, *args: Any, criteria: Sequence[Criterion], profile: Profile, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.criteria = criteria
        scale = range(profile.lowest, profile.highest + 1)
        for one in criteria:
            self.fields[f"criterion_{one.pk}"] = forms.ChoiceField(
                label=one.name,
                help_text=one.help,
                choices=[(str(value), str(value)) for value in scale],
                widget=forms.RadioSelect(attrs={"class": "scale"}),
                required=False,
            )
        self.order_fields([*(f"criterion_{one.pk}" for one in criteria), "remark"])

    @property
    def lines(self) -> list[tuple[Criterion, forms.BoundField]]:
        """Each criterion with its field."""
        return [(one, self[f"criterion_{one.pk}"]) for one in self.criteria]

    def points(self) -> dict[int, int]:
        """What was given; a criterion left open is left out."""
        said = ((one.pk, self.cleaned_data.get(f"criterion_{one.pk}")) for one in self.criteria)
        return {key: int(value) for key, value in said if value}


class WeightsForm(forms.Form):
    """How much each criterion should count, as a member sees it."""

    def __init__(
        self, *args: Any, criteria: Sequence[Criterion], points: dict[int, int], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.criteria = criteria
        for one in criteria:
            self.fields[f"weight_{one.pk}"] = forms.IntegerField(
                label=one.name, min_value=0, max_value=10, required=False,
                initial=points.get(one.pk, 5),
            )  # fmt: skip

    @property
    def lines(self) -> list[forms.BoundField]:
        """The fields in order."""
        return [self[f"weight_{one.pk}"] for one in self.criteria]

    def points(self) -> dict[int, int]:
        """What was said for each criterion; nothing counts as nothing."""
        said = ((one.pk, self.cleaned_data.get(f"weight_{one.pk}")) for one in self.criteria)
        return {key: value or 0 for key, value in said}


class CompareForm(PlainForm):
    """Which of two cases a member would rather have."""

    first = forms.IntegerField(widget=forms.HiddenInput)
    second = forms.IntegerField(widget=forms.HiddenInput)
    preferred = forms.ChoiceField(label=_("Rather"), choices=Preference.choices, required=False)


class MustDoForm(forms.Form):
    """Which law or decision demands a case."""

    round_case = forms.ChoiceField(label=_("Case"))
    reason = why(_("Which law or decision demands it"))

    def __init__(self, *args: Any, cases: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "round_case", cases)


class RankingForm(forms.Form):
    """Which rounds make one list, and how many will be selected."""

    rounds = forms.MultipleChoiceField(
        label=_("Which rounds make one list"),
        help_text=_("A case that was assessed in several counts as the newest assessed it."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    places = forms.IntegerField(
        label=_("How many you mean to select"),
        help_text=_("The list then says how sure it is that a case stays among them."),
        min_value=1,
        max_value=500,
    )

    def __init__(self, *args: Any, rounds: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["rounds"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(rounds)


class MoveForm(forms.Form):
    """A move by hand."""

    ranked = forms.ChoiceField(label=_("Which case"))
    to_place = forms.IntegerField(label=_("To place"), min_value=1)
    reason = why(_("Why"))

    def __init__(self, *args: Any, ranked: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "ranked", ranked)


class MeansForm(forms.Form):
    """How much money and work there is."""

    budget = NumberField(label=_("Budget"))
    weeks = NumberField(
        label=_("Weeks of work there are"),
        help_text=_("Leave it open if only the money is scarce."),
        required=False,
    )


class SharedMeansForm(PlainForm):
    """How much money there is in common, and who speaks for how much."""

    budget = NumberField(label=_("Common budget"))
    share_by = forms.ChoiceField(
        label=_("What each member speaks for"), choices=ShareBy.choices, widget=forms.RadioSelect
    )


class AimForm(forms.Form):
    """An aim that a case serves."""

    item = forms.ChoiceField(label=_("Which aim"), required=False)
    fit = forms.ChoiceField(
        label=_("How well, 5 is best"),
        choices=[(str(value), str(value)) for value in range(1, 6)],
        initial="3",
    )
    reason = why(_("Why"))

    def __init__(self, *args: Any, items: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "item", [NOTHING, *items])


class EstimateForm(forms.Form):
    """What a case costs, takes and may give."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    cost = NumberField(label=_("What it costs"))
    weeks = NumberField(label=_("Weeks of work it takes"))
    yearly_value = NumberField(
        label=_("What it may give a year"),
        help_text=_("In money, if it can be said so."),
        required=False,
    )


class NeedForm(forms.Form):
    """Another case that a case needs."""

    needed = forms.ChoiceField(label=_("It needs"), required=False)
    reason = why(_("Why"))

    def __init__(self, *args: Any, cases: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "needed", [NOTHING, *cases])


class ProfileForm(forms.Form):
    """Criteria of one's own, one a line."""

    name = forms.CharField(label=_("What the profile is called"), max_length=160, required=False)
    criteria = forms.CharField(
        label=_("The criteria, one on each line"),
        help_text=_("A number after a colon is its weight, as in “Benefit for users: 3”."),
        widget=LongText(rows=6),
        max_length=5_000,
        required=False,
    )
    members_weigh = forms.BooleanField(
        label=_("Members also say how much each criterion should count"), required=False
    )
