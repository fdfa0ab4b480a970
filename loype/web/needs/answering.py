"""Answering a pair, and linking two ideas by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from loype.ideas.models import Idea
from loype.kernel.clock import now
from loype.kernel.errors import BadInput, WrongMoment
from loype.organisations.actor import Actor
from loype.search.models import SameNeed
from loype.search.needs.actions import (
    confirm_pair,
    dismiss_pair,
    link_ideas,
    merge_pair,
    take_back_answer,
)
from loype.search.needs.labels import Relation
from loype.web.needs.views import load_pair
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import asks_for_part, render
from loype.web.shared.words import titled

LONGEST_REASON = 2_000
LONGEST_BACK = 300


class AnswerForm(forms.Form):
    """What is said of a pair; which button was pressed says the act."""

    act = forms.ChoiceField(
        choices=[(act, act) for act in ("confirm", "dismiss", "link", "merge", "take_back")]
    )
    version = forms.IntegerField()
    reason = forms.CharField(required=False, max_length=LONGEST_REASON)
    relation = forms.CharField(required=False, max_length=20)


@login_required
@require_POST
def need_answer(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Confirm, dismiss, link, merge, or take an answer back."""
    actor = actor_of(request)
    pair = get_object_or_404(SameNeed.objects.visible_to(actor).with_ideas(), pk=pair_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _unusable(request, pair_id, form)
    try:
        said = _carry_out(pair, form.cleaned_data, actor=actor)
    except (BadInput, WrongMoment) as refusal:
        return _again(request, pair_id, refusal, said=form.cleaned_data)
    if asks_for_part(request) and SameNeed.objects.visible_to(actor).filter(pk=pair_id).exists():
        row = load_pair(request, pair_id, is_news=True)
        return _part(request, row, status=200)
    say(request, said)
    return _back(request, pair_id)


def _unusable(request: HttpRequest, pair_id: int, form: AnswerForm) -> HttpResponse:
    """A reason that is too long comes back; an act that we never offered does not exist."""
    if {"act", "version"} & form.errors.keys():
        raise Http404
    problems = {name: str(said[0]) for name, said in form.errors.items()}
    typed = {name: request.POST.get(name, "") for name in form.fields}
    return _again(request, pair_id, BadInput(problems), said=typed)


def _carry_out(pair: SameNeed, said: dict[str, Any], *, actor: Actor) -> str:
    """Do what was asked; gives what to tell about it."""
    common: dict[str, Any] = {"actor": actor, "at": now(), "version": said["version"]}
    reason = said["reason"]
    if said["act"] == "link":
        relation, _dash, turned = said["relation"].partition("-")
        sides = (pair.idea_b, pair.idea_a) if turned else (pair.idea_a, pair.idea_b)
        link_ideas(*sides, relation=relation, reason=reason, **common)
        return _("They are linked.")
    acts: dict[str, tuple[Callable[..., Any], dict[str, Any], str]] = {
        "confirm": (confirm_pair, {"reason": reason}, _("Noted as the same need.")),
        "dismiss": (dismiss_pair, {"reason": reason}, _("Noted. Nobody is asked again.")),
        "merge": (merge_pair, {"reasons": reason}, _("Decided: the two are one idea now.")),
        "take_back": (take_back_answer, {}, _("The answer is taken back.")),
    }
    verb, more, told = acts[said["act"]]
    verb(pair, **more, **common)
    return told


def _again(
    request: HttpRequest, pair_id: int, refusal: BadInput | WrongMoment, *, said: dict[str, Any]
) -> HttpResponse:
    """The pair once more, with what stopped it and everything that was typed."""
    row = load_pair(request, pair_id, error=str(refusal), fields=said)
    if asks_for_part(request):
        return _part(request, row, status=refusal.status)
    return render(request, "needs/pair.html", {"row": row}, status=refusal.status)


def _part(request: HttpRequest, row: Any, *, status: int) -> HttpResponse:
    context = {"row": row, "back": _query(request)}
    return render(request, "needs/card.html", context, status=status)


def _query(request: HttpRequest) -> str:
    return request.POST.get("back", "")[:LONGEST_BACK]


def _back(request: HttpRequest, pair_id: int) -> HttpResponseRedirect:
    """To the list as it was, or to the pair's own page."""
    if "back" in request.POST:
        query = QueryDict(_query(request)).urlencode()
        return HttpResponseRedirect(f"{reverse('need_list')}?{query}" if query else
                                    reverse("need_list"))  # fmt: skip
    found = SameNeed.objects.visible_to(actor_of(request)).filter(pk=pair_id).exists()
    return redirect("need_pair", pair_id) if found else redirect("need_list")


class LinkForm(forms.Form):
    """Two ideas by their case numbers, and how the first stands to the second."""

    one = forms.CharField(label=gettext_lazy("Case number of the first"), max_length=30)
    relation = forms.ChoiceField(
        label=gettext_lazy("What the first is to the second"), choices=titled(Relation.choices)
    )
    other = forms.CharField(label=gettext_lazy("Case number of the second"), max_length=30)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3, "class": "ds-input"}),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def need_link(request: HttpRequest) -> HttpResponse:
    """Link any two ideas one may read, whether or not they were found to be alike."""
    form = LinkForm(request.POST if request.method == "POST" else None,
                    initial={"one": request.GET.get("one", "")[:30]})  # fmt: skip
    made: list[SameNeed] = []
    actor = actor_of(request)
    if request.method == "POST" and carried_out(
        form, lambda said: made.append(_link(said, actor=actor))
    ):
        say(request, _("They are linked."))
        return redirect("need_pair", made[0].pk)
    status = 422 if form.is_bound else 200
    return render(request, "needs/link.html", {"form": form}, status=status)


def _link(said: dict[str, Any], *, actor: Actor) -> SameNeed:
    ideas = {name: _numbered(said[name], actor=actor) for name in ("one", "other")}
    nowhere = _("There is no idea with this number that you may see.")
    missing = {name: nowhere for name, idea in ideas.items() if idea is None}
    if missing:
        raise BadInput(missing)
    one, other = ideas["one"], ideas["other"]
    assert one is not None
    assert other is not None
    return link_ideas(
        one, other, relation=said["relation"], reason=said["reason"], actor=actor, at=now()
    )


def _numbered(number: str, *, actor: Actor) -> Idea | None:
    wanted = number.strip()
    found = Idea.objects.visible_to(actor).filter(case_number__in=[wanted, wanted.upper()])
    return found.select_related("organisation").first()
