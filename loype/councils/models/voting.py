"""Who may not take part, what is proposed, and how each seat votes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loype.bodies.models import MeetingCall
from loype.councils.meeting_labels import Choice, ProposalKind, ProposalOutcome, SettledBy
from loype.councils.models.agenda import AgendaItem


class Interest(models.Model):
    """A member's own interest in an item: they neither vote nor count; a deputy may stand in."""

    history_kind = "interest"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="interests")
    call = models.ForeignKey(MeetingCall, on_delete=models.PROTECT, related_name="interests")
    reason = models.TextField(_("reason"))
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                "item", "call", condition=Q(withdrawn_at=None), name="interest_declared_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="interest_gives_its_reason"),
        ]

    def __str__(self) -> str:
        return f"call {self.call_id} in item {self.item_id}"


class Proposal(models.Model):
    """What is put to the members about an item, and what became of it."""

    history_kind = "proposal"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(
        max_length=10, choices=ProposalKind.choices, default=ProposalKind.PROPOSAL
    )
    text = models.TextField(_("proposal"))
    by = models.ForeignKey(MeetingCall, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=ProposalOutcome.choices, blank=True)
    settled_by = models.CharField(max_length=12, choices=SettledBy.choices, blank=True)
    settled_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-kind", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="proposal_says_something"),
            models.CheckConstraint(
                condition=Q(outcome="", settled_by="", settled_at__isnull=True)
                | Q(outcome="withdrawn", settled_by="", settled_at__isnull=False)
                | Q(outcome__in=("adopted", "rejected"), settled_at__isnull=False)
                & ~Q(settled_by=""),
                name="proposal_settled_somehow",
            ),
            models.CheckConstraint(
                condition=~Q(settled_by="consensus") | Q(outcome="adopted"),
                name="consensus_adopts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} on item {self.item_id}"


class Vote(models.Model):
    """What one seat votes about one proposal."""

    history_kind = "vote"

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="votes")
    call = models.ForeignKey(MeetingCall, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    cast_at = models.DateTimeField()
    cast_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint("proposal", "call", name="seat_votes_once"),
            models.CheckConstraint(
                condition=Q(choice__in=Choice.values), name="vote_choice_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.choice} on {self.proposal_id}"


class Dissent(models.Model):
    """A member's own words in the minutes where they do not agree."""

    history_kind = "dissent"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="dissents")
    call = models.ForeignKey(MeetingCall, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("dissent"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint("item", "call", name="dissent_once_a_seat"),
            models.CheckConstraint(condition=~Q(text=""), name="dissent_says_something"),
        ]

    def __str__(self) -> str:
        return f"call {self.call_id} on item {self.item_id}"
