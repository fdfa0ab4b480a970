"""Loading an idea for a page: what the reader may not see does not exist."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from loype.ideas.models import Idea
from loype.ideas.rules import is_giver
from loype.kernel.errors import NotAllowed
from loype.organisations.actor import Actor
from loype.organisations.models import Unit
from loype.trail.standing import with_waiting


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def load_idea(request: HttpRequest, idea_id: int) -> Any:
    """An idea with everything its page shows of it; 404 where it may not be read."""
    actor, today = actor_of(request), localdate()
    ideas = Idea.objects.visible_to(actor).with_authors(today).with_reader(actor)
    rows = with_waiting(ideas, day=today).select_related("merged_into", "reuse").defer("words")
    return get_object_or_404(rows.defer("words", "merged_into__words"), pk=idea_id)


def load_own_idea(request: HttpRequest, idea_id: int) -> Any:
    """The same for those who wrote it; 403 for other readers."""
    idea = load_idea(request, idea_id)
    if not wrote(actor_of(request), idea):
        raise NotAllowed(_("Only those who wrote the idea can do this."))
    return idea


def find_idea(request: HttpRequest, idea_id: int) -> Idea:
    """The bare idea, for a verb that loads and locks what it needs itself."""
    ideas = Idea.objects.visible_to(actor_of(request)).defer("words")
    return get_object_or_404(ideas, pk=idea_id)


def writer_ids(idea: Any) -> frozenset[int]:
    """Who writes together with the giver."""
    return frozenset(writer["id"] for writer in idea.writers)


def wrote(actor: Actor, idea: Any) -> bool:
    """Whether this reader is the giver or a co-author."""
    return is_giver(actor, idea, co_author_ids=writer_ids(idea))


def unit_choices(request: HttpRequest, organisation_id: int) -> list[tuple[str, str]]:
    """The units of an organisation that exist today."""
    units = Unit.objects.visible_to(actor_of(request)).filter(organisation=organisation_id).open()
    return [(str(pk), name) for pk, name in units.values_list("pk", "name")]


def as_id(text: str) -> int:
    """A number that a form sent, or 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else 0
