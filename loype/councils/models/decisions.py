"""What the council decided, numbered and with its reasons."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loype.bodies.models import Body, Meeting
from loype.councils.labels import CourseLabel, Form, OutcomeLabel, Scale
from loype.councils.models.cases import Case
from loype.councils.querysets import DecisionQuerySet
from loype.councils.states import JOINT_COURSES
from loype.ideas.models import Idea
from loype.organisations.models import Organisation


class Decision(models.Model):
    """What the council (or the named decider) decided about a case, with its number and reasons."""

    history_kind = "decision"

    number = models.CharField(max_length=30, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="decisions"
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="decisions")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=OutcomeLabel.choices)
    form = models.CharField(max_length=20, choices=Form.choices, blank=True)
    course = models.CharField(max_length=30, choices=CourseLabel.choices, blank=True)
    scale = models.CharField(max_length=6, choices=Scale.choices, blank=True)
    reasons = models.TextField(_("reasons"))
    conditions = models.TextField(_("conditions"), blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    deadline = models.DateField(null=True)
    answer_by = models.DateField(null=True)
    merged_into = models.ForeignKey(Idea, on_delete=models.PROTECT, null=True, related_name="+")
    joins = models.ForeignKey(
        "councils.JointInvitation", on_delete=models.PROTECT, null=True, related_name="joined_by"
    )
    exemption_number = models.CharField(max_length=30, blank=True)
    exemption_reason = models.TextField(blank=True)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True, default="", db_default="")
    matter = models.CharField(_("matter"), max_length=120, blank=True, default="", db_default="")
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    in_force = models.BooleanField(default=True)
    locked_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ("decided_at", "id")
        constraints = [
            models.UniqueConstraint(
                "case", condition=Q(in_force=True), name="one_decision_in_force_a_case"
            ),
            models.CheckConstraint(
                condition=Q(outcome="go_on")
                & ~Q(form="")
                & ~Q(course="")
                & ~Q(scale="")
                & Q(responsible__isnull=False)
                | ~Q(outcome="go_on") & Q(form="", course="", scale=""),
                name="decision_to_go_on_says_how",
            ),
            models.CheckConstraint(
                condition=Q(outcome="merge", merged_into__isnull=False)
                | ~Q(outcome="merge") & Q(merged_into__isnull=True),
                name="decision_to_merge_says_where",
            ),
            models.CheckConstraint(
                condition=Q(outcome="join", joins__isnull=False)
                | ~Q(outcome="join") & Q(joins__isnull=True),
                name="decision_to_join_says_what",
            ),
            models.CheckConstraint(
                condition=Q(course__in=sorted(JOINT_COURSES), answer_by__isnull=False)
                | ~Q(course__in=sorted(JOINT_COURSES)),
                name="joint_course_has_answer_day",
            ),
            models.CheckConstraint(
                condition=Q(exemption_number="", exemption_reason="")
                | ~Q(exemption_number="") & ~Q(exemption_reason="") & Q(scale="full"),
                name="exemption_is_numbered_with_reason",
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="decision_gives_reasons"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency="")
                | Q(amount__isnull=False, amount__gte=0, outcome="go_on") & ~Q(currency=""),
                name="decision_binds_an_amount",
            ),
            models.CheckConstraint(
                condition=Q(body__isnull=True) | Q(meeting__isnull=False),
                name="council_decides_in_a_meeting",
            ),
            models.UniqueConstraint(
                "exemption_number", condition=~Q(exemption_number=""), name="exemption_number_once"
            ),
        ]
        indexes = [
            models.Index("organisation", F("decided_at").desc(), name="decision_log"),
            models.Index(F("decided_at").desc(), F("id").desc(), name="decision_list_everywhere"),
        ]

    def __str__(self) -> str:
        return self.number
