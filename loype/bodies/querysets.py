"""What may be asked of bodies and meetings at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from loype.bodies.models import Body, Meeting, Seat, Term  # noqa: F401
    from loype.organisations.actor import Actor


class BodyQuerySet(models.QuerySet["Body"]):
    """Bodies."""

    def visible_to(self, actor: Actor) -> Self:
        """Who sits on a council is seen by its organisation and those it works with."""
        if actor.is_house:
            return self
        return self.filter(organisation__in=sorted(actor.neighbour_ids | actor.organisation_ids))

    def active(self) -> Self:
        """Bodies that work now."""
        return self.filter(state="active")


class SeatQuerySet(models.QuerySet["Seat"]):
    """Seats."""

    def visible_to(self, actor: Actor) -> Self:
        """The seats of a council are seen by those who see the council."""
        if actor.is_house:
            return self
        seen = sorted(actor.neighbour_ids | actor.organisation_ids)
        return self.filter(body__organisation__in=seen)

    def standing(self) -> Self:
        """Seats that were not taken away."""
        return self.filter(closed_date=None)


class TermQuerySet(models.QuerySet["Term"]):
    """Who holds seats."""

    def visible_to(self, actor: Actor) -> Self:
        """Who sits on a council is seen by those who see the council."""
        if actor.is_house:
            return self
        seen = sorted(actor.neighbour_ids | actor.organisation_ids)
        return self.filter(seat__body__organisation__in=seen)

    def on_or_after(self, day: date) -> Self:
        """Those that hold a seat on a day or will later."""
        return self.filter(Q(to_date=None) | Q(to_date__gte=day))


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings."""

    def visible_to(self, actor: Actor) -> Self:
        """When the council meets is known in its organisation and to those who sit on it."""
        if actor.is_house:
            return self
        return self.filter(organisation__in=sorted(actor.organisation_ids | actor.council_room_ids))

    def coming(self, at: datetime) -> Self:
        """Meetings ahead, nearest first."""
        return self.filter(starts_at__gte=at, state__in=("planned", "called"))

    def unfinished(self) -> Self:
        """Meetings ahead, under way, or whose minutes are not approved yet; nearest first."""
        return self.filter(state__in=("planned", "called", "held")).order_by("starts_at", "id")

    def open_for_cases(self) -> Self:
        """Meetings whose agenda may still change."""
        return self.filter(state__in=("planned", "called")).order_by("starts_at", "id")
