"""What every act of a page does alike: who asks, run the verb, put its words beside the fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest

from loype.kernel.errors import BadInput
from loype.organisations.actor import NOBODY, Actor
from loype.web.shared.parts.states import sentence


class PlainForm(forms.Form):
    """A form whose choices begin with a capital, as sentences do; stored words stay as they are."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                known: Any = field.choices
                field.choices = [(value, sentence(label)) for value, label in known]


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = getattr(request, "actor", NOBODY)
    return actor


def carried_out(form: forms.Form, act: Callable[[dict[str, Any]], Any]) -> bool:
    """Do the act with what the form holds; False when something must be mended first.

    What the verb says about a field then stands beside that field.
    """
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except BadInput as problem:
        put_beside(form, problem)
        return False
    return True


def put_beside(form: forms.Form, problem: BadInput) -> None:
    """Show what a verb said about each field beside it; the rest above the form."""
    for name, words in problem.fields.items():
        form.add_error(name if name in form.fields else None, str(words))
