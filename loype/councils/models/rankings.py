"""A ranking with how sure it is, and the moves that people made by hand."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from loype.councils.assessing.labels import Method, Priority, Standing
from loype.councils.assessing.querysets import (
    ManualMoveQuerySet,
    RankedCaseQuerySet,
    RankingQuerySet,
)
from loype.councils.models.profiles import Profile
from loype.councils.models.rounds import Round, RoundCase
from loype.organisations.models import Organisation

Person = settings.AUTH_USER_MODEL


class Ranking(models.Model):
    """One ranked list of an organisation, computed from closed rounds; it never changes.

    `weights` are the criteria's weights it was computed with, by criterion; `concentration` says
    how far they were let vary (empty: not at all).
    """

    history_kind = "ranking"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=8, choices=Method.choices)
    rounds = models.ManyToManyField(Round, related_name="rankings")
    places = models.PositiveSmallIntegerField()
    draws = models.PositiveIntegerField()
    seed = models.PositiveIntegerField()
    weights = models.JSONField(default=dict)
    concentration = models.FloatField(null=True)
    tied = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(null=True)

    objects = RankingQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(places__gte=1), name="ranking_has_places"),
        ]
        indexes = [
            models.Index("organisation", F("made_at").desc(), F("id").desc(), name="ranking_list"),
        ]

    def __str__(self) -> str:
        return f"ranking {self.pk} of {self.organisation_id}"


class RankedCase(models.Model):
    """Where a case came, and in how many of a hundred draws it stays among the first."""

    history_kind = "ranked_case"

    ranking = models.ForeignKey(Ranking, on_delete=models.PROTECT, related_name="ranked")
    round_case = models.ForeignKey(RoundCase, on_delete=models.PROTECT, related_name="ranked")
    standing = models.CharField(max_length=12, choices=Standing.choices)
    position = models.PositiveIntegerField(null=True)
    value = models.FloatField(null=True)
    points = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    priority = models.CharField(max_length=10, choices=Priority.choices, blank=True)
    kept = models.FloatField(null=True)
    kept_error = models.FloatField(null=True)
    best_rank = models.PositiveIntegerField(null=True)
    worst_rank = models.PositiveIntegerField(null=True)
    members = models.PositiveSmallIntegerField(default=0)
    disagreement = models.FloatField(null=True)

    objects = RankedCaseQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint("ranking", "position", name="one_case_a_position"),
            models.UniqueConstraint("ranking", "round_case", name="case_ranked_once"),
            models.CheckConstraint(
                condition=Q(standing="ranked", position__isnull=False, value__isnull=False)
                | ~Q(standing="ranked") & Q(position__isnull=True),
                name="ranked_case_has_position",
            ),
            models.CheckConstraint(
                condition=Q(kept__isnull=True) | Q(kept__gte=0, kept__lte=1),
                name="kept_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.round_case_id}"


class ManualMove(models.Model):
    """Somebody moved a case in the list: from where to where, when, and why."""

    history_kind = "manual_move"

    ranking = models.ForeignKey(Ranking, on_delete=models.PROTECT, related_name="moves")
    ranked = models.ForeignKey(RankedCase, on_delete=models.PROTECT, related_name="moves")
    from_place = models.PositiveIntegerField()
    to_place = models.PositiveIntegerField()
    reason = models.TextField()
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ManualMoveQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="move_gives_reason"),
            models.CheckConstraint(
                condition=~Q(from_place=F("to_place")) & Q(to_place__gte=1),
                name="move_goes_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ranked_id}: {self.from_place} to {self.to_place}"
