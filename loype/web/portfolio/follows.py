"""Hearing what happens to an activity."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loype.news.following import follow_activity, unfollow_activity
from loype.portfolio.models import Activity
from loype.web.shared.acting import actor_of
from loype.web.shared.middleware import say


def _activity(request: HttpRequest, activity_id: int) -> Activity:
    readable = Activity.objects.visible_to(actor_of(request))
    activity: Activity = get_object_or_404(readable, pk=activity_id)
    return activity


def _back(activity_id: int) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('activity_page', args=[activity_id])}#follow")


@login_required
@require_POST
def activity_follow(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Hear what happens."""
    follow_activity(_activity(request, activity_id), actor=actor_of(request))
    say(request, _("You hear what happens with it."))
    return _back(activity_id)


@login_required
@require_POST
def activity_unfollow(request: HttpRequest, activity_id: int) -> HttpResponse:
    """No longer hear of it."""
    unfollow_activity(_activity(request, activity_id), actor=actor_of(request))
    say(request, _("You no longer hear of it."))
    return _back(activity_id)
