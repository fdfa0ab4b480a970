"""Searches one wants to hear about again: keeping one, the list, another name, the end."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language, gettext as _, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.search.chosen import filters_of
from loype.search.saved.actions import (
    LONGEST_NAME,
    MOST_SAVED,
    rename_search,
    save_search,
    stop_search,
)
from loype.search.saved.models import SavedSearch
from loype.web.search.asking import Question, read_question, written
from loype.web.search.presenters import Value, chips_of
from loype.web.search.views import names_of
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render


class NameForm(forms.Form):
    """What a saved search is called."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME)


@dataclass(frozen=True)
class Kept:
    """A saved search in the list, with what it is narrowed to."""

    saved: SavedSearch
    url: str
    chips: list[Value]
    form: NameForm


@login_required
@require_POST
def search_save(request: HttpRequest) -> HttpResponse:
    """Keep the search, to be told when something new turns up."""
    question = read_question(request.POST)
    save_search(
        asked=question.asked,
        filters=question.filters,
        language=get_language() or "",
        actor=actor_of(request),
        at=now(),
    )
    say(request, _("Kept. You are told when something new turns up; it is looked for each night."))
    return redirect(question.at(1))


@login_required
@require_safe
def saved_search_list(request: HttpRequest) -> HttpResponse:
    """One's own saved searches, the newest first."""
    return show_list(request)


def show_list(
    request: HttpRequest, *, returned: tuple[int, NameForm] | None = None, status: int = 200
) -> HttpResponse:
    """The list, with a form that came back where there is one."""
    actor = actor_of(request)
    rows = list(SavedSearch.objects.visible_to(actor).defer("known").order_by("-pk"))
    context = {
        "rows": kept_of(rows, actor=actor, returned=returned),
        "most": MOST_SAVED,
    }
    return render(request, "search/saved.html", context, status=status)


def kept_of(
    rows: list[SavedSearch], *, actor: Actor, returned: tuple[int, NameForm] | None
) -> list[Kept]:
    """Saved searches with the words of what they are narrowed to."""
    wanted = {int(one) for saved in rows for one in saved.narrowed.get("organisation", [])}
    names = names_of(wanted, actor=actor)
    return [
        Kept(
            saved=saved,
            url=written(saved.asked, saved.narrowed),
            chips=chips_of(
                Question(saved.asked, filters_of(saved.narrowed)),
                names=names, language=get_language() or "en",
            ),
            form=returned[1]
            if returned and returned[0] == saved.pk
            else NameForm(initial={"name": saved.name}, auto_id=f"name-{saved.pk}-%s"),
        )
        for saved in rows
    ]  # fmt: skip


def load(request: HttpRequest, saved_id: int) -> SavedSearch:
    """A saved search of one's own; 404 for any other."""
    rows = SavedSearch.objects.visible_to(actor_of(request)).defer("known")
    saved: SavedSearch = get_object_or_404(rows, pk=saved_id)
    return saved


@login_required
@require_safe
def saved_search(request: HttpRequest, saved_id: int) -> HttpResponse:
    """Search for it again."""
    saved = load(request, saved_id)
    return redirect(written(saved.asked, saved.narrowed))


@login_required
@require_POST
def saved_search_rename(request: HttpRequest, saved_id: int) -> HttpResponse:
    """Call a saved search something else."""
    saved = load(request, saved_id)
    form = NameForm(request.POST, auto_id=f"name-{saved_id}-%s")
    if not carried_out(form, lambda facts: rename_search(saved, actor=actor_of(request), **facts)):
        return show_list(request, returned=(saved_id, form), status=422)
    say(request, _("Renamed."))
    return redirect("saved_search_list")


@login_required
@require_POST
def saved_search_stop(request: HttpRequest, saved_id: int) -> HttpResponse:
    """No longer hear of it."""
    stop_search(load(request, saved_id), actor=actor_of(request))
    say(request, _("Stopped. You are no longer told about it."))
    return redirect("saved_search_list")
