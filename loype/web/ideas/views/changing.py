"""Changing an idea: its words, who may read it, who writes it, and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from loype.ideas.actions import add_co_author, change_visibility, edit_idea, remove_co_author
from loype.ideas.rules import can_withdraw_idea
from loype.ideas.states import OPEN_FOR_EDIT
from loype.kernel.clock import now
from loype.kernel.errors import BadInput, NotAllowed, Stale
from loype.kernel.words import clean_line
from loype.organisations.models import Membership, Unit
from loype.trail.handovers import withdraw
from loype.web.ideas.forms import (
    CoAuthorForm,
    CommentForm,
    DetailsForm,
    EditForm,
    VisibilityForm,
    WithdrawForm,
    blame,
)
from loype.web.ideas.loading import actor_of, as_id, find_idea, load_own_idea, unit_choices
from loype.web.ideas.presenters import comment_kinds
from loype.web.ideas.views.reading import show_idea
from loype.web.shared.middleware import say
from loype.web.shared.render import render


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def idea_edit(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Change the idea until it is taken up; after that add to it."""
    idea = load_own_idea(request, idea_id)
    if idea.state not in OPEN_FOR_EDIT:
        return _addition_instead(request, idea)
    units = unit_choices(request, idea.organisation_id)
    kind = DetailsForm if request.POST.get("part") == "details" else EditForm
    if request.method != "POST":
        return _show(request, idea, EditForm(idea=idea, units=units))
    form = kind(request.POST, idea=idea, units=units)
    if not form.is_valid():
        return _show(request, idea, form, status=422)
    try:
        edit_idea(idea, actor=actor_of(request), at=now(), **_wanted(request, form, idea))
    except Stale as refusal:
        return _show_both(request, idea, form, said=str(refusal))
    except NotAllowed as refusal:  # a co-author lets more people read it: all else stays typed
        form.add_error("visibility", str(refusal))
        return _show(request, idea, form, status=403)
    except BadInput as refusal:
        blame(form, refusal)
        return _show(request, idea, form, status=422)
    say(request, _("Saved."))
    return redirect("idea_page", idea_id=idea.pk)


def _wanted(request: HttpRequest, form: DetailsForm, idea: Any) -> dict[str, Any]:
    """What the form asks for, with the unit as a row."""
    facts = form.wanted()
    if chosen := facts.pop("unit", ""):
        units = Unit.objects.visible_to(actor_of(request)).filter(organisation=idea.organisation_id)
        facts["unit"] = get_object_or_404(units, pk=int(chosen))
    return facts


def _show(
    request: HttpRequest, idea: Any, form: DetailsForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"idea": idea, "form": form, "is_details": not isinstance(form, EditForm), **more}
    return render(request, "ideas/edit.html", context, status=status)


def _show_both(request: HttpRequest, idea: Any, form: DetailsForm, *, said: str) -> HttpResponse:
    """Somebody else was quicker: their text and ours side by side, ours still in the form."""
    newest = load_own_idea(request, idea.pk)
    typed = {name: form.data.get(name, "") for name in form.fields}
    typed |= {"version": newest.version, "keywords": request.POST.getlist("keywords")}
    again = type(form)(typed, idea=newest, units=unit_choices(request, newest.organisation_id))
    again.is_valid()
    return _show(request, newest, again, status=409, newest=newest, said=said)


def _addition_instead(request: HttpRequest, idea: Any) -> HttpResponse:
    """The idea is taken up: what would have been changed is added below it."""
    typed = request.POST.get("text", "")
    form = CommentForm(kinds=comment_kinds(idea, actor=actor_of(request))[:1])
    form.initial = {"text": typed, "kind": "addition"}
    status = 409 if request.method == "POST" else 200
    return render(request, "ideas/addition.html", {"idea": idea, "form": form}, status=status)


@login_required
@require_POST
def idea_withdraw(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Take the idea back."""
    form = WithdrawForm(request.POST, auto_id="withdraw_%s")
    idea = find_idea(request, idea_id)
    if not form.is_valid():
        return show_idea(request, load_own_idea(request, idea_id), status=422, withdraw_form=form)
    reason = form.cleaned_data["reason"]
    withdraw(idea, actor=actor_of(request), at=now(), reason=reason)
    say(request, _("Withdrawn. What was said about it stays, for you to read."))
    return redirect("idea_page", idea_id=idea_id)


@login_required
@require_POST
def idea_visibility(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Let more or fewer people read the idea."""
    idea = find_idea(request, idea_id)
    form = VisibilityForm(request.POST)
    if not form.is_valid():
        raise BadInput({"visibility": _("Choose one from the list.")})
    visibility = form.cleaned_data["visibility"]
    idea = change_visibility(idea, visibility=visibility, actor=actor_of(request), at=now())
    words = _("From now on it can be read by: %(who)s.")
    say(request, words % {"who": idea.get_visibility_display()})
    return redirect("idea_page", idea_id=idea_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def idea_co_authors(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Name a colleague who writes along, or end that."""
    idea = load_own_idea(request, idea_id)
    if request.method != "POST":
        return _show_co_authors(request, idea, CoAuthorForm())
    if leaving := request.POST.get("remove", ""):
        return _remove_co_author(request, idea, leaving=leaving)
    form = CoAuthorForm(request.POST)
    if not form.is_valid():
        return _show_co_authors(request, idea, form, status=422)
    try:
        if not can_withdraw_idea(actor_of(request), idea):
            raise NotAllowed(_("Only the giver names co-authors."))
        person = _colleague(request, idea, named=form.cleaned_data["person"])
        add_co_author(idea, person=person, actor=actor_of(request), at=now())
    except BadInput as refusal:
        blame(form, refusal)
        return _show_co_authors(request, idea, form, status=422)
    say(request, _("%(name)s writes along from now on.") % {"name": person.name})
    return redirect("idea_co_authors", idea_id=idea.pk)


def _colleague(request: HttpRequest, idea: Any, *, named: str) -> Any:
    """The one colleague of that name or e-mail address."""
    spelled = clean_line(named)
    colleagues = (
        Membership.objects.visible_to(actor_of(request))
        .on(localdate())
        .filter(organisation=idea.organisation_id)
        .filter(Q(person__email__iexact=spelled) | Q(person__name__iexact=spelled))
        .exclude(person=idea.giver_id)
        .select_related("person")
    )
    found = {row.person_id: row.person for row in colleagues}
    if len(found) == 1:
        return next(iter(found.values()))
    words = (
        _("Several colleagues have this name. Write the e-mail address instead.")
        if found
        else _("No other colleague has this name or e-mail address.")
    )
    raise BadInput({"person": words})


def _remove_co_author(request: HttpRequest, idea: Any, *, leaving: str) -> HttpResponse:
    authors = idea.co_authors.select_related("person")
    author = get_object_or_404(authors, person=as_id(leaving))
    remove_co_author(idea, person=author.person, actor=actor_of(request), at=now())
    say(request, _("%(name)s no longer writes along.") % {"name": author.person.name})
    own = author.person_id == actor_of(request).person_id
    return redirect("home") if own else redirect("idea_co_authors", idea_id=idea.pk)


def _show_co_authors(
    request: HttpRequest, idea: Any, form: CoAuthorForm, *, status: int = 200
) -> HttpResponse:
    giver = idea.giver_id == actor_of(request).person_id
    context = {"idea": idea, "form": form, "is_giver": giver, "reader": actor_of(request).person_id}
    return render(request, "ideas/co_authors.html", context, status=status)
