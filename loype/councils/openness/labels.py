"""The words for access classes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccessClass(models.TextChoices):
    """What the public may know of a decision."""

    OPEN = "open", _("open to everyone")
    PARTLY = "partly", _("open, with something left out")
    WITHHELD = "withheld", _("withheld")


NOT_ASSESSED = "not_assessed"
LOG_CLASSES = (*AccessClass.choices, (NOT_ASSESSED, _("not assessed yet")))
CLOSED = (AccessClass.PARTLY.value, AccessClass.WITHHELD.value)
