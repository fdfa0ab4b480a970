"""The words for pairs of ideas."""

from django.db import models
from django.utils.translation import gettext_lazy as _

PAIR_STATES = (
    ("proposed", _("waits for an answer")),
    ("confirmed", _("the same need")),
    ("linked", _("linked")),
    ("merged", _("merged")),
    ("dismissed", _("not the same need")),
)


class Relation(models.TextChoices):
    """How the first of two linked ideas stands to the second."""

    SAME_NEED = "same_need", _("is the same need as")
    RELATED = "related", _("is related to")
    PARENT = "parent", _("is the larger need that holds")
    DEPENDS_ON = "depends_on", _("must wait for")
