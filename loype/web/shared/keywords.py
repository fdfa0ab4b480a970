"""Keywords on forms and pages: those found in the text are offered, others are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy as _

from loype.keywords import MARK, concepts
from loype.keywords.given import as_kept, label_of
from loype.search.analysis import analyse
from loype.search.language import LANGUAGES, guess, most_likely
from loype.web.shared.context import address

MOST_SUGGESTED = 8
LONGEST_LINE = 600


class SuggestedKeywords(forms.MultipleChoiceField):
    """The concepts that the text speaks of, and those chosen before, to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(
            label=_("What is it about?"),
            help_text=_("Found in your text. Others find it by these words in every language."),
            required=False,
        )


class OwnKeywords(forms.CharField):
    """Further keywords on one line."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Other keywords"),
            help_text=_("Put commas between them."),
            required=False,
            max_length=LONGEST_LINE,
        )


@dataclass(frozen=True)
class Keyword:
    """A keyword as a page shows it: a link to everything else about it."""

    label: str
    url: str


def keywords_shown(kept: Iterable[str]) -> list[Keyword]:
    """A thing's keywords in the reader's language, each leading to a search."""
    place, language = address("search"), get_language() or "en"
    return [
        Keyword(label_of(one, language=language), f"{place}?{urlencode({'keyword': one})}")
        for one in kept
    ]


def offer_keywords(form: forms.Form, *, text: str, kept: Sequence[str], language: str = "") -> None:
    """Fill the choices of a form from what is kept and what its text speaks of."""
    form.initial = {**form.initial, **as_typed(kept)}
    ticked = form.fields["keywords"].widget.value_from_datadict(form.data, form.files, "keywords")
    before = [code for code in (*form.initial["keywords"], *(ticked or ())) if code in concepts()]
    codes = dict.fromkeys([*before, *spoken_of(text, language=language)])
    screen = get_language() or "en"
    field: Any = form.fields["keywords"]
    field.choices = [(code, capfirst(label_of(code, language=screen))) for code in codes]
    if not codes:
        del form.fields["keywords"]


def as_typed(kept: Sequence[str]) -> dict[str, Any]:
    """Kept keywords as the two fields hold them."""
    return {
        "keywords": [one for one in kept if one in concepts()],
        "more_keywords": ", ".join(one for one in kept if one not in concepts()),
    }


def take_keywords(facts: dict[str, Any]) -> dict[str, Any]:
    """What was ticked and written, together as the verbs take it."""
    written = facts.pop("more_keywords", "").replace(";", ",").split(",")
    return {**facts, "keywords": as_kept([*facts.get("keywords", []), *written])}


def spoken_of(text: str, *, language: str = "") -> list[str]:
    """The codes of the concepts that a text speaks of, those said first at the front."""
    if not text.strip():
        return []
    spoken = language or get_language() or ""
    shares = guess(text, prior={spoken: 1.0} if spoken in LANGUAGES else None)
    tokens = analyse(text, language=most_likely(shares))
    return [token[1:] for token in tokens if token.startswith(MARK)][:MOST_SUGGESTED]
