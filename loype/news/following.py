"""Being told what happens to an activity; ideas have this of their own."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from loype.ideas.models import Follow
from loype.kernel.errors import NotFound
from loype.news.models import ActivityFollow
from loype.organisations.actor import Actor
from loype.portfolio.models import Activity
from loype.portfolio.querysets import ActivityQuerySet


def follow_activity(activity: Activity, *, actor: Actor) -> None:
    """Be told what happens to the activity; one must be allowed to read it."""
    person = actor.signed_in_id
    if not Activity.objects.visible_to(actor).filter(pk=activity.pk).exists():
        raise NotFound(_("There is no such activity."))
    ActivityFollow.objects.get_or_create(activity=activity, person_id=person)


def unfollow_activity(activity: Activity, *, actor: Actor) -> None:
    """No longer be told."""
    ActivityFollow.objects.filter(activity=activity, person_id=actor.signed_in_id).delete()


def with_follow(activities: ActivityQuerySet, *, actor: Actor) -> ActivityQuerySet:
    """Each with `is_followed` and `idea_is_followed`: how the reader hears of it."""
    mine = {"person": actor.person_id or 0}
    told: ActivityQuerySet = activities.annotate(
        is_followed=Exists(ActivityFollow.objects.filter(activity=OuterRef("pk"), **mine)),
        idea_is_followed=Exists(Follow.objects.filter(idea=OuterRef("idea_id"), **mine)),
    )
    return told
