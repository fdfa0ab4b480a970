"""What the reader of the list chose, all of it in the address."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from loype.ideas.labels import STATES, IdeaKind
from loype.ideas.models import Idea
from loype.ideas.querysets import IdeaQuerySet
from loype.kernel.words import clean_line
from loype.organisations.actor import Actor
from loype.organisations.labels import Language
from loype.search.similar import any_word
from loype.web.ideas.forms import capital
from loype.web.ideas.loading import actor_of, unit_choices

LONGEST_SEARCH = 200
HIDDEN_STATES = ("draft", "withdrawn")


@dataclass(frozen=True)
class Chosen:
    """Scope, filters and words."""

    actor: Actor
    scope: str
    kind: str = ""
    state: str = ""
    unit: str = ""
    language: str = ""
    q: str = ""
    units: list[tuple[str, str]] = field(default_factory=list)

    @property
    def order(self) -> tuple[str, str]:
        """Newest first; one's own list also holds what is not handed in yet."""
        return ("-created_at" if self.scope == "mine" else "-submitted_at", "-id")

    @property
    def has_choices(self) -> bool:
        """Whether anything but words was chosen."""
        return any((self.kind, self.state, self.unit, self.language))

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the scope was chosen."""
        return self.has_choices or bool(self.q)

    def ideas(self) -> IdeaQuerySet:
        """The ideas that fit and that the reader may read."""
        facts = {"kind": self.kind, "state": self.state, "language": self.language}
        rows = Idea.objects.visible_to(self.actor).filter(
            **{name: value for name, value in facts.items() if value}
        )
        if self.unit:
            rows = rows.filter(unit=int(self.unit))
        if self.q:
            rows = rows.filter(words_in(self.q))
        return self._in_scope(rows)

    def _in_scope(self, rows: IdeaQuerySet) -> IdeaQuerySet:
        if self.scope == "mine":
            return rows.written_by(self.actor)
        rows = rows.filter(submitted_at__isnull=False)
        if self.scope == "organisation":
            return rows.filter(organisation=self.actor.organisation_id)
        if self.scope == "federation":
            return rows.filter(organisation__in=sorted(self.actor.neighbour_ids))
        return rows.filter(visibility="public")


def words_in(text: str) -> Q:
    """Ideas that hold any of the words, or have this case number."""
    query = any_word(text)
    found = Q(case_number__iexact=text)
    return found | (Q(words=query) if query is not None else Q(title__icontains=text))


def scopes_of(actor: Actor) -> list[tuple[str, Any]]:
    """Which lists there are for this reader, the first one being theirs."""
    if actor.organisation_id is None:
        own = [("mine", _("Mine"))] if actor.is_signed_in else []
        return [("public", _("Public")), *own]
    near = [("federation", _("We and those we work with"))] if actor.federation_ids else []
    return [
        ("organisation", _("My organisation")), *near,
        ("public", _("Public")), ("mine", _("Mine")),
    ]  # fmt: skip


def read_choices(request: HttpRequest) -> Chosen:
    """What the address says; what makes no sense there is left out."""
    actor, asked = actor_of(request), request.GET
    scopes = [value for value, _label in scopes_of(actor)]
    scope = one_of(asked, "scope", scopes) or scopes[0]
    place = actor.organisation_id
    units = unit_choices(request, place) if place and scope in ("organisation", "mine") else []
    return Chosen(
        actor=actor,
        scope=scope,
        kind=one_of(asked, "kind", IdeaKind.values),
        state=one_of(asked, "state", [value for value, _label in STATES]),
        unit=one_of(asked, "unit", [value for value, _label in units]),
        language=one_of(asked, "language", Language.values),
        q=clean_line(asked.get("q", ""))[:LONGEST_SEARCH],
        units=units,
    )


def one_of(asked: QueryDict, name: str, allowed: list[str]) -> str:
    """A choice from the address, or nothing."""
    value = asked.get(name, "")
    return value if value in allowed else ""


class FilterForm(forms.Form):
    """The choices as a form that works by its button."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput({"type": "search", "class": "ds-input", "size": 28}),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    scope = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, chosen: Chosen) -> None:
        names = ("q", "kind", "state", "unit", "language", "scope")
        super().__init__(initial={name: getattr(chosen, name) for name in names})
        mine = chosen.scope == "mine"
        states = [pair for pair in STATES if mine or pair[0] not in HIDDEN_STATES]
        every = [("", _("All"))]
        self.fields["kind"].choices = [*every, *IdeaKind.choices]  # type: ignore[attr-defined]
        self.fields["state"].choices = [*every, *capital(states)]  # type: ignore[attr-defined]
        self.fields["language"].choices = [*every, *Language.choices]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [*every, *chosen.units]  # type: ignore[attr-defined]
        if not chosen.units:
            del self.fields["unit"]
