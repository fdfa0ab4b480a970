"""What may be asked of bodies and meetings at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce

from loype.organisations.models import Membership

if TYPE_CHECKING:
    from loype.bodies.models import (  # noqa: F401
        Body,
        MandatePoint,
        Meeting,
        Power,
        Seat,
        Term,
    )
    from loype.organisations.actor import Actor


def known_bodies(actor: Actor, *, body: str = "") -> Q:
    """The bodies somebody may know of: near ones, those they sit on, and those of their parties."""
    path = f"{body}__" if body else ""
    near = sorted(actor.neighbour_ids | actor.organisation_ids)
    seen = Q(**{f"{path}organisation__in": near})
    if sits_on := sorted({seat.body_id for seat in actor.seats_held}):
        seen |= Q(**{f"{path}pk__in": sits_on})
    if actor.organisation_ids:
        seats = apps.get_model("bodies", "Seat")._default_manager
        parties = seats.filter(party__in=sorted(actor.organisation_ids))
        seen |= Q(**{f"{path}pk__in": parties.values("body")})
    return seen


def in_force(day: date, *, path: str = "") -> Q:
    """Dated rows that hold on a day."""
    ended = f"{path}to_date"
    return Q(**{f"{path}from_date__lte": day}) & (Q(**{ended: None}) | Q(**{f"{ended}__gte": day}))


def matters_named(day: date, *, body: str = "body") -> ArraySubquery:
    """What the instruction of a body names on a day; `body` leads there from the row."""
    powers = apps.get_model("bodies", "Power")._default_manager
    named = powers.filter(in_force(day, path="instruction__"), instruction__body=OuterRef(body))
    return ArraySubquery(named.order_by("matter").values("matter").distinct())


class BodyQuerySet(models.QuerySet["Body"]):
    """Bodies."""

    def visible_to(self, actor: Actor) -> Self:
        """Who sits on a council is seen by its organisation and those it works with."""
        if actor.is_house:
            return self
        return self.filter(known_bodies(actor))

    def councils(self) -> Self:
        """Innovation councils, the bodies that decide cases."""
        return self.filter(kind="innovation_council")

    def active(self) -> Self:
        """Bodies that work now."""
        return self.filter(state="active")


class SeatQuerySet(models.QuerySet["Seat"]):
    """Seats."""

    def visible_to(self, actor: Actor) -> Self:
        """The seats of a council are seen by those who see the council."""
        if actor.is_house:
            return self
        return self.filter(known_bodies(actor, body="body"))

    def standing_on(self, day: date) -> Self:
        """Seats that were there on a day."""
        return self.filter(
            Q(from_date=None) | Q(from_date__lte=day), Q(closed_date=None) | Q(closed_date__gt=day)
        )

    def held_on(self, day: date) -> Self:
        """Seats whose member somebody was on a day; a deputy alone does not hold a seat."""
        terms = apps.get_model("bodies", "Term")._default_manager
        held = terms.filter(in_force(day), is_deputy=False).at_work(day)
        return self.standing_on(day).filter(pk__in=held.values("seat"))

    def standing(self) -> Self:
        """Seats that were not taken away."""
        return self.filter(closed_date=None)


class TermQuerySet(models.QuerySet["Term"]):
    """Who holds seats."""

    def visible_to(self, actor: Actor) -> Self:
        """Who sits on a council is seen by those who see the council."""
        if actor.is_house:
            return self
        return self.filter(known_bodies(actor, body="seat__body"))

    def on(self, day: date) -> Self:
        """Those that hold a seat on a day."""
        return self.filter(in_force(day))

    def on_or_after(self, day: date) -> Self:
        """Those that hold a seat on a day or will later."""
        return self.filter(Q(to_date=None) | Q(to_date__gte=day))

    def with_work(self, day: date) -> Self:
        """Each with `is_at_work`: whether the person still works, on a day, where the seat comes
        from. Who has left holds the seat on paper only."""
        of_federation = When(
            seat__kind="federation", then=F("seat__body__federation__coordinator_id")
        )
        own = Coalesce("seat__party_id", "seat__body__organisation_id")
        roles = Membership.objects.on(day).filter(
            person=OuterRef("person"), organisation=OuterRef("home")
        )
        return self.annotate(home=Case(of_federation, default=own)).annotate(
            is_at_work=Exists(roles)
        )

    def at_work(self, day: date) -> Self:
        """Those of people who still work, on a day, where the seat comes from."""
        return self.with_work(day).filter(is_at_work=True)


class OfBodyQuerySet(models.QuerySet[Any]):
    """What a body goes by: its papers and the rules about who sits on it."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen by those who see the body."""
        return self if actor.is_house else self.filter(known_bodies(actor, body="body"))

    def on(self, day: date) -> Self:
        """Those in force on a day."""
        return self.filter(in_force(day))


class WithinBodyQuerySet(models.QuerySet[Any]):
    """What a body has before it: seen in its organisation and by those who sit on it."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen in the body's organisation and by those who sit on the body."""
        if actor.is_house:
            return self
        sits_on = sorted({seat.body_id for seat in actor.seats_held})
        return self.filter(
            Q(body__organisation__in=sorted(actor.organisation_ids)) | Q(body__in=sits_on)
        )


class MandatePointQuerySet(models.QuerySet["MandatePoint"]):
    """Points of mandates."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen by those who see the body."""
        return self if actor.is_house else self.filter(known_bodies(actor, body="mandate__body"))


class PowerQuerySet(models.QuerySet["Power"]):
    """Lines that say who may decide what."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen by those who see the body."""
        if actor.is_house:
            return self
        return self.filter(
            known_bodies(actor, body="instruction__body") | known_bodies(actor, body="rules__body")
        )


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings."""

    def visible_to(self, actor: Actor) -> Self:
        """When the council meets is known in its organisation and to those who sit on it."""
        if actor.is_house:
            return self
        sits_on = sorted({seat.body_id for seat in actor.seats_held})
        return self.filter(
            Q(organisation__in=sorted(actor.organisation_ids | actor.council_room_ids))
            | Q(body__in=sits_on)
        )

    def entered_by(self, actor: Actor) -> Self:
        """Those whose papers, votes and minutes one may read: the council room those of its
        organisation, whoever sits on a body that body's own."""
        if actor.is_house:
            return self
        sits_on = sorted({seat.body_id for seat in actor.seats_held})
        rooms = Q(organisation__in=sorted(actor.council_room_ids))
        return self.filter(rooms | Q(body__in=sits_on))

    def with_matters(self, day: date) -> Self:
        """Each with `matters`: what the instruction of its body names on a day."""
        return self.annotate(matters=matters_named(day))

    def coming(self, at: datetime) -> Self:
        """Meetings ahead, nearest first."""
        return self.filter(starts_at__gte=at, state__in=("planned", "called"))

    def left_open(self, day: date) -> Self:
        """Meetings whose day has passed and that nobody has closed or called off; oldest first."""
        past = Q(answer_by=None, starts_at__date__lt=day) | Q(answer_by__lt=day)
        return self.open_for_cases().filter(past)

    def unfinished(self) -> Self:
        """Meetings ahead, under way, or whose minutes are not approved yet; nearest first."""
        return self.filter(state__in=("planned", "called", "held")).order_by("starts_at", "id")

    def open_for_cases(self) -> Self:
        """Meetings whose agenda may still change."""
        return self.filter(state__in=("planned", "called")).order_by("starts_at", "id")
