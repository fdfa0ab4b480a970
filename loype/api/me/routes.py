"""Reading and changing one's own account."""

from __future__ import annotations

from loype.accounts.actions import change_settings
from loype.accounts.models import Person
from loype.api.actor import ApiRequest
from loype.api.me.shapes import MeShape, MeWanted, me_shape
from loype.api.operations import changing, reading, room
from loype.kernel.clock import now
from loype.notices.models import Notice

router = room("me")


@router.get("", operation_id="get_me", **reading(MeShape, summary="Who am I?", found=False))
def get_me(request: ApiRequest) -> MeShape:
    """Your name, wishes, roles and seats as they stand today."""
    return _shown(request, request.person)


@router.patch("", operation_id="change_me", **changing(MeShape, summary="Change my settings"))
def change_me(request: ApiRequest, wanted: MeWanted) -> MeShape:
    """Change your name, language, colours or mail wishes."""
    wishes = wanted.model_dump(exclude_none=True)
    person = change_settings(request.person, actor=request.actor, at=now(), **wishes)
    return _shown(request, person)


def _shown(request: ApiRequest, person: Person) -> MeShape:
    unread = Notice.objects.visible_to(request.actor).unread().count()
    return me_shape(person, actor=request.actor, unread=unread)
