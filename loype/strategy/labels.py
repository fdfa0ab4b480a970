"""The words for sorts of plans and for where a period stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanKind(models.TextChoices):
    """What sort of plan it is."""

    MASTER_PLAN = "master_plan", _("the organisation's master plan")
    DIGITAL_STRATEGY = "digital_strategy", _("digital strategy")
    THEME_PLAN = "theme_plan", _("plan for a theme or sector")
    ACTION_PLAN = "action_plan", _("action plan with budget")
    PRIORITIES = "priorities", _("list of priorities")
    OTHER = "other_plan", _("another plan")


class PeriodState(models.TextChoices):
    """Whether a period's weights still change."""

    DRAFT = "draft", _("being weighed")
    ADOPTED = "adopted", _("adopted")


class Involved(models.TextChoices):
    """Whether the employees' organisations take part in what an aim leads to."""

    INVOLVED = "involved", _("they are involved")
    NOT_INVOLVED = "not_involved", _("they are not involved")
