"""The words for states, phases and lights."""

from django.db import models
from django.utils.translation import gettext_lazy as _

STATES = (
    ("planned", _("planned")),
    ("running", _("running")),
    ("paused", _("paused")),
    ("finished", _("finished")),
    ("stopped", _("stopped")),
)


class Phase(models.TextChoices):
    """The phases of all forms."""

    CONCEPT = "concept", _("concept")
    PLANNING = "planning", _("planning")
    EXECUTION = "execution", _("execution")
    CLOSING = "closing", _("closing")
    NEED = "need", _("need")
    SOLUTION = "solution", _("solution")
    TEST = "test", _("test")
    HYPOTHESIS = "hypothesis", _("hypothesis")
    TRIAL = "trial", _("trial")
    LEARNING = "learning", _("learning")
    DOING = "doing", _("doing")


class Light(models.TextChoices):
    """How it goes, said at a glance."""

    GREEN = "green", _("on track")
    YELLOW = "yellow", _("needs attention")
    RED = "red", _("needs help now")
