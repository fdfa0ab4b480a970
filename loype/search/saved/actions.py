"""Keeping a search, naming it anew, ending it, and looking each night whether something is new."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from loype.accounts.models import Person
from loype.bodies.loading import load_actor
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotFound, WrongMoment
from loype.kernel.words import clean_line
from loype.organisations.actor import HOUSE, Actor
from loype.search.chosen import LONGEST_ASKED, filters_of, kept_of
from loype.search.finding import POOL, Filters, Found, find
from loype.search.ranking import Hit
from loype.search.saved.models import SavedSearch

logger = logging.getLogger(__name__)

MOST_SAVED = 30
LONGEST_NAME = 100
MOST_KNOWN = 2_000


@transaction.atomic
def save_search(
    *,
    asked: str,
    filters: Filters,
    actor: Actor,
    at: datetime,
    name: str = "",
    language: str = "",
) -> SavedSearch:
    """Keep a search, to be told when something new turns up; the same one twice is one."""
    asked, narrowed = clean_line(asked)[:LONGEST_ASKED], kept_of(filters)
    if not asked and not narrowed:
        raise BadInput({"asked": _("Search for something first, or narrow the list down.")})
    # The person's row is held, so that two searches saved at once are counted.
    person = Person.objects.select_for_update(of=("self",)).get(pk=actor.signed_in_id)
    mine = SavedSearch.objects.filter(person=person)
    same = mine.filter(asked=asked, narrowed=narrowed).first()
    if same is not None:
        return same
    if mine.count() >= MOST_SAVED:
        words = _("You have %(most)s saved searches already. Stop one of them first.")
        raise WrongMoment(words % {"most": MOST_SAVED})
    saved = SavedSearch(
        person=person,
        name=clean_line(name)[:LONGEST_NAME] or asked[:LONGEST_NAME] or _("My search"),
        asked=asked,
        narrowed=narrowed,
        language=language,
        saved_at=at,
        run_at=at,
    )
    saved.known = [hit.text_id for hit in _found(saved, actor=actor).hits]
    saved.save(force_insert=True)
    return saved


@transaction.atomic
def rename_search(saved: SavedSearch, *, name: str, actor: Actor) -> SavedSearch:
    """Give a saved search another name."""
    saved = _own(saved, actor=actor)
    if not (name := clean_line(name)[:LONGEST_NAME]):
        raise BadInput({"name": _("Give the search a name.")})
    saved.name = name
    saved.save(update_fields=["name"])
    return saved


@transaction.atomic
def stop_search(saved: SavedSearch, *, actor: Actor) -> None:
    """No longer hear of a search; nothing of it is kept."""
    _own(saved, actor=actor).delete()


def _own(saved: SavedSearch, *, actor: Actor) -> SavedSearch:
    rows = SavedSearch.objects.visible_to(actor).select_for_update()
    own = rows.filter(pk=saved.pk).first()
    if own is None:
        raise NotFound(_("There is no such search."))
    return own


def run_saved_searches(*, at: datetime) -> int:
    """Look for each saved search whether something is new; gives how many searches had news.

    Each is done in its own transaction: what was told is known, so a run that was cut off or
    comes twice tells nothing twice, and a search that fails does not keep the others waiting.
    """
    told = 0
    for saved_id in list(SavedSearch.objects.order_by("pk").values_list("pk", flat=True)):
        try:
            told += run_saved_search(saved_id, at=at)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.exception("The saved search %s could not be run.", saved_id)
    return told


@transaction.atomic
def run_saved_search(saved_id: int, *, at: datetime) -> bool:
    """Run one saved search as its owner may read today; whether there was something to tell."""
    rows = SavedSearch.objects.select_for_update(of=("self",), skip_locked=True)
    saved = rows.select_related("person").filter(pk=saved_id, person__is_active=True).first()
    if saved is None:
        return False
    person = saved.person
    actor = load_actor(person.pk, name=person.name, day=at.date())
    found = _found(saved, actor=actor)
    news = _news(found, saved=saved)
    saved.known = _known(saved, found)
    saved.run_at, saved.told_at = at, at if news else saved.told_at
    saved.save(update_fields=["known", "run_at", "told_at"])
    if news:
        record(
            "find_new", thing=saved, actor=HOUSE, at=at, organisation_id=None,
            change={"texts": [hit.text_id for hit in news]},
        )  # fmt: skip
    return bool(news)


def _found(saved: SavedSearch, *, actor: Actor) -> Found:
    return find(
        saved.asked,
        actor=actor,
        filters=filters_of(saved.narrowed),
        per_page=POOL,
        language=saved.language,
    )


def _news(found: Found, *, saved: SavedSearch) -> list[Hit]:
    """What the owner has not been shown yet, where it truly meets what was asked.

    A list that is full says nothing of what lies beyond it: there only newer texts are news.
    """
    known = set(saved.known)
    return [
        hit
        for hit in found.hits
        if hit.text_id not in known
        and (not saved.asked or meets(hit))
        and (not found.is_full or hit.happened_at > saved.run_at)
    ]


def meets(hit: Hit) -> bool:
    """Whether a hit shares words or meaning with what was asked, and is not only nearest."""
    return bool(hit.band or hit.reason.words or hit.reason.concepts)


def _known(saved: SavedSearch, found: Found) -> list[int]:
    """What was found now, and what was known before; the newest knowledge first."""
    now = [hit.text_id for hit in found.hits]
    return list(dict.fromkeys([*now, *saved.known]))[:MOST_KNOWN]
