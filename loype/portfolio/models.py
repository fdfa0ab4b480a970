"""An activity with its milestones, status reports and participants."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from loype.councils.labels import CourseLabel, Form, Scale
from loype.councils.models import Decision
from loype.ideas.models import Idea
from loype.organisations.labels import Visibility
from loype.organisations.models import Organisation
from loype.portfolio.labels import STATES, Light, Phase
from loype.portfolio.mandates.models import PoliticalMandate
from loype.portfolio.mandates.querysets import PartQuerySet
from loype.portfolio.querysets import ActivityQuerySet
from loype.portfolio.states import ACTIVITY


class Activity(models.Model):
    """A project, mini-development, experiment or line task, opened by a decision."""

    history_kind = "activity"

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="activity")
    current_decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="activities")
    mandate = models.ForeignKey(
        PoliticalMandate, on_delete=models.PROTECT, related_name="activities"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="activities"
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    form = models.CharField(max_length=20, choices=Form.choices)
    course = models.CharField(max_length=30, choices=CourseLabel.choices)
    scale = models.CharField(max_length=6, choices=Scale.choices)
    trial = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="scaled_up")
    exemption_number = models.CharField(max_length=30, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="activities"
    )
    state = models.CharField(max_length=10, choices=STATES, default="planned")
    phase = models.CharField(max_length=12, choices=Phase.choices)
    visibility = models.CharField(
        max_length=12, choices=Visibility.choices, default=Visibility.ORGANISATION
    )
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    due_date = models.DateField(_("due"), null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)
    light = models.CharField(max_length=6, choices=Light.choices, blank=True)
    reported_at = models.DateTimeField(null=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ACTIVITY.states), name="activity_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("planned", "stopped")) | Q(started_at__isnull=False),
                name="activity_running_has_start",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("finished", "stopped")) | Q(ended_at__isnull=False),
                name="activity_ended_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="stopped") | ~Q(end_reason=""),
                name="activity_stopped_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(scale="small") | Q(trial__isnull=False) | ~Q(exemption_number=""),
                name="full_scale_needs_trial_or_exemption",
            ),
            models.CheckConstraint(
                condition=Q(trial__isnull=True) | ~Q(trial=F("id")),
                name="activity_is_not_its_own_trial",
            ),
        ]
        indexes = [
            models.Index(
                "organisation", F("opened_at").desc(), F("id").desc(), name="activity_list"
            ),
            models.Index("owner", "state", name="activity_by_owner"),
            models.Index(
                "visibility", F("opened_at").desc(), F("id").desc(), name="activity_list_shared"
            ),
            models.Index(F("opened_at").desc(), F("id").desc(), name="activity_list_everywhere"),
            # Of the large letters, because that is what `icontains` compares.
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="activity_title_letters"),
        ]

    def __str__(self) -> str:
        return self.title


class Milestone(models.Model):
    """Something that shall be reached by a day."""

    history_kind = "milestone"

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(_("title"), max_length=160)
    due_date = models.DateField(_("due"))
    reached_date = models.DateField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("due_date", "id")

    def __str__(self) -> str:
        return self.title


class StatusReport(models.Model):
    """How an activity goes: a light, a text and the next step."""

    history_kind = "status_report"

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="reports")
    light = models.CharField(max_length=6, choices=Light.choices)
    text = models.TextField(_("how it goes"))
    next_step = models.TextField(_("next step"))
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-reported_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(next_step=""), name="report_has_text_and_next_step"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.light} on {self.activity_id}"


class Participant(models.Model):
    """Another organisation that takes part in an activity; as a co-owner it carries a share of the
    cost on a political mandate of its own, may lead, and has the activity in its portfolio."""

    history_kind = "participant"

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="participants")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=120, blank=True)
    is_owner = models.BooleanField(default=False, db_default=False)
    is_lead = models.BooleanField(default=False, db_default=False)
    share = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True, db_default="")
    mandate = models.ForeignKey(
        PoliticalMandate, on_delete=models.PROTECT, null=True, related_name="parts"
    )
    joined_date = models.DateField()
    left_date = models.DateField(null=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                "activity", "organisation", condition=Q(left_date=None), name="participant_once"
            ),
            models.UniqueConstraint(
                "activity",
                condition=Q(is_lead=True, left_date=None),
                name="one_lead_among_participants",
            ),
            models.CheckConstraint(
                condition=Q(is_owner=True) | Q(is_lead=False, share__isnull=True, currency=""),
                name="only_owners_lead_and_pay",
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gte=0) & ~Q(currency=""),
                name="share_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(is_owner=True, mandate__isnull=False)
                | Q(is_owner=False, mandate__isnull=True),
                name="part_of_an_owner_hangs_on_a_mandate",
            ),
        ]
        indexes = [
            models.Index(
                "organisation",
                name="co_owned_by_organisation",
                condition=Q(is_owner=True, left_date=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.activity_id}"
