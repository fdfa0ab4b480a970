"""Ending a body with what still lies before it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loype.bodies.actions import cancel_meeting, close_council, lock_meeting
from loype.bodies.models import Body, Meeting
from loype.councils.actions.agenda import has_decided, release_agenda
from loype.organisations.actor import HOUSE, Actor


@transaction.atomic
def close_body(body: Body, *, actor: Actor, at: datetime) -> Body:
    """End a body and call off the meetings it will not hold: their cases wait again. A meeting that
    has decided something stays, to be closed with its minutes."""
    body = close_council(body, actor=actor, at=at)
    for meeting in Meeting.objects.filter(body=body).open_for_cases():
        if not has_decided(lock_meeting(meeting)):
            cancel_meeting(meeting, reason=_("Its work has ended."), actor=HOUSE, at=at)
            release_agenda(meeting, at=at)
    return body
