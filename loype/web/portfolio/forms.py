"""What people fill in about activities, and the filters of the portfolio."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loype.councils.labels import Form
from loype.kernel.clock import now
from loype.organisations.labels import Visibility
from loype.portfolio.labels import STATES, Light, Phase
from loype.portfolio.states import PHASES
from loype.web.shared.acting import PlainForm
from loype.web.shared.parts.states import sentence
from loype.web.shared.widgets import DayInput, LongText

ANY = ("", _("All"))
VIEWS = (("board", _("Board")), ("timeline", _("Timeline")), ("list", _("List")))
SCOPES = (
    ("mine", _("My organisation")),
    ("joined", _("Where we take part")),
    ("all", _("All I may see")),
)


LEVELS = (
    ("", _("Any")),
    ("two", _("Across at least two levels")),
    ("all", _("Municipality, region and state together")),
)


class FilterForm(PlainForm):
    """Which activities to show; anything unknown in the address is left out."""

    view = forms.ChoiceField(choices=VIEWS, required=False, widget=forms.HiddenInput)
    scope = forms.ChoiceField(choices=SCOPES, required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=_("Words in the title"), required=False, max_length=100)
    form = forms.ChoiceField(label=_("Form"), choices=[ANY, *Form.choices], required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("Under way")), *STATES, ("all", _("All"))],
        required=False,
    )
    light = forms.ChoiceField(label=_("How it goes"), choices=[ANY, *Light.choices], required=False)
    owner = forms.ChoiceField(
        label=_("Owner"), choices=[("", _("Anybody")), ("me", _("Me"))], required=False
    )
    levels = forms.ChoiceField(label=_("Levels"), choices=LEVELS, required=False)


class ReasonForm(PlainForm):
    """Why: shown to everybody who may read the activity."""

    reason = forms.CharField(label=_("Why"), widget=LongText(rows=3))


class ResultForm(PlainForm):
    """What came of it."""

    result = forms.CharField(
        label=_("What came of it"),
        help_text=_("Two or three sentences. Others read this first."),
        widget=LongText(rows=4),
    )


class ReportForm(PlainForm):
    """How it goes now."""

    light = forms.ChoiceField(
        label=_("How does it go?"), choices=Light.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("In a few words"), widget=LongText(rows=3))
    next_step = forms.CharField(label=_("What is the next step?"), widget=LongText(rows=2))


class MilestoneForm(PlainForm):
    """Something that shall be reached by a day."""

    title = forms.CharField(label=_("What shall be reached"), max_length=160)
    due_date = forms.DateField(label=_("By"), widget=DayInput)


class ReachForm(PlainForm):
    """The day a milestone was reached; today when nothing is said."""

    reached_date = forms.DateField(label=_("Reached on"), widget=DayInput, required=False)

    def clean_reached_date(self) -> Any:
        """Today when no day is given."""
        return self.cleaned_data["reached_date"] or now().date()


class PhaseForm(PlainForm):
    """The phase an activity is in; only the phases of its form are offered."""

    phase = forms.ChoiceField(label=_("Phase"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, form_of_activity: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["phase"].choices = phase_choices(form_of_activity)  # type: ignore[attr-defined]


def phase_choices(form_of_activity: str) -> list[tuple[str, str]]:
    """The phases of a form of activity with their words, in order."""
    return [(phase, sentence(str(Phase(phase).label))) for phase in PHASES[form_of_activity]]


class DescribeForm(PlainForm):
    """What the activity is called and when it is due."""

    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(label=_("What it is about"), required=False, widget=LongText(rows=4))
    due_date = forms.DateField(label=_("Due"), required=False, widget=DayInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ShareForm(PlainForm):
    """Who may read about it."""

    visibility = forms.ChoiceField(
        label=_("Who may read about it?"), choices=Visibility.choices, widget=forms.RadioSelect
    )


class OwnerForm(PlainForm):
    """The new owner, by name or e-mail."""

    person = forms.CharField(
        label=_("Name or e-mail of a colleague"),
        widget=forms.TextInput(attrs={"list": "colleagues", "autocomplete": "off"}),
    )


class ParticipantForm(PlainForm):
    """Another organisation and what it does here."""

    organisation = forms.CharField(
        label=_("Name of the organisation"),
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
    )
    role = forms.CharField(
        label=_("What it does here"),
        help_text=_("For example: tests the same in its own home care."),
        required=False,
        max_length=120,
    )
