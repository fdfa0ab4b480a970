"""The list of ideas, with every choice in its address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from loype.web.ideas.filters import FilterForm, read_choices, scopes_of
from loype.web.ideas.presenters import list_rows
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render


@require_safe
def idea_list(request: HttpRequest) -> HttpResponse:
    """Ideas the reader may see: their organisation's, near ones, public ones, their own."""
    chosen = read_choices(request)
    ideas = chosen.ideas().with_authors(localdate()).defer("words")
    page = keyset_page(ideas, request=request, order=chosen.order)
    context = {
        "chosen": chosen,
        "scopes": scopes_of(chosen.actor),
        "form": FilterForm(chosen),
        "page": page,
        "rows": list_rows(page.items, actor=chosen.actor),
        "query": request.GET.urlencode(),
    }
    return render(request, "ideas/list.html", context, part="list")
