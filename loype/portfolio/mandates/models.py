"""Political mandates, the elections that put them in question, and the answers of a sitting."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loype.organisations.models import Organisation
from loype.portfolio.mandates.labels import (
    SITTING_STATES,
    Bond,
    Confirming,
    Currency,
    ShiftKind,
)
from loype.portfolio.mandates.querysets import (
    ElectionQuerySet,
    MandateQuerySet,
    QuestionQuerySet,
    SittingQuerySet,
)


def _person(*, empty: bool = False) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=empty, related_name="+"
    )


class Election(models.Model):
    """A day on which the political body of an organisation is chosen anew, or gives way."""

    history_kind = "election"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="elections"
    )
    kind = models.CharField(max_length=20, choices=ShiftKind.choices, default=ShiftKind.ELECTION)
    name = models.CharField(_("name"), max_length=160)
    election_date = models.DateField(_("day"))
    recorded_at = models.DateTimeField()
    recorded_by = _person(empty=True)
    called_off_date = models.DateField(null=True)
    called_off_reason = models.TextField(blank=True)

    objects = ElectionQuerySet.as_manager()

    class Meta:
        ordering = ("election_date", "id")
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "election_date",
                condition=Q(called_off_date=None),
                name="election_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(called_off_date=None)
                | Q(called_off_date__lte=F("election_date")) & ~Q(called_off_reason=""),
                name="election_called_off_in_time_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.election_date}"


class PoliticalMandate(models.Model):
    """What a political body asked for: the decision that activities hang on."""

    history_kind = "political_mandate"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="political_mandates"
    )
    is_named = models.BooleanField(default=True)
    title = models.CharField(_("what it asks for"), max_length=200, blank=True)
    text = models.TextField(_("in the body's own words"), blank=True)
    issuing_body = models.CharField(_("issuing body"), max_length=160, blank=True)
    decision_reference = models.CharField(_("decision reference"), max_length=160, blank=True)
    decided_date = models.DateField(_("decided"), null=True)
    from_date = models.DateField(_("valid from"), null=True)
    to_date = models.DateField(_("valid to"), null=True)
    election_date = models.DateField(_("the election after which it is asked anew"), null=True)
    recorded_at = models.DateTimeField()
    recorded_by = _person(empty=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ("-decided_date", "-id")
        constraints = [
            models.UniqueConstraint(
                "organisation", condition=Q(is_named=False), name="one_mandate_not_named"
            ),
            models.CheckConstraint(
                condition=Q(is_named=False, decided_date=None, from_date=None, to_date=None)
                & Q(election_date=None)
                | Q(is_named=True, decided_date__isnull=False, from_date__isnull=False)
                & ~Q(title="")
                & ~Q(issuing_body="")
                & ~Q(decision_reference=""),
                name="mandate_says_who_when_and_by_which_decision",
            ),
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")),
                name="mandate_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(election_date=None) | Q(election_date__gte=F("decided_date")),
                name="mandate_election_after_decision",
            ),
        ]
        indexes = [models.Index("organisation", F("decided_date").desc(), name="mandate_list")]

    def __str__(self) -> str:
        return self.title or str(_("mandate not named yet"))


class MandateSitting(models.Model):
    """The one sitting in which the new council answers for everything that hangs on the old."""

    history_kind = "mandate_sitting"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mandate_sittings"
    )
    issuing_body = models.CharField(_("who sits"), max_length=160)
    held_date = models.DateField(_("day"))
    state = models.CharField(max_length=6, choices=SITTING_STATES, default="open")
    decision_reference = models.CharField(_("decision reference"), max_length=160, blank=True)
    opened_at = models.DateTimeField()
    opened_by = _person()
    closed_at = models.DateTimeField(null=True)
    closed_by = _person(empty=True)

    objects = SittingQuerySet.as_manager()

    class Meta:
        ordering = ("-held_date", "-id")
        constraints = [
            models.UniqueConstraint(
                "organisation", condition=Q(state="open"), name="one_open_mandate_sitting"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, closed_by=None)
                | Q(state="closed", closed_at__isnull=False, closed_by__isnull=False)
                & ~Q(decision_reference=""),
                name="closed_sitting_says_when_and_by_which_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issuing_body} {self.held_date}"


class MandateQuestion(models.Model):
    """That an activity's mandate must be confirmed since a day, and what was answered.

    With a participant it is about that co-owner's part, asked and answered in its organisation;
    without, about the activity in the organisation whose it is.
    """

    history_kind = "mandate_question"

    activity = models.ForeignKey(
        "portfolio.Activity", on_delete=models.PROTECT, related_name="mandate_questions"
    )
    participant = models.ForeignKey(
        "portfolio.Participant", on_delete=models.PROTECT, null=True,
        related_name="mandate_questions",
    )  # fmt: skip
    due_date = models.DateField()
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Confirming.choices, blank=True)
    reasons = models.TextField(blank=True)
    sitting = models.ForeignKey(
        MandateSitting, on_delete=models.PROTECT, null=True, related_name="answers"
    )
    mandate_before = models.ForeignKey(
        PoliticalMandate, on_delete=models.PROTECT, null=True, related_name="+"
    )
    mandate_after = models.ForeignKey(
        PoliticalMandate, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    answered_by = _person(empty=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ("-due_date", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("activity", "participant", "due_date"),
                nulls_distinct=False,
                name="mandate_asked_once_a_part_and_shift",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None, sitting=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False)
                & Q(sitting__isnull=False, mandate_before__isnull=False)
                & ~Q(reasons="")
                & Q(answer__in=Confirming.values),
                name="mandate_answer_has_reasons_and_sitting",
            ),
            models.CheckConstraint(
                condition=Q(answer="changed", mandate_after__isnull=False)
                & ~Q(mandate_after=F("mandate_before"))
                | ~Q(answer="changed") & Q(mandate_after=None),
                name="changed_mandate_says_to_which",
            ),
        ]

    def __str__(self) -> str:
        return f"mandate of {self.activity_id} since {self.due_date}"


class Commitment(models.Model):
    """Something that binds an activity: a contract, people employed, a grant, a law."""

    history_kind = "commitment"

    activity = models.ForeignKey(
        "portfolio.Activity", on_delete=models.PROTECT, related_name="commitments"
    )
    kind = models.CharField(_("what kind"), max_length=12, choices=Bond.choices)
    words = models.CharField(_("what binds"), max_length=200)
    bound_until = models.DateField(_("bound until"), null=True)
    recorded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = (F("bound_until").asc(nulls_last=True), "id")
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="commitment_says_what_binds")
        ]

    def __str__(self) -> str:
        return self.words


class StoppingCost(models.Model):
    """What it would cost to stop an activity, as its owner says; nothing is also an answer."""

    history_kind = "stopping_cost"

    activity = models.OneToOneField(
        "portfolio.Activity", on_delete=models.PROTECT, related_name="stopping_cost"
    )
    amount = models.DecimalField(_("cost of stopping"), max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3, choices=Currency.choices)
    words = models.TextField(_("what would be lost"), blank=True)
    said_at = models.DateTimeField()
    said_by = _person()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="stopping_cost_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
