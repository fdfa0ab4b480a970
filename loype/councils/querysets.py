"""What may be asked of many cases and decisions at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from loype.councils.states import OPEN_CASE
from loype.organisations.visibility import readable_by

if TYPE_CHECKING:
    from loype.councils.models import Case, Decision, JointInvitation  # noqa: F401
    from loype.organisations.actor import Actor


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases."""

    def visible_to(self, actor: Actor) -> Self:
        """The council room sees its organisation's cases; the responsible sees their own."""
        if actor.is_house:
            return self
        mine = Q(responsible=actor.person_id) if actor.is_signed_in else Q(pk__in=[])
        return self.filter(Q(organisation__in=sorted(actor.council_room_ids)) | mine)

    def undecided(self) -> Self:
        """Those that still wait for a decision."""
        return self.filter(state__in=OPEN_CASE)

    def longest_waiting_first(self) -> Self:
        """The order of the queue."""
        return self.order_by("waiting_since", "id")


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions."""

    def visible_to(self, actor: Actor) -> Self:
        """A decision is read by whoever may read the idea it is about."""
        if actor.is_house:
            return self
        readable = readable_by(actor, owner="organisation", visibility="case__idea__visibility")
        if actor.is_signed_in:
            readable |= Q(case__idea__giver=actor.person_id)
        return self.filter(readable)


class JointInvitationQuerySet(models.QuerySet["JointInvitation"]):
    """Invitations to run something together."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen in the room of the council that asks and of the one that is asked."""
        if actor.is_house:
            return self
        rooms = sorted(actor.council_room_ids)
        return self.filter(Q(organisation__in=rooms) | Q(decision__organisation__in=rooms))

    def unanswered(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(answer="")
