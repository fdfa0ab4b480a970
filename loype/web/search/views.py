"""The search page: one box, what was found and why, and the ways to narrow it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from loype.organisations.actor import Actor
from loype.organisations.models import Federation, Organisation
from loype.search.finding import POOL, Found, find
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
    names = {
        "organisation": organisation_names(question, found, actor=actor),
        "federation": federation_names(actor),
    }
    return {
        "question": question,
        "found": found,
        "is_cut": found.is_cut and found.count >= POOL,
        "rows": rows_of(found, language=language),
        "facets": facets_of(found, question, names=names, language=language),
        "chips": chips_of(question, names=names, language=language),
        "popular": popular_keywords(found, language=language) if question.is_open else [],
        "newer_url": question.at(found.page - 1) if found.page > 1 else "",
        "older_url": question.at(found.page + 1) if found.page < found.pages else "",
        "may_save": actor.is_signed_in and not question.is_open,
    }


def organisation_names(question: Question, found: Found, *, actor: Actor) -> dict[str, str]:
    """The organisations of an answer, and those that were chosen but have nothing in it."""
    names = dict(found.organisations)
    missing = [one for one in question.filters.organisations if str(one) not in names]
    if missing:
        rows = Organisation.objects.visible_to(actor).filter(pk__in=missing)
        names |= {str(pk): name for pk, name in rows.values_list("pk", "name")}
    return names


def federation_names(actor: Actor) -> dict[str, str]:
    """The federations a reader may narrow down to: those they take part in."""
    if not actor.federation_ids | actor.coordinated_federation_ids:
        return {}
    rows = Federation.objects.visible_to(actor).order_by("name").values_list("pk", "name")
    return {str(pk): name for pk, name in rows}
