"""The words for states of news, and for what news tells of."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

STATES = (
    ("draft", _("draft")),
    ("published", _("published")),
    ("left_out", _("left out")),
    ("withdrawn", pgettext_lazy("a news item", "withdrawn")),
)


class NewsKind(models.TextChoices):
    """The steps of an initiative that are worth telling."""

    DECIDED = "decided", _("decided: it goes on")
    TOGETHER = "together", _("to be done together")
    JOINED = "joined", _("others join in")
    STARTED = "started", _("work has begun")
    GATE = "gate", _("a phase is done")
    EVALUATED = "evaluated", _("evaluated")
    SOLUTION = "solution", _("others can use it")
    IN_USE = "in_use", _("in use elsewhere")
