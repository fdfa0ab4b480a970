"""What may be asked of many cases and decisions at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, JSONObject

from loype.bodies.querysets import matters_named
from loype.councils.openness.querysets import is_closed_to_others
from loype.councils.states import OPEN_CASE
from loype.organisations.visibility import readable_by

if TYPE_CHECKING:
    from loype.bodies.querysets import MeetingQuerySet
    from loype.councils.models import (  # noqa: F401
        AgendaItem,
        Case,
        Decision,
        JointInvitation,
    )
    from loype.organisations.actor import Actor
    from loype.organisations.querysets import OrganisationQuerySet


def with_queue(organisations: OrganisationQuerySet) -> OrganisationQuerySet:
    """Each organisation with its active council and how its queue stands, in one statement.

    Adds `council_id`, `council_name` (None without a council), `undecided_count`,
    `without_responsible_count` and `oldest_waiting_since`.
    """
    return organisations.annotate(
        council=FilteredRelation(
            "bodies",
            condition=Q(bodies__state="active", bodies__kind="innovation_council"),
        ),
        undecided=FilteredRelation("cases", condition=Q(cases__state__in=sorted(OPEN_CASE))),
    ).annotate(
        council_id=F("council__id"),
        council_name=F("council__name"),
        undecided_count=Count("undecided"),
        without_responsible_count=Count("undecided", filter=Q(undecided__responsible=None)),
        oldest_waiting_since=Min("undecided__waiting_since"),
    )


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases."""

    def visible_to(self, actor: Actor) -> Self:
        """The council room sees its organisation's cases; responsible and deputy see their own as
        long as they work there."""
        if actor.is_house:
            return self
        mine = Q(pk__in=[])
        if actor.is_signed_in:
            mine = Q(responsible=actor.person_id) | Q(deputy=actor.person_id)
            mine &= Q(organisation__in=sorted(actor.organisation_ids))
        return self.filter(Q(organisation__in=sorted(actor.council_room_ids)) | mine)

    def without_responsible(self) -> Self:
        """Undecided cases that nobody follows up yet."""
        return self.undecided().filter(responsible=None)

    def with_needs_elsewhere(self, *, day: date) -> Self:
        """Each with `told_elsewhere`: the same need before other councils, as far as its own may
        read it on a day, with the invitation from there that one's own said yes to."""
        from loype.councils.models import NeedElsewhere  # noqa: PLC0415  it points at the case

        told = JSONObject(
            id="pk",
            organisation="other__organisation__name",
            title="other__idea__title",
            state="other__idea__state",
            is_seen=ExpressionWrapper(Q(seen_at__isnull=False), BooleanField()),
            invitation_id="yes_id",
        )
        rows = NeedElsewhere.objects.filter(case=OuterRef("pk"), ended_at=None)
        shared = rows.shared(day=day).with_own_yes().order_by("told_at", "pk")
        return self.annotate(told_elsewhere=ArraySubquery(shared.values(told=told)))

    def waiting_for_the_giver(self) -> Self:
        """Cases where the council asked for more and has not been answered."""
        return self.filter(idea__state="needs_information").exclude(state="closed")

    def undecided(self) -> Self:
        """Those that still wait for a decision."""
        return self.filter(state__in=OPEN_CASE)

    def longest_waiting_first(self) -> Self:
        """The order of the queue."""
        return self.order_by("waiting_since", "id")


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Cases on agendas."""

    def visible_to(self, actor: Actor) -> Self:
        """The council room sees the whole agenda; others see what is about ideas they may read."""
        from loype.ideas.models import CoAuthor  # noqa: PLC0415  the models need this class first

        if actor.is_house:
            return self
        # Asked of the joined idea: a list of all readable ideas would be made for each meeting.
        readable = readable_by(
            actor, owner="case__idea__organisation", visibility="case__idea__visibility"
        ) & ~Q(case__idea__state__in=("draft", "withdrawn"))
        if actor.is_signed_in:
            mine = CoAuthor.objects.filter(person=actor.person_id)
            readable |= Q(case__idea__giver=actor.person_id)
            readable |= Q(case__idea__in=mine.values("idea"))
        readable &= Q(case__isnull=False)
        sits_on = sorted({seat.body_id for seat in actor.seats_held})
        rooms = Q(meeting__organisation__in=sorted(actor.council_room_ids))
        return self.filter(rooms | Q(meeting__body__in=sits_on) | readable)

    def with_matters(self, day: date) -> Self:
        """Each with `matters`: what the instruction of its meeting's body names on a day."""
        return self.annotate(matters=matters_named(day, body="meeting__body"))

    def on_agenda(self) -> Self:
        """Those that were not taken off, in order."""
        return self.filter(removed_at=None).order_by("position", "id")


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions."""

    def visible_to(self, actor: Actor) -> Self:
        """A decision is read by whoever may read the idea it is about; of what is withheld the
        full words stay in the organisation and with those who wrote the idea."""
        from loype.ideas.models import CoAuthor  # noqa: PLC0415  the models need this class first

        if actor.is_house:
            return self
        own = sorted(actor.organisation_ids | actor.council_room_ids)
        readable = readable_by(actor, owner="organisation", visibility="case__idea__visibility")
        readable &= Q(organisation__in=own) | Q(~is_closed_to_others())
        if actor.is_signed_in:
            mine = CoAuthor.objects.filter(person=actor.person_id)
            readable |= Q(case__idea__giver=actor.person_id)
            readable |= Q(case__idea__in=mine.values("idea"))
        return self.filter(readable)

    def with_joined(self) -> Self:
        """With what each joins, and `joined_lead`: who leads that, by the terms that hold or, until
        there are any, whoever asked."""
        from loype.councils.models import JointTerms  # noqa: PLC0415  the models need this class

        terms = JointTerms.objects.in_force().filter(
            joint_case__decision=OuterRef("joins__decision")
        )
        return self.select_related("joins__decision__case", "joins__decision__joint_case").annotate(
            joined_lead=Coalesce(
                Subquery(terms.values("lead__name")[:1]),
                F("joins__decision__organisation__name"),
            )
        )


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


def with_agenda(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """Each meeting once for every case on its agenda (once without any), in one statement.

    Adds `item_id`, `item_case_id`, `item_case_state`, `item_title` and `item_language`; no
    `item_id` where nothing lies on it, no `item_case_id` where what lies on it is not a case.
    """
    return (
        meetings.annotate(item=FilteredRelation("items", condition=Q(items__removed_at=None)))
        .annotate(
            item_id=F("item__id"),
            item_case_id=F("item__case_id"),
            item_case_state=F("item__case__state"),
            item_title=Coalesce(F("item__case__idea__title"), F("item__title")),
            item_language=Coalesce(F("item__case__idea__language"), Value("")),
        )
        .order_by("starts_at", "id", "item__position", "item__id")
    )
