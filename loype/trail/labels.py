"""The words for clocks and for who is told when one has run out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Clock(models.TextChoices):
    """What somebody waits for."""

    RECEIPT = "receipt", _("receipt")
    RESPONSIBLE = "responsible", _("somebody responsible")
    FOLLOW_UP = "follow_up", _("ready to be decided")
    DECISION = "decision", _("first decision")
    FEEDBACK = "feedback", _("feedback to the giver")


class Step(models.TextChoices):
    """Who is told, in order."""

    RESPONSIBLE = "responsible", _("the responsible")
    CHAIR = "chair", _("the council's leader")
    DECIDER = "decider", _("the named decider")
