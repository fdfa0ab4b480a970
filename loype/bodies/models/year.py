"""What a body has before it over the year: its wheel, introductions, and what is referred to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loype.bodies.models.body import Body
from loype.bodies.models.meetings import Meeting
from loype.bodies.models.papers import Mandate
from loype.bodies.querysets import WithinBodyQuerySet


class WheelKind(models.TextChoices):
    """What stands on a year wheel beside the meetings."""

    EVALUATION = "evaluation", _("overall evaluation")
    MANDATE_REVIEW = "mandate_review", _("review of the mandate")
    PLAN = "plan", _("plan")
    BUDGET = "budget", _("budget")
    REPORT = "report", _("report")
    OTHER = "other", _("something else")


class Involvement(models.TextChoices):
    """Whether those with a consultative seat take part in a piece of work."""

    TAKES_PART = "takes_part", _("they take part")
    NOT_CONCERNED = "not_concerned", _("it does not concern them")


class WheelItem(models.Model):
    """Something a body has to do by a day in the year."""

    history_kind = "wheel_item"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="wheel_items")
    kind = models.CharField(max_length=20, choices=WheelKind.choices)
    title = models.CharField(_("what"), max_length=200)
    due_date = models.DateField(_("by"))
    questions = models.TextField(_("questions it answers"), blank=True)
    method = models.TextField(_("how"), blank=True)
    evaluator = models.CharField(_("who does it"), max_length=200, blank=True)
    involvement = models.CharField(max_length=20, choices=Involvement.choices, blank=True)
    involvement_reason = models.TextField(blank=True)
    mandate = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, null=True, related_name="reviews"
    )
    done_date = models.DateField(null=True)
    result = models.TextField(_("what came of it"), blank=True)
    follow_up = models.TextField(_("what is done about it"), blank=True)

    objects = WithinBodyQuerySet.as_manager()

    class Meta:
        ordering = ("due_date", "id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & Q(kind__in=WheelKind.values), name="wheel_item_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="evaluation") | ~Q(questions="") & ~Q(method=""),
                name="evaluation_says_what_and_how",
            ),
            models.CheckConstraint(
                condition=~Q(kind="mandate_review") | Q(mandate__isnull=False),
                name="review_names_its_mandate",
            ),
            models.CheckConstraint(
                condition=Q(done_date__isnull=True) | ~Q(result=""), name="wheel_item_done_tells"
            ),
            models.CheckConstraint(
                condition=Q(involvement="") | ~Q(involvement_reason=""),
                name="involvement_says_why",
            ),
        ]
        indexes = [models.Index("body", "due_date", name="wheel_by_day")]

    def __str__(self) -> str:
        return self.title


class Introduction(models.Model):
    """Somebody promised to bring two together."""

    history_kind = "introduction"

    STATES = (("promised", _("promised")), ("made", _("made")), ("dropped", _("dropped")))

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="introductions")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, related_name="introductions"
    )
    promised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    whom = models.CharField(_("who is introduced"), max_length=200)
    to_whom = models.CharField(_("to whom"), max_length=200)
    purpose = models.TextField(_("what for"), blank=True)
    due_date = models.DateField(_("by"))
    state = models.CharField(max_length=10, choices=STATES, default="promised")
    settled_date = models.DateField(null=True)
    outcome = models.TextField(_("what came of it"), blank=True)

    objects = WithinBodyQuerySet.as_manager()

    class Meta:
        ordering = ("due_date", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="promised", settled_date__isnull=True)
                | Q(state__in=("made", "dropped"), settled_date__isnull=False) & ~Q(outcome=""),
                name="introduction_settled_tells",
            ),
            models.CheckConstraint(
                condition=~Q(whom="") & ~Q(to_whom=""), name="introduction_names_both"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.whom} – {self.to_whom}"


class Referral(models.Model):
    """A question decided under the instruction, or put to the body because it is above a limit."""

    history_kind = "referral"

    STATES = (
        ("decided", _("decided")),
        ("with_the_body", _("waits for the body")),
        ("agreed", _("agreed by the body")),
        ("refused", _("refused by the body")),
    )

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="referrals")
    matter = models.CharField(_("matter"), max_length=120)
    title = models.CharField(_("what"), max_length=200)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    reasons = models.TextField(_("reasons"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=14, choices=STATES)
    why_here = models.TextField(blank=True)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, related_name="referrals"
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    answer = models.TextField(_("the body's reasons"), blank=True)

    objects = WithinBodyQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reasons="") & ~Q(title="") & ~Q(matter=""),
                name="referral_gives_reasons",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency="")
                | Q(amount__isnull=False, amount__gte=0) & ~Q(currency=""),
                name="referral_amount_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("decided", "with_the_body"), meeting__isnull=True)
                & Q(settled_at__isnull=True)
                | Q(state__in=("agreed", "refused"), meeting__isnull=False)
                & Q(settled_at__isnull=False, settled_by__isnull=False)
                & ~Q(answer=""),
                name="referral_settled_in_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return self.title
