"""Setting a body up: its seats, the rules about them, and what a default pack gives."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loype.bodies.actions import (
    add_composition_rule,
    add_seat,
    end_composition_rule,
    hand_over_leading,
)
from loype.bodies.composition import rules_on
from loype.bodies.models import Body, CompositionRule
from loype.bodies.packing import load_pack, packs_for, take_up_pack
from loype.bodies.rules import can_establish_body
from loype.kernel.clock import now
from loype.kernel.errors import NotAllowed
from loype.web.bodies.forms import LeaderForm, PartyForm, RuleForm, SeatForm
from loype.web.bodies.presenters import load_body, rule_words, today
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render


def _load(request: HttpRequest, body_id: int) -> Body:
    """A body one may set up."""
    body = load_body(request, body_id)
    if not can_establish_body(actor_of(request), body.organisation_id):
        raise NotAllowed(_("Only the organisation itself sets up its bodies."))
    return body


@login_required
@require_safe
def body_setup(request: HttpRequest, body_id: int) -> HttpResponse:
    """Everything that is set up by hand."""
    return _show(request, _load(request, body_id))


def _show(request: HttpRequest, body: Body, *, sent: forms.Form | None = None) -> HttpResponse:
    actor = actor_of(request)
    sent_as = {type(sent): sent} if sent is not None else {}
    context: dict[str, Any] = {
        "body": body,
        "rules": [(rule_words(rule), rule) for rule in rules_on(body, day=today())],
        "pack_form": sent_as.get(PartyForm) or _pack_form(request, body),
        "seat_form": sent_as.get(SeatForm) or SeatForm(actor=actor),
        "rule_form": sent_as.get(RuleForm)
        or RuleForm(actor=actor, initial={"from_date": today(), "least": 1}),
        "leader_form": sent_as.get(LeaderForm) or LeaderForm(actor=actor),
        "is_closed": body.state == "closed",
    }
    return render(request, "bodies/setup.html", context, status=422 if sent else 200)


def _pack_form(request: HttpRequest, body: Body, data: Any = None) -> PartyForm | None:
    """Which default packs know this kind of body, and the parties they ask for."""
    packs = packs_for(body.kind)
    if not packs:
        return None
    parties = {one.key: one for pack in packs for one in pack.parties_of(body.kind)}
    return PartyForm(
        data,
        actor=actor_of(request),
        packs=[(pack.name, pack.title) for pack in packs],
        parties=parties.values(),
    )


def _back(body: Body) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("body_setup", args=[body.pk]))


@login_required
@require_POST
def body_seat_add(request: HttpRequest, body_id: int) -> HttpResponse:
    """Add a seat."""
    body, actor = _load(request, body_id), actor_of(request)
    form = SeatForm(request.POST, actor=actor)
    if not carried_out(form, lambda said: add_seat(body, actor=actor, at=now(), **said)):
        return _show(request, body, sent=form)
    say(request, _("The seat is there. Now appoint somebody to it."))
    return HttpResponseRedirect(reverse("body_page", args=[body.pk]))


@login_required
@require_POST
def body_leader(request: HttpRequest, body_id: int) -> HttpResponse:
    """Let the leader come from elsewhere from now on."""
    body, actor = _load(request, body_id), actor_of(request)
    form = LeaderForm(request.POST, actor=actor)
    if not carried_out(form, lambda said: hand_over_leading(body, actor=actor, at=now(), **said)):
        return _show(request, body, sent=form)
    say(request, _("The leader's seat is empty now. Appoint somebody to it."))
    return HttpResponseRedirect(reverse("body_page", args=[body.pk]))


@login_required
@require_POST
def body_rule_add(request: HttpRequest, body_id: int) -> HttpResponse:
    """Add a rule about who sits on the body."""
    body, actor = _load(request, body_id), actor_of(request)
    form = RuleForm(request.POST, actor=actor)
    done = carried_out(form, lambda said: add_composition_rule(body, actor=actor, at=now(), **said))
    if not done:
        return _show(request, body, sent=form)
    say(request, _("The rule is in force from that day."))
    return _back(body)


@login_required
@require_POST
def body_rule_end(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Let a rule hold for the last time today."""
    rules = CompositionRule.objects.visible_to(actor_of(request)).select_related("body")
    rule = get_object_or_404(rules, pk=rule_id)
    end_composition_rule(rule, to_date=today(), actor=actor_of(request), at=now())
    say(request, _("The rule ends today; it stays in the body's history."))
    return _back(rule.body)


@login_required
@require_POST
def body_pack(request: HttpRequest, body_id: int) -> HttpResponse:
    """Give the body what a default pack has and it lacks."""
    body, actor = _load(request, body_id), actor_of(request)
    form = _pack_form(request, body, request.POST)
    if form is None:
        raise NotAllowed(_("No default pack knows such a body."))
    added, given = list[str](), form

    def act(said: dict[str, Any]) -> None:
        pack = load_pack(said["pack"])
        added.extend(take_up_pack(body, pack=pack, parties=given.named, actor=actor, at=now()))

    if not carried_out(form, act):
        return _show(request, body, sent=form)
    words = ", ".join(added)
    say(
        request,
        _("Taken up: %(what)s.") % {"what": words} if words else _("Nothing was missing."),
    )
    return HttpResponseRedirect(reverse("body_page", args=[body.pk]))
