"""Cases before a council, agendas, decisions, and invitations to other councils."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loype.bodies.models import Body, Meeting
from loype.councils.labels import CASE_STATES, Answer, CourseLabel, Form, OutcomeLabel, Scale
from loype.councils.querysets import (
    AgendaItemQuerySet,
    CaseQuerySet,
    DecisionQuerySet,
    JointInvitationQuerySet,
)
from loype.councils.states import CASE, JOINT_COURSES
from loype.ideas.models import Idea
from loype.organisations.models import Organisation


class Case(models.Model):
    """A handed-in idea as the council's case: how long it has waited and who is responsible."""

    history_kind = "case"

    idea = models.OneToOneField(Idea, on_delete=models.PROTECT, related_name="case")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=12, choices=CASE_STATES, default="waiting")
    waiting_since = models.DateTimeField(_("waiting since"))
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="cases"
    )
    responsible_since = models.DateTimeField(null=True)
    first_responsible_at = models.DateTimeField(null=True)
    first_decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CASE.states), name="case_state_is_known"),
            models.CheckConstraint(
                condition=Q(responsible__isnull=True) | Q(responsible_since__isnull=False),
                name="case_responsible_since",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(first_decided_at__isnull=False),
                name="case_decided_has_moment",
            ),
        ]
        indexes = [
            models.Index(
                "organisation",
                "waiting_since",
                "id",
                name="case_queue",
                condition=Q(state__in=("waiting", "on_agenda")),
            ),
            models.Index("responsible", name="case_by_responsible"),
        ]

    def __str__(self) -> str:
        return f"case of idea {self.idea_id}"


class AgendaItem(models.Model):
    """A case on a meeting's agenda, in order."""

    history_kind = "agenda_item"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agenda_items")
    position = models.PositiveSmallIntegerField()
    removed_at = models.DateTimeField(null=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                "meeting", "case", condition=Q(removed_at=None), name="case_once_on_agenda"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. case {self.case_id}"


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
    exemption_number = models.CharField(max_length=30, blank=True)
    exemption_reason = models.TextField(blank=True)
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
                condition=Q(body__isnull=True) | Q(meeting__isnull=False),
                name="council_decides_in_a_meeting",
            ),
            models.UniqueConstraint(
                "exemption_number", condition=~Q(exemption_number=""), name="exemption_number_once"
            ),
        ]
        indexes = [
            models.Index("organisation", F("decided_at").desc(), name="decision_log"),
        ]

    def __str__(self) -> str:
        return self.number


class JointInvitation(models.Model):
    """Another council asked to join an inter-municipal course, and what it answers."""

    history_kind = "joint_invitation"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    answer_by = models.DateField()
    answer = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    reasons = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = JointInvitationQuerySet.as_manager()

    class Meta:
        ordering = ("answer_by", "id")
        constraints = [
            models.UniqueConstraint("decision", "organisation", name="council_invited_once"),
            models.CheckConstraint(
                condition=Q(answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(reasons=""),
                name="answer_has_reasons_and_sender",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} asked by {self.decision_id}"
