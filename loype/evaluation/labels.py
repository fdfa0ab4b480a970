"""The words for values, depth and verdicts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

STATES = (
    ("planned", _("planned")),
    ("measuring", _("measuring")),
    ("concluded", _("concluded")),
)


class Value(models.TextChoices):
    """The five kinds of value of public innovation."""

    QUALITY = "quality", _("quality")
    EFFICIENCY = "efficiency", _("efficiency")
    CITIZEN_INVOLVEMENT = "citizen_involvement", _("citizen involvement")
    EMPLOYEE_SATISFACTION = "employee_satisfaction", _("employee satisfaction")
    POLITICAL_GOALS = "political_goals", _("fulfilment of political goals")


class Depth(models.TextChoices):
    """How much evaluation the size of the thing deserves."""

    LIGHT = "light", _("light: before and after, and three voices")
    MEDIUM = "medium", _("medium: a plan with two methods")
    FULL = "full", _("full: compared with others or over time")


class Better(models.TextChoices):
    """Which way is better."""

    UP = "up", _("higher is better")
    DOWN = "down", _("lower is better")


class Verdict(models.TextChoices):
    """What the evaluation says."""

    WORKED = "worked", _("it worked")
    PARTLY = "partly", _("it worked in part")
    DID_NOT_WORK = "did_not_work", _("it did not work")
    UNCLEAR = "unclear", _("it cannot be said")
