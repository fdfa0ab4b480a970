"""Ending a body with what still lies before it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _, pgettext

from loype.bodies.actions import cancel_meeting, close_council, lock_meeting
from loype.bodies.models import Body, Meeting
from loype.councils.actions.agenda import has_decided, release_agenda
from loype.kernel.errors import WrongMoment
from loype.organisations.actor import HOUSE, Actor


@transaction.atomic
def close_body(body: Body, *, actor: Actor, at: datetime) -> Body:
    """End a body and call off the meetings it will not hold: their cases wait again. What a meeting
    decided is approved first: afterwards nobody could, and it would never be locked."""
    body = close_council(body, actor=actor, at=at)
    for found in Meeting.objects.filter(body=body).unfinished():
        meeting = lock_meeting(found)
        if meeting.state == "held" or has_decided(meeting):
            told = _("The minutes of %(day)s are not approved yet. Approve them before it ends.")
            day = date_format(localdate(meeting.starts_at), pgettext("a date", "j F Y"))
            raise WrongMoment(told % {"day": day})
        cancel_meeting(meeting, reason=_("Its work has ended."), actor=HOUSE, at=at)
        release_agenda(meeting, at=at)
    return body
