"""Pairs of ideas as the page shows them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext as _

from loype.ideas.models import Idea
from loype.keywords import LANGUAGES, concepts, label
from loype.organisations.actor import Actor
from loype.search.explanation import marked
from loype.search.languages import in_which_language
from loype.search.models import SameNeed
from loype.search.needs.labels import Relation
from loype.search.needs.rules import can_be_merged, younger_first
from loype.web.shared.excerpts import excerpt

MOST_TOLD = 6
POSSIBLY, VERY = 0.5, 0.9  # below and from which probability it is said more and less surely
Pieces = list[tuple[str, bool]]


@dataclass(frozen=True)
class Side:
    """One of the two ideas."""

    idea: Idea
    title: Pieces
    excerpt: Pieces
    language: str
    case_id: int | None = None  # where it lies before a council whose room the reader may enter

    @property
    def at(self) -> datetime | None:
        """When it was handed in."""
        return self.idea.submitted_at


@dataclass(frozen=True)
class PairShown:
    """A pair side by side, with what speaks for it and what may be said of it."""

    pair: SameNeed
    sides: tuple[Side, Side]
    evidence: list[str]
    likeness: str
    standing: str
    may_answer: bool
    may_merge: bool
    younger: Idea
    older: Idea
    error: str = ""
    fields: dict[str, str] | None = None
    is_news: bool = False

    @property
    def links(self) -> list[tuple[str, str]]:
        """The links that may be made between the two."""
        return link_choices(self.pair)

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.pair.state == "proposed"


def shown(
    pairs: Iterable[SameNeed],
    *,
    answerable: Collection[int],
    actor: Actor,
    **more: Any,
) -> list[PairShown]:
    """Pairs for the page; `answerable` are the ids of those the reader may answer."""
    return [
        show_pair(pair, may_answer=pair.pk in answerable, actor=actor, **more) for pair in pairs
    ]


def show_pair(pair: SameNeed, *, may_answer: bool, actor: Actor, **more: Any) -> PairShown:
    """One pair for the page."""
    younger, older = younger_first(pair.idea_a, pair.idea_b)
    inside = younger.organisation_id in actor.council_room_ids
    return PairShown(
        pair=pair,
        sides=(_side(pair, pair.first, actor=actor), _side(pair, pair.second, actor=actor)),
        evidence=_evidence(pair),
        likeness=_likeness(pair),
        standing=standing_words(pair),
        may_answer=may_answer,
        may_merge=may_answer and inside and can_be_merged(younger, older),
        younger=younger,
        older=older,
        **more,
    )


def _side(pair: SameNeed, idea: Idea, *, actor: Actor) -> Side:
    words, text = pair.evidence_of(idea.pk), " ".join(idea.text.split())
    return Side(
        idea=idea,
        title=marked(idea.title, words),
        excerpt=marked(excerpt(text, title=idea.title, words=words), words),
        language=capfirst(in_which_language(idea.language))
        if idea.language != get_language()
        else "",
        case_id=idea.case.pk
        if idea.organisation_id in actor.council_room_ids and hasattr(idea, "case")
        else None,
    )


def _evidence(pair: SameNeed) -> list[str]:
    """What both speak of, in the reader's language; their own words are marked in the texts."""
    spoken = get_language() or "en"
    spoken = spoken if spoken in LANGUAGES else "en"
    known = [code for code in pair.evidence.get("concepts", ()) if code in concepts()]
    return [label(code, language=spoken) for code in known][:MOST_TOLD]


def _likeness(pair: SameNeed) -> str:
    if pair.state != "proposed" or pair.probability is None:
        return capfirst(pair.get_state_display())
    if pair.probability < POSSIBLY:
        return _("Possibly the same")
    return _("Very probably the same") if pair.probability >= VERY else _("Probably the same")


def standing_words(pair: SameNeed) -> str:
    """What was said of a pair, as a sentence."""
    if pair.state == "linked":
        told = {"first": pair.first.title, "second": pair.second.title}
        return relation_words()[pair.relation] % told
    return {
        "proposed": "",
        "confirmed": _("It is the same need."),
        "merged": _("The two are one idea now."),
        "dismissed": _("It is not the same need. Nobody is asked again."),
    }[pair.state]


def relation_words() -> dict[str, str]:
    """What each link says of two ideas."""
    return {
        Relation.SAME_NEED.value: _("“%(first)s” is the same need as “%(second)s”."),
        Relation.RELATED.value: _("“%(first)s” is related to “%(second)s”."),
        Relation.PARENT.value: _("“%(second)s” is a part of “%(first)s”."),
        Relation.DEPENDS_ON.value: _("“%(first)s” must wait for “%(second)s”."),
    }


def link_choices(pair: SameNeed) -> list[tuple[str, str]]:
    """The links that may be made between two ideas, in both directions where that matters."""
    words, a, b = relation_words(), pair.idea_a.title, pair.idea_b.title
    one = {"first": _short(a), "second": _short(b)}
    other = {"first": _short(b), "second": _short(a)}
    return [
        ("related", _("They are related")),
        ("parent", words["parent"] % one),
        ("parent-turned", words["parent"] % other),
        ("depends_on", words["depends_on"] % one),
        ("depends_on-turned", words["depends_on"] % other),
    ]


def _short(title: str) -> str:
    return title if len(title) <= 60 else f"{title[:59].rsplit(' ', 1)[0]}…"
