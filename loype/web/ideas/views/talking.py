"""Supporting, following and talking about an idea."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loype.ideas.actions import (
    comment_on_idea,
    follow_idea,
    remove_comment,
    support_idea,
    take_back_support,
    unfollow_idea,
)
from loype.ideas.labels import CommentKind
from loype.ideas.models import Comment
from loype.kernel.clock import now
from loype.kernel.errors import BadInput
from loype.trail.handovers import give_information
from loype.web.ideas.forms import CommentForm, SupportForm, blame
from loype.web.ideas.loading import actor_of, find_idea, load_idea
from loype.web.ideas.presenters import comment_kinds
from loype.web.ideas.views.reading import show_idea
from loype.web.shared.middleware import say


def back_to(idea_id: int, place: str) -> HttpResponse:
    """The idea's page, at the place where the reader was."""
    return HttpResponseRedirect(f"{reverse('idea_page', args=[idea_id])}#{place}")


@login_required
@require_POST
def idea_support(request: HttpRequest, idea_id: int) -> HttpResponse:
    """We have this too."""
    form = SupportForm(request.POST, auto_id="support_%s")
    idea = find_idea(request, idea_id)
    if form.is_valid():
        try:
            support_idea(idea, actor=actor_of(request), at=now(), **form.cleaned_data)
        except BadInput as refusal:
            blame(form, refusal)
    if form.errors:
        return show_idea(request, load_idea(request, idea_id), status=422, support_form=form)
    say(request, _("Thank you. It counts: you have this too."))
    return back_to(idea_id, "support")


@login_required
@require_POST
def idea_unsupport(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Take the support back."""
    take_back_support(find_idea(request, idea_id), actor=actor_of(request), at=now())
    say(request, _("Your support is taken back."))
    return back_to(idea_id, "support")


@login_required
@require_POST
def idea_follow(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Hear what happens."""
    follow_idea(find_idea(request, idea_id), actor=actor_of(request))
    say(request, _("You hear what happens with it."))
    return back_to(idea_id, "support")


@login_required
@require_POST
def idea_unfollow(request: HttpRequest, idea_id: int) -> HttpResponse:
    """No longer hear of it."""
    unfollow_idea(find_idea(request, idea_id), actor=actor_of(request))
    say(request, _("You no longer hear of it."))
    return back_to(idea_id, "support")


@login_required
@require_POST
def idea_comment(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Say something under the idea, ask its giver, or add to one's own."""
    idea, actor = load_idea(request, idea_id), actor_of(request)
    kinds = comment_kinds(idea, actor=actor)
    form = CommentForm(request.POST, kinds=kinds, auto_id="comment_%s")
    if form.is_valid():
        text, kind = form.cleaned_data["text"], form.cleaned_data["kind"] or kinds[0][0]
        try:
            if kind == CommentKind.ADDITION:
                give_information(idea, text=text, actor=actor, at=now())
            else:
                comment_on_idea(idea, text=text, kind=kind, actor=actor, at=now())
        except BadInput as refusal:
            blame(form, refusal)
    if form.errors:
        return show_idea(request, load_idea(request, idea_id), status=422, comment_form=form)
    say(request, _("Your words stand below the idea."))
    return back_to(idea_id, "conversation")


@login_required
@require_POST
def idea_comment_remove(request: HttpRequest, idea_id: int, comment_id: int) -> HttpResponse:
    """Take one's own words away."""
    comments = Comment.objects.visible_to(actor_of(request)).select_related("idea")
    comment = get_object_or_404(comments, pk=comment_id, idea=idea_id)
    remove_comment(comment, actor=actor_of(request), at=now())
    say(request, _("The words are taken away."))
    return back_to(idea_id, "conversation")
