"""Hearing what happens to an activity."""

from __future__ import annotations

from ninja.responses import Status

from loype.api.actor import ApiRequest
from loype.api.operations import DONE, changing, room
from loype.api.portfolio.routes import visible
from loype.api.shapes import Id
from loype.news.following import follow_activity, unfollow_activity

router = room("portfolio")


@router.put(
    "/{activity_id}/follow",
    operation_id="follow_activity",
    **changing(None, summary="Be told what happens to an activity"),
)
def follow(request: ApiRequest, activity_id: Id) -> Status[None]:
    """No harm if you follow it already."""
    follow_activity(visible(request, activity_id), actor=request.actor)
    return DONE


@router.delete(
    "/{activity_id}/follow",
    operation_id="unfollow_activity",
    **changing(None, summary="No longer be told"),
)
def unfollow(request: ApiRequest, activity_id: Id) -> Status[None]:
    """No harm if you did not follow it."""
    unfollow_activity(visible(request, activity_id), actor=request.actor)
    return DONE
