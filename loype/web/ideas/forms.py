"""The forms of ideas: they read what was typed, the verbs judge it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from loype.ideas.actions.handing_in import LONGEST_TEXT
from loype.ideas.actions.talking import LONGEST_COMMENT, MOST_HELPED
from loype.ideas.labels import KIND_EXAMPLES, Anonymity, DigitalElement, IdeaKind
from loype.kernel.errors import BadInput
from loype.organisations.labels import Language, Visibility
from loype.web.shared.keywords import (
    OwnKeywords,
    SuggestedKeywords,
    offer_keywords,
    take_keywords,
)
from loype.web.shared.widgets import LongText

Choices = Sequence[tuple[str, Any]]
YES_NO = (("yes", _("Yes")), ("no", _("No")))
VISIBILITY_EXAMPLES = {
    "confidential": _("Only the council and those who wrote it."),
    "organisation": _("Your colleagues can support it and add to it."),
    "federation": _("Others may have the same need, or a solution."),
    "public": _("Everybody on the internet may read it, without your name."),
}


def capital(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Choices as they stand alone: with a capital first letter, in the reader's language."""
    return [(value, capfirst(label)) for value, label in choices]


def blame(form: forms.Form, refusal: BadInput) -> None:
    """Put the words of a refusal beside the fields they are about."""
    for name, words in refusal.fields.items():
        form.add_error(name if name in form.fields else None, words)


class ExplainedChoice(forms.ChoiceField):
    """A few choices as cards, each with an example of what belongs there."""

    widget = forms.RadioSelect

    def __init__(self, *, examples: dict[str, Any], **options: Any) -> None:
        super().__init__(**options)
        self.examples = examples


def new_form_key() -> str:
    """A key that makes a form sent twice one idea."""
    return str(uuid.uuid4())


class HandInForm(forms.Form):
    """What must be said before an idea can be sent: its kind and a few words."""

    organisation = forms.TypedChoiceField(
        label=_("Where do you hand it in?"), coerce=int, widget=forms.RadioSelect
    )
    kind = ExplainedChoice(
        label=_("What do you come with?"), choices=IdeaKind.choices, examples=KIND_EXAMPLES
    )
    text = forms.CharField(
        label=_("Tell it in your own words"),
        help_text=_("As to a colleague. What happens today, and for whom could it be better?"),
        max_length=LONGEST_TEXT,
        widget=LongText(
            {
                "hx-trigger": "input changed delay:250ms",
                "hx-target": "#similar",
                "hx-sync": "this:replace",
                "data-fewest": "12",
            },
            rows=6,
        ),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, places: Choices, similar_url: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if len(places) > 1:
            self.fields["organisation"].choices = places  # type: ignore[attr-defined]
        else:
            del self.fields["organisation"]
        self.fields["text"].widget.attrs["hx-post"] = similar_url


class DetailsForm(forms.Form):
    """What is offered after the receipt; nothing here must be filled in."""

    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("One line, as in a list.")
    )
    changes_service = forms.ChoiceField(
        label=_("Does it change how the service is delivered?"), required=False
    )
    digital_element = forms.ChoiceField(
        label=_("Is anything about it digital?"),
        choices=capital(DigitalElement.choices),
        required=False,
        help_text=_("Something without any technology is just as welcome."),
    )
    keywords = SuggestedKeywords()
    more_keywords = OwnKeywords()
    unit = forms.ChoiceField(label=_("Which unit is it about?"), required=False)
    language = forms.ChoiceField(label=_("The text is written in"), choices=Language.choices)
    visibility = ExplainedChoice(
        label=_("Who may read it?"),
        choices=capital(Visibility.choices),
        examples=VISIBILITY_EXAMPLES,
    )
    anonymity = forms.ChoiceField(
        label=_("Your name"),
        choices=capital(Anonymity.choices),
        help_text=_("Hidden or not, you get your answers here and by mail."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, idea: Any, units: Choices, **options: Any) -> None:
        options.setdefault("initial", {**starting_facts(idea), **options.pop("typed", {})})
        super().__init__(*args, **options)
        unset = [] if idea.unit_id else [("", _("Not stated"))]
        self.fields["unit"].choices = [*unset, *units]  # type: ignore[attr-defined]
        unsaid = [] if idea.changes_service is not None else [("", _("Not stated"))]
        self.fields["changes_service"].choices = [*unsaid, *YES_NO]  # type: ignore[attr-defined]
        if not units:
            del self.fields["unit"]
        offer_keywords(
            self,
            text=f"{idea.title}\n{idea.text}",
            kept=idea.keywords,
            language=idea.language,
        )

    def wanted(self) -> dict[str, Any]:
        """What was filled in, as the verb takes it; the unit stays an id."""
        facts = take_keywords(dict(self.cleaned_data))
        said = facts.pop("changes_service", "")
        facts["changes_service"] = None if not said else said == "yes"
        facts["title"] = facts.get("title") or None
        return facts


class EditForm(DetailsForm):
    """Everything about an idea that may still be changed."""

    kind = ExplainedChoice(
        label=_("What do you come with?"), choices=IdeaKind.choices, examples=KIND_EXAMPLES
    )
    text = forms.CharField(
        label=_("In your own words"), max_length=LONGEST_TEXT, widget=LongText(rows=10)
    )
    field_order = ("title", "text", "kind")


def starting_facts(idea: Any) -> dict[str, Any]:
    """An idea as the form shows it first."""
    return {
        "title": idea.title,
        "text": idea.text,
        "kind": idea.kind,
        "changes_service": {True: "yes", False: "no", None: ""}[idea.changes_service],
        "digital_element": idea.digital_element,
        "unit": str(idea.unit_id or ""),
        "language": idea.language,
        "visibility": idea.visibility,
        "anonymity": idea.anonymity,
        "version": idea.version,
    }


class SupportForm(forms.Form):
    """We have this too: how many it would help, and a word about it."""

    helps = forms.IntegerField(
        label=_("How many would it help where you are?"),
        min_value=1,
        max_value=MOST_HELPED,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    note = forms.CharField(
        label=_("How do you notice it?"), max_length=500, required=False, widget=LongText(rows=2)
    )


class CommentForm(forms.Form):
    """Something said under an idea."""

    text = forms.CharField(
        label=_("Your words"),
        max_length=LONGEST_COMMENT,
        widget=LongText(rows=3),
        help_text=_("Write @ and a colleague's first name to call their attention to it."),
    )
    kind = forms.ChoiceField(label=_("This is"), required=False)

    def __init__(self, *args: Any, kinds: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = capital(kinds)  # type: ignore[attr-defined]
        self.fields["kind"].initial = kinds[0][0]
        if len(kinds) == 1:
            self.fields["kind"].widget = forms.HiddenInput()


class VisibilityForm(forms.Form):
    """Who may read an idea."""

    visibility = forms.ChoiceField(label=_("Who may read it?"), choices=capital(Visibility.choices))


class WithdrawForm(forms.Form):
    """Taking an idea back."""

    reason = forms.CharField(
        label=_("Why do you take it back?"), max_length=500, required=False, widget=LongText(rows=2)
    )


class FileForm(forms.Form):
    """A file to attach; a picture needs a description."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A picture, PDF, text, or an office document without macros."),
    )
    alt_text = forms.CharField(
        label=_("If it is a picture: what does it show?"),
        max_length=500,
        required=False,
        help_text=_("For those who cannot see it."),
    )


class CoAuthorForm(forms.Form):
    """A colleague who writes together with the giver."""

    person = forms.CharField(
        label=_("A colleague's name or e-mail address"),
        max_length=254,
        help_text=_("They can change the text and add files, and hear what happens."),
    )
