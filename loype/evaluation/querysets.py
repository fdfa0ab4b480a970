"""What may be asked of many evaluations at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from loype.portfolio.models import Activity

if TYPE_CHECKING:
    from loype.evaluation.models import Evaluation  # noqa: F401
    from loype.organisations.actor import Actor


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Evaluations."""

    def visible_to(self, actor: Actor) -> Self:
        """An evaluation is read by whoever may read the activity."""
        if actor.is_house:
            return self
        return self.filter(activity__in=Activity.objects.visible_to(actor))

    def concluded(self) -> Self:
        """Those with a verdict."""
        return self.filter(state="concluded")
