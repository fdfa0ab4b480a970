"""A news item about a step of an initiative, and the corrections that stand under it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from loype.councils.models import Decision
from loype.ideas.models import Idea
from loype.news.labels import STATES, NewsKind
from loype.news.querysets import NewsQuerySet
from loype.news.states import NEWS
from loype.organisations.labels import Language, Visibility
from loype.organisations.models import Organisation
from loype.portfolio.models import Activity
from loype.spread.models import Adoption, Solution

WIDTHS = (Visibility.ORGANISATION, Visibility.FEDERATION, Visibility.PUBLIC)


class NewsItem(models.Model):
    """What is told of one step: drafted by itself, published by a person, locked from then on.

    `about` names the step, so that it is drafted once. `decision`, `activity` or `solution` is what
    one must be allowed to read to read the news; `idea` is what it all began with, where known.
    """

    history_kind = "news_item"

    about = models.CharField(max_length=80, unique=True)
    event_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=NewsKind.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="news")
    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, null=True, related_name="news")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="news")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, related_name="news")
    solution = models.ForeignKey(Solution, on_delete=models.PROTECT, null=True, related_name="news")
    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, null=True, related_name="news")
    headline = models.CharField(max_length=200)
    text = models.TextField()
    language = models.CharField(max_length=3, choices=Language.choices)
    visibility = models.CharField(max_length=12, choices=Visibility.choices, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default="draft")
    version = models.PositiveIntegerField(default=1)
    happened_at = models.DateTimeField()
    drafted_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=NEWS.states), name="news_state_is_known"),
            models.CheckConstraint(
                condition=Q(kind__in=NewsKind.values), name="news_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(headline="") & ~Q(text=""), name="news_has_words"
            ),
            models.CheckConstraint(
                condition=Q(
                    decision__isnull=False, activity__isnull=True, solution__isnull=True,
                    idea__isnull=False,
                )
                | Q(decision__isnull=True, activity__isnull=False, solution__isnull=True)
                | Q(decision__isnull=True, activity__isnull=True, solution__isnull=False),
                name="news_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=("published", "withdrawn"),
                    published_at__isnull=False,
                    published_by__isnull=False,
                    visibility__in=WIDTHS,
                )
                | Q(
                    state__in=("draft", "left_out"),
                    published_at__isnull=True,
                    published_by__isnull=True,
                    visibility="",
                ),
                name="published_news_says_by_whom_and_for_whom",
            ),
            models.CheckConstraint(
                condition=Q(state="left_out", ended_at__isnull=False)
                | Q(state="withdrawn", ended_at__isnull=False) & ~Q(end_reason="")
                | Q(state__in=("draft", "published"), ended_at__isnull=True, end_reason=""),
                name="ended_news_says_when_and_why",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                "organisation", F("published_at").desc(), F("id").desc(),
                name="news_of_organisation", condition=Q(state="published"),
            ),
            models.Index(
                F("published_at").desc(), F("id").desc(),
                name="news_everywhere", condition=Q(state="published"),
            ),
            models.Index("organisation", "id", name="news_drafts", condition=Q(state="draft")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.headline


class NewsCorrection(models.Model):
    """What was put right in a published item: the words from now on, and what was wrong."""

    history_kind = "news_correction"

    item = models.ForeignKey(NewsItem, on_delete=models.PROTECT, related_name="corrections")
    headline = models.CharField(max_length=200)
    text = models.TextField()
    note = models.TextField()
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(headline="") & ~Q(text="") & ~Q(note=""),
                name="correction_says_what_was_wrong",
            ),
        ]

    def __str__(self) -> str:
        return f"correction of {self.item_id}"


class ActivityFollow(models.Model):
    """Somebody who wants news of an activity, whether or not they may read the idea behind it."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="activity_follows"
    )

    class Meta:
        constraints = [models.UniqueConstraint("activity", "person", name="activity_followed_once")]

    def __str__(self) -> str:
        return f"{self.person_id} follows activity {self.activity_id}"
