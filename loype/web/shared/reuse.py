"""The reuse question as pages ask it: may what others have be used, or why does none of it fit?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from loype.ideas.actions.reusing import LONGEST_REASON
from loype.ideas.labels import ReuseChoice
from loype.ideas.models import Idea, ReuseAnswer
from loype.search.compared import Compared, compared, pairs_of, pairs_sent
from loype.web.shared.acting import actor_of
from loype.web.shared.context import address
from loype.web.shared.likeness import PAGES
from loype.web.shared.widgets import LongText

EXAMPLES = {
    ReuseChoice.COPY.value: _("Somebody has it, and it fits us."),
    ReuseChoice.ADAPT.value: _("We take it over and change what must be different here."),
    ReuseChoice.INSPIRED.value: _("We make our own, and learn from theirs."),
    ReuseChoice.NONE.value: _("Say why, so that the next one who looks need not ask again."),
}


def answer_field(*, required: bool = True) -> forms.ChoiceField:
    """Copy, adapt, inspired, none; each with what it means."""
    field = forms.ChoiceField(
        label=_("Can what others have be used?"),
        choices=[(value, capfirst(label)) for value, label in ReuseChoice.choices],
        required=required,
        widget=forms.RadioSelect,
    )
    field.examples = EXAMPLES  # type: ignore[attr-defined]
    return field


def reason_field() -> forms.CharField:
    """Why; demanded where none fits."""
    return forms.CharField(
        label=_("because …"),
        help_text=_("Needed where none fits."),
        max_length=LONGEST_REASON,
        required=False,
        widget=LongText(rows=2),
    )


class ReuseForm(forms.Form):
    """The question on a page of its own, on the receipt and on the case."""

    answer = answer_field()
    reason = reason_field()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kept: ReuseAnswer | None = None, **options: Any) -> None:
        first: dict[str, Any] = {"version": kept.version if kept else 0}
        if kept:
            first |= {"answer": kept.answer, "reason": kept.reason}
        options |= {"initial": first, "auto_id": "reuse_%s"}
        super().__init__(*args, **options)


def kept_answer(idea: Idea) -> ReuseAnswer | None:
    """The answer of an idea that was loaded together with it (`select_related("reuse")`)."""
    return getattr(idea, "reuse", None)


def seen_by(request: HttpRequest) -> list[tuple[str, int]]:
    """What the form says was compared, as far as its sender may see it."""
    pairs = compared(pairs_sent(request.POST.getlist("seen")), actor=actor_of(request))
    return [(one.kind, one.thing_id) for one in pairs]


def compared_then(request: HttpRequest, kept: ReuseAnswer | None) -> list[tuple[Compared, str]]:
    """What an answer was given about, with addresses, as far as this reader may see it now."""
    if kept is None or not kept.seen:
        return []
    found = compared(pairs_of(kept.seen), actor=actor_of(request))
    return [(one, address(PAGES[one.kind], one.page_id)) for one in found if one.kind in PAGES]


def words_of(idea: Idea) -> str:
    """An idea as it is compared with others: its title and its text, nothing said twice."""
    return idea.text if idea.text.startswith(idea.title) else f"{idea.title}. {idea.text}"
