"""The search page: one box, what was found and why, and the ways to narrow it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from loype.organisations.actor import Actor
from loype.organisations.models import Federation, Organisation
from loype.search.finding import Found, find
from loype.web.search.asking import Question, read_question
from loype.web.search.presenters import chips_of, facets_of, popular_keywords, rows_of
from loype.web.shared.acting import actor_of
from loype.web.shared.render import asks_for_part, render

FEWEST_TYPED = 3  # signs: below, as one types, nothing is asked yet
FEWEST_FOR_MEANING = 12


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything the reader may see that answers the question; the newest where none is asked."""
    question, actor = read_question(request.GET), actor_of(request)
    is_typing = asks_for_part(request)
    if is_typing and 0 < len(question.asked) < FEWEST_TYPED:
        return HttpResponse(status=204)
    by_meaning = not is_typing or len(question.asked) >= FEWEST_FOR_MEANING
    language = get_language() or "en"
    found = find(
        question.asked,
        actor=actor,
        filters=question.filters,
        page=question.page,
        language=language,
        by_meaning=by_meaning,
    )
    context = {
        "is_typing": is_typing,
        "words_only": by_meaning and bool(question.asked) and not found.meaning,
        **answer_of(question, found, actor=actor, language=language),
    }
    return render(request, "search/search.html", context, part="answer")


def answer_of(question: Question, found: Found, *, actor: Actor, language: str) -> dict[str, Any]:
    """What the page tells of an answer."""
    names = names_of(missing_names(question, found), actor=actor)
    names["organisation"] |= found.organisations
    return {
        "question": question,
        "found": found,
        "is_cut": found.is_full,
        "rows": rows_of(found, language=language),
        "facets": facets_of(found, question, names=names, language=language),
        "chips": chips_of(question, names=names, language=language),
        "popular": popular_keywords(found, language=language) if question.is_open else [],
        "newer_url": question.at(found.page - 1) if found.page > 1 else "",
        "older_url": question.at(found.page + 1) if found.page < found.pages else "",
        "may_save": actor.is_signed_in and not question.is_open,
    }


def missing_names(question: Question, found: Found) -> list[int]:
    """The organisations that were chosen but have nothing in the answer."""
    return [one for one in question.filters.organisations if str(one) not in found.organisations]


def names_of(organisations: Iterable[int], *, actor: Actor) -> dict[str, dict[str, str]]:
    """The names of organisations, and of the federations a reader takes part in; one statement."""
    columns = ("facet", "number", "called")
    rows = Organisation.objects.visible_to(actor).filter(pk__in=sorted(organisations))
    wanted = [_named(rows, "organisation").values_list(*columns)] if organisations else []
    if actor.federation_ids | actor.coordinated_federation_ids:
        theirs = Federation.objects.visible_to(actor)
        wanted.append(_named(theirs, "federation").values_list(*columns))
    names: dict[str, dict[str, str]] = {"organisation": {}, "federation": {}}
    if wanted:
        for facet, number, called in wanted[0].union(*wanted[1:]).order_by("called"):
            names[facet][str(number)] = called
    return names


def _named(rows: QuerySet[Any], facet: str) -> QuerySet[Any]:
    kind = Value(facet, output_field=CharField())
    named: QuerySet[Any] = rows.annotate(facet=kind, number=F("pk"), called=F("name"))
    return named.order_by()
