"""What of a thing may be told to the organisations one works with, field by field."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SharedKind(models.TextChoices):
    """What is told of."""

    IDEA = "idea", _("ideas")
    DECISION = "decision", _("decisions")
    ACTIVITY = "activity", _("activities")
    SOLUTION = "solution", _("solutions")


class SharedField(models.TextChoices):
    """A fact that may be told."""

    TITLE = "title", _("title")
    FORM = "form", _("what sort it is")
    STATE = "state", _("where it stands")
    SINCE = "since", _("since when")
    UNIT = "unit", _("which unit")
    SUMMARY = "summary", _("in a few words")


SHORT_FORM = (SharedField.TITLE, SharedField.FORM, SharedField.STATE, SharedField.SINCE)
"""What is told unless an organisation says otherwise."""
