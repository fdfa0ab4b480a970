"""What people fill in to share a solution, take one up, and say how far they have come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loype.organisations.labels import Language, Visibility
from loype.spread.labels import ActivityType, Sector
from loype.spread.rules import needs_english
from loype.web.shared.acting import PlainForm
from loype.web.shared.keywords import (
    OwnKeywords,
    SuggestedKeywords,
    offer_keywords,
    take_keywords,
)
from loype.web.shared.numbers import NumberField
from loype.web.shared.widgets import LongText
from loype.web.spread.countries import COUNTRIES

SCOPES = (
    ("", _("All I may see")),
    ("near", _("Those we work with")),
    ("mine", _("Our own")),
    ("used", _("What we use or try")),
)


class FilterForm(PlainForm):
    """Which solutions to show; anything unknown in the address is left out."""

    scope = forms.ChoiceField(choices=SCOPES, required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=_("What are you looking for?"), required=False, max_length=100)
    country = forms.ChoiceField(
        label=_("Country"), choices=[("", _("All")), *COUNTRIES.items()], required=False
    )
    maker = forms.CharField(label=_("Name of the organisation"), required=False, max_length=100)
    spread = forms.BooleanField(label=_("In use by others"), required=False)


class SolutionForm(PlainForm):
    """What others need to know before they use it."""

    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("What it does"),
        help_text=_("Two sentences that somebody in another town understands."),
        widget=LongText(rows=3),
    )
    for_whom = forms.CharField(
        label=_("For whom"), help_text=_("Who has the same need?"), widget=LongText(rows=2)
    )
    core_parts = forms.CharField(
        label=_("What must be kept"),
        help_text=_("Without this it does not work. One thing a line."),
        widget=LongText(rows=3),
    )
    adaptable_parts = forms.CharField(
        label=_("What may be changed"),
        help_text=_("What others may do in their own way."),
        required=False,
        widget=LongText(rows=3),
    )
    cost = forms.CharField(
        label=_("What it takes"),
        help_text=_("Time, people and money, in words."),
        required=False,
        widget=LongText(rows=2),
    )
    cost_amount = NumberField(label=_("Amount"), required=False)
    cost_currency = forms.CharField(
        label=_("Currency"), help_text=_("For example NOK."), required=False, max_length=3
    )
    conditions = forms.CharField(
        label=_("Conditions"),
        help_text=_("What must be in place first: agreements, equipment, law."),
        required=False,
        widget=LongText(rows=2),
    )
    contact_role = forms.CharField(
        label=_("Whom to ask"),
        help_text=_("A role, not a name: people move on."),
        max_length=160,
    )
    sector = forms.ChoiceField(
        label=_("Sector"), choices=[("", _("Not stated")), *Sector.choices], required=False
    )
    activity_type = forms.ChoiceField(
        label=_("What sort of work does it change?"),
        choices=[("", _("Not stated")), *ActivityType.choices],
        required=False,
    )
    keywords = SuggestedKeywords()
    more_keywords = OwnKeywords()
    language = forms.ChoiceField(label=_("Written in"), choices=Language.choices)
    english_summary = forms.CharField(
        label=_("In English, in two sentences"),
        help_text=_("Needed where everybody may read it: then other countries find it, too."),
        required=False,
        max_length=2000,
        widget=LongText({"lang": "en"}, rows=3),
    )
    visibility = forms.ChoiceField(
        label=_("Who may read it once it is published?"),
        help_text=_("The verdict of the evaluation is shown with it."),
        choices=Visibility.choices,
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, text: str, kept: Sequence[str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        offer_keywords(self, text=text, kept=kept)

    def clean(self) -> dict[str, Any]:
        """No currency without an amount: an empty box says nothing."""
        facts = take_keywords(super().clean() or {})
        if facts.get("cost_amount") is None:
            facts["cost_currency"] = ""
        public = needs_english(
            visibility=facts.get("visibility", ""), language=facts.get("language", "")
        )
        if public and not facts.get("english_summary"):
            self.add_error("english_summary", _("Say in English what it does."))
        return facts


class RetireForm(PlainForm):
    """Why it is no longer offered."""

    reason = forms.CharField(label=_("Why is it no longer offered?"), widget=LongText(rows=3))


class MoveForm(PlainForm):
    """How far one has come, and what was changed on the way."""

    adaptation_notes = forms.CharField(
        label=_("What do you do differently here?"), required=False, widget=LongText(rows=3)
    )


class ConfirmForm(PlainForm):
    """The value it gives here: only then it counts as spread."""

    value_seen = forms.CharField(
        label=_("What value does it give where you are?"),
        help_text=_("The makers and others who consider it read this."),
        widget=LongText(rows=3),
    )
    adaptation_notes = forms.CharField(
        label=_("What do you do differently here?"), required=False, widget=LongText(rows=3)
    )


class StopForm(PlainForm):
    """Why one stops: the makers learn from it."""

    reason = forms.CharField(label=_("Why do you stop?"), widget=LongText(rows=3))
