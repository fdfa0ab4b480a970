"""Handing an idea in: the form, what is like it, and the receipt."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loype.ideas.actions import draft_idea
from loype.kernel.calendar import day_in
from loype.kernel.clock import now
from loype.kernel.errors import BadInput
from loype.organisations.models import Organisation
from loype.search.asking import LONGEST
from loype.search.hints import ask_for_contact, hints
from loype.trail.clocks.targets import targets_from
from loype.trail.handovers import hand_in, idea_to_council
from loype.trail.standing import promised_days, waiting_of
from loype.web.ideas.forms import (
    CoAuthorForm,
    DetailsForm,
    FileForm,
    HandInForm,
    blame,
    new_form_key,
)
from loype.web.ideas.loading import actor_of, as_id, find_idea, load_own_idea, unit_choices
from loype.web.shared.likeness import alike, own_trail, said_of, spoken
from loype.web.shared.middleware import say
from loype.web.shared.render import asks_for_part, render
from loype.web.shared.reuse import ReuseForm, kept_answer, words_of

FEWEST_TYPED = 12  # signs, before what others have is looked for while one types
LONGEST_NOTE = 500


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def idea_new(request: HttpRequest) -> HttpResponse:
    """Three choices, a few words, send."""
    home = actor_of(request).acting_organisation_id
    act = request.POST.get("act", "")
    if request.method != "POST" or act == "begin":
        facts = _first_facts(request, home=home)
        return _show(request, _form(request, facts), asked=facts["text"])
    form = _form(request, request.POST, is_sent=True)
    if act == "similar":
        asked = request.POST.get("text", "")
        return _show(request, _form(request, _typed(request)), asked=asked)
    if act == "draft":
        form.fields["kind"].required = False
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        idea = _keep(request, form, home=home)
    except BadInput as refusal:
        blame(form, refusal)
        return _show(request, form, status=422)
    if idea.state == "draft":
        say(request, _("Kept as a draft. Only you see it until you send it."))
        return redirect("idea_page", idea_id=idea.pk)
    return redirect("idea_receipt", idea_id=idea.pk)


def _keep(request: HttpRequest, form: HandInForm, *, home: int) -> Any:
    """Hand the idea in, or keep it as a draft."""
    facts = form.cleaned_data
    actor = actor_of(request)
    verb = draft_idea if request.POST.get("act") == "draft" else hand_in
    organisation = get_object_or_404(
        Organisation.objects.visible_to(actor), pk=facts.get("organisation") or home
    )
    return verb(
        organisation=organisation,
        text=facts["text"],
        kind=facts["kind"] or "idea",
        form_key=str(facts["form_key"] or ""),
        actor=actor,
        at=now(),
    )


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What was typed so far, to be shown again without judging it."""
    return {name: request.POST.get(name, "") for name in HandInForm.base_fields}


def _first_facts(request: HttpRequest, *, home: int) -> dict[str, Any]:
    """What the home page's box or a link brought along."""
    brought = request.POST if request.method == "POST" else request.GET
    return {
        "text": brought.get("text", ""),
        "kind": brought.get("kind", ""),
        "organisation": home,
        "form_key": new_form_key(),
    }


def _form(request: HttpRequest, facts: Any, *, is_sent: bool = False) -> HandInForm:
    roles = actor_of(request).roles_held
    held: dict[int, Any] = {role.organisation_id: role.organisation_name for role in roles}
    given: dict[str, Any] = {"data": facts} if is_sent else {"initial": facts}
    places = [(str(place), name) for place, name in held.items()]
    return HandInForm(places=places, similar_url=reverse("idea_similar"), **given)


def _show(
    request: HttpRequest, form: HandInForm, *, asked: str = "", status: int = 200
) -> HttpResponse:
    context = {"form": form, **(_similar(request, asked) if asked.strip() else {})}
    return render(request, "ideas/new.html", context, status=status)


def _similar(
    request: HttpRequest, text: str, *, idea_id: int = 0, fewest: int = 1
) -> dict[str, Any]:
    """What others have that is like some words; words half written go along as a note."""
    actor, text = actor_of(request), text[:LONGEST].replace("\x00", "").strip()
    if len(text) < fewest:
        return {"asked": text, "alike": []}
    own = own_trail(idea_id, actor=actor) if idea_id else ()
    found = alike(text, actor=actor, idea_id=idea_id, own=own)
    unseen = () if idea_id else hints(text, actor=actor, language=spoken())
    return {
        "asked": text,
        "alike": found,
        "hints": unseen,
        "said": said_of(found)
        or (_("An organisation you work with has something like this.") if unseen else ""),
        "nothing": "" if found or unseen else _("Nothing like it so far: yours may be the first."),
        "note": "" if idea_id else text[:LONGEST_NOTE],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def idea_similar(request: HttpRequest) -> HttpResponse:
    """What others have that resembles some words.

    Half-written words come by POST, so that they stand in no log of addresses.
    """
    asked = request.POST if request.method == "POST" else request.GET
    known = as_id(asked.get("exclude", ""))
    typing = asks_for_part(request) and not known
    fewest = FEWEST_TYPED if typing else 1
    context = _similar(request, asked.get("text", ""), idea_id=known, fewest=fewest)
    return render(request, "ideas/similar.html", context, part="similar")


@login_required
@require_POST
def idea_contact(request: HttpRequest) -> HttpResponse:
    """Ask an organisation that has something like it for contact; only now it reads the words."""
    actor, text = actor_of(request), request.POST.get("text", "")
    organisations = Organisation.objects.visible_to(actor)
    organisation = get_object_or_404(organisations, pk=as_id(request.POST.get("owner", "")))
    ask_for_contact(organisation, words=text, actor=actor, at=now(), language=spoken())
    words = _("%(organisation)s is told who you are and what you wrote.")
    said = words % {"organisation": organisation.name}
    if asks_for_part(request):
        return render(request, "ideas/contact_asked.html", {"said": said})
    say(request, said)
    facts = _first_facts(request, home=actor.acting_organisation_id)
    return _show(request, _form(request, facts), asked=text)


@login_required
@require_safe
def idea_receipt(request: HttpRequest, idea_id: int) -> HttpResponse:
    """The case number, what happens next and by when; then what may be added."""
    idea = load_own_idea(request, idea_id)
    if idea.submitted_at is None:
        return redirect("idea_page", idea_id=idea.pk)
    actor, case = actor_of(request), getattr(idea, "case", None)
    home = idea.organisation
    begun = day_in(case.waiting_since if case else idea.submitted_at, home.time_zone)
    units = unit_choices(request, idea.organisation_id)
    context = {
        "idea": idea,
        "promise": promised_days(
            home,
            handed_in=begun,
            targets=targets_from(idea.own_targets, organisation=home),
        ),
        "waiting": waiting_of(idea, actor=actor, day=localdate(), shows_names=True),
        "details": DetailsForm(idea=idea, units=units),
        "file_form": FileForm(),
        "co_author_form": CoAuthorForm(),
        "files": list(idea.files.filter(removed_at=None).select_related("file")),
        "is_giver": idea.giver_id == actor.person_id,
        "reuse": kept_answer(idea),
        **_others(request, idea),
    }
    return render(request, "ideas/receipt.html", context)


def _others(request: HttpRequest, idea: Any) -> dict[str, Any]:
    """What others have that is like the idea that was sent: nothing is lost by sending it."""
    found = alike(words_of(idea), actor=actor_of(request), idea_id=idea.pk, language=idea.language)
    return {"alike": found, "is_sent": True, "reuse_form": ReuseForm()}


@login_required
@require_POST
def idea_submit(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Send a draft, or a returned idea anew."""
    idea_to_council(find_idea(request, idea_id), actor=actor_of(request), at=now())
    return redirect("idea_receipt", idea_id=idea_id)
