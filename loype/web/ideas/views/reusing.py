"""Reuse first: what others have, and whether it is used, adapted, or why none of it fits."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loype.ideas.actions import answer_reuse
from loype.ideas.rules import can_answer_reuse
from loype.kernel.clock import now
from loype.kernel.errors import NotAllowed
from loype.web.ideas.loading import actor_of, load_idea, writer_ids
from loype.web.shared.acting import carried_out
from loype.web.shared.likeness import alike, own_trail
from loype.web.shared.middleware import say
from loype.web.shared.render import render
from loype.web.shared.reuse import ReuseForm, kept_answer, seen_by, words_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def idea_reuse(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Say whether what others have can be used."""
    idea, actor = load_idea(request, idea_id), actor_of(request)
    if not can_answer_reuse(actor, idea, co_author_ids=writer_ids(idea)):
        raise NotAllowed(
            _("Those who wrote the idea answer this while it is open, and its council.")
        )
    kept = kept_answer(idea)
    if request.method != "POST":
        return _show(request, idea, ReuseForm(kept=kept))
    form, seen = ReuseForm(request.POST, kept=kept), seen_by(request)
    if not carried_out(
        form, lambda said: answer_reuse(idea, actor=actor, at=now(), seen=seen, **said)
    ):
        return _show(request, idea, form, status=422)
    say(request, _("Thank you. The council reads your answer."))
    return redirect("idea_page", idea_id=idea_id)


def _show(request: HttpRequest, idea: Any, form: ReuseForm, *, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    found = alike(
        words_of(idea),
        actor=actor,
        idea_id=idea.pk,
        own=own_trail(idea.pk, actor=actor),
        language=idea.language,
    )
    context = {"idea": idea, "form": form, "alike": found, "is_sent": True}
    return render(request, "ideas/reuse.html", context, status=status)
