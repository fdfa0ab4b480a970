"""The words for what search finds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What sort of thing was found."""

    IDEA = "idea", _("idea or need")
    SOLUTION = "solution", _("solution")
    ACTIVITY = "activity", _("project or trial")
    EVALUATION = "evaluation", _("evaluation")
    ADOPTION = "adoption", _("reuse")
    DECISION = "decision", _("decision")
    COMMENT = "comment", _("comment")
    ORGANISATION = "organisation", _("organisation")


class Band(models.TextChoices):
    """How alike two texts are, in words instead of a number."""

    SAME = "same", _("the same need")
    SIMILAR = "similar", _("similar")
    RELATED = "related", _("related")
