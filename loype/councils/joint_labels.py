"""The words for running something together."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CostKey(models.TextChoices):
    """How the cost is split."""

    EQUAL = "equal", _("equal parts")
    INHABITANTS = "inhabitants", _("by inhabitants")
    USERS = "users", _("by users")


class JointState(models.TextChoices):
    """Where a joint case stands."""

    ASKING = "asking", _("being agreed")
    AGREED = "agreed", _("agreed")
    ENDED = "ended", _("ended")
