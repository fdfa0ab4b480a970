"""Working days on which an organisation is closed, said beforehand."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from loype.organisations.querysets import ClosedDaysQuerySet


class ClosedDays(models.Model):
    """Days on which an organisation is closed beside its country's holidays, and why.

    They are said before they come and taken back before they begin, so that no clock that has
    run is ever counted anew; the database keeps the sum of them in `Organisation.closed_dates`.
    """

    history_kind = "closed_days"

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="closed_days"
    )
    name = models.CharField(_("why"), max_length=120)
    from_date = models.DateField(_("first day"))
    to_date = models.DateField(_("last day"))
    recorded_date = models.DateField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    taken_back_date = models.DateField(null=True)

    objects = ClosedDaysQuerySet.as_manager()

    class Meta:
        ordering = ("from_date", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date__gte=F("from_date")), name="closed_days_end_after_they_begin"
            ),
            models.CheckConstraint(
                condition=Q(from_date__gte=F("recorded_date")), name="closed_days_said_before"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_date=None) | Q(taken_back_date__lt=F("from_date")),
                name="closed_days_taken_back_before",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="closed_days_say_why"),
            ExclusionConstraint(
                name="closed_days_once",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    (
                        Func(
                            F("from_date"), F("to_date"), RangeBoundary(True, True),
                            function="DATERANGE", output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(taken_back_date=None),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} {self.from_date}"
