"""Forms of news."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loype.news.actions import LONGEST_TEXT, NewsWords
from loype.organisations.labels import Visibility
from loype.web.shared.acting import PlainForm
from loype.web.shared.parts.states import sentence
from loype.web.shared.widgets import LongText


class WordsForm(PlainForm):
    """The words of an item."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    headline = forms.CharField(label=_("Headline"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Text"), widget=LongText(rows=9), max_length=LONGEST_TEXT, required=False
    )

    def words(self) -> NewsWords:
        """The words as the verbs take them."""
        return NewsWords(headline=self.cleaned_data["headline"], text=self.cleaned_data["text"])


class DraftForm(WordsForm):
    """A draft to read, mend and approve."""

    visibility = forms.ChoiceField(
        label=_("Who may read it"), widget=forms.RadioSelect, required=False
    )

    def __init__(self, *arguments: Any, widths: Sequence[str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["visibility"].choices = [  # type: ignore[attr-defined]
            (value, sentence(str(label))) for value, label in Visibility.choices if value in widths
        ]


class CorrectionForm(WordsForm):
    """What was wrong, and the words from now on."""

    field_order = ("version", "note", "headline", "text")
    note = forms.CharField(
        label=_("What was wrong"),
        help_text=_("Readers see this under the news."),
        widget=LongText(rows=2),
        max_length=2_000,
        required=False,
    )


class WithdrawForm(forms.Form):
    """Why an item is taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Why it is taken back"),
        widget=LongText(rows=2),
        max_length=2_000,
        required=False,
    )
