"""What may be asked of mandates, and which activities must be confirmed on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, F, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, TruncDate

from loype.portfolio.mandates.labels import Standing
from loype.portfolio.states import OPEN_ACTIVITY

if TYPE_CHECKING:
    from loype.organisations.actor import Actor
    from loype.portfolio.mandates.models import (  # noqa: F401
        Election,
        MandateQuestion,
        MandateSitting,
        PoliticalMandate,
    )
    from loype.portfolio.models import Activity  # noqa: F401


class ElectionQuerySet(models.QuerySet["Election"]):
    """Elections."""

    def visible_to(self, actor: Actor) -> Self:
        """When an organisation elects is known to everybody."""
        return self

    def standing(self) -> Self:
        """Those that were not called off."""
        return self.filter(called_off_date=None)


class MandateQuerySet(models.QuerySet["PoliticalMandate"]):
    """Political mandates."""

    def visible_to(self, actor: Actor) -> Self:
        """Read in the organisation that holds them."""
        if actor.is_house:
            return self
        return self.filter(organisation__in=sorted(actor.organisation_ids | actor.council_room_ids))

    def named(self) -> Self:
        """Those that say who decided them and when."""
        return self.filter(is_named=True)

    def in_force(self, day: date) -> Self:
        """Those that one may hang something on, on a day."""
        return self.named().filter(
            Q(to_date=None) | Q(to_date__gte=day),
            Q(election_date=None) | Q(election_date__gte=day),
            from_date__lte=day,
        )


class SittingQuerySet(models.QuerySet["MandateSitting"]):
    """Sittings."""

    def visible_to(self, actor: Actor) -> Self:
        """Read in the organisation."""
        if actor.is_house:
            return self
        return self.filter(organisation__in=sorted(actor.organisation_ids | actor.council_room_ids))

    def open(self) -> Self:
        """Those that still answer."""
        return self.filter(state="open")


class QuestionQuerySet(models.QuerySet["MandateQuestion"]):
    """Questions to the new council, and its answers."""

    def visible_to(self, actor: Actor) -> Self:
        """Read by the organisation, as far as its activities may be read."""
        from loype.portfolio.models import (  # noqa: PLC0415  the models need this class
            Activity as Activities,
        )

        if actor.is_house:
            return self
        homes = sorted(actor.organisation_ids | actor.council_room_ids)
        readable = Activities.objects.visible_to(actor).filter(organisation__in=homes)
        return self.filter(activity__in=readable.values("pk"))

    def answered(self) -> Self:
        """Those that a sitting has answered."""
        return self.exclude(answer="")


class HangsOnMandate(models.QuerySet["Activity"]):
    """Activities as they stand towards their political mandates, on any day.

    Computed from the dates alone: whether the job of the day after the election has run makes no
    difference to what is shown.
    """

    def with_mandate(self, day: date) -> Self:
        """Adds `mandate_due_date` (since when it must be confirmed) and `mandate_standing`."""
        from loype.portfolio.mandates.models import (  # noqa: PLC0415  the models need this class
            Election as Elections,
            MandateQuestion as Questions,
        )

        shifts = (
            Elections.objects.standing()
            .filter(
                organisation=OuterRef("organisation"),
                election_date__lt=day,
                election_date__gte=OuterRef("mandate_since"),
            )
            .order_by()
            .values("organisation")
            .annotate(latest=Max("election_date"))
            .values("latest")
        )
        answered = Questions.objects.answered().filter(activity=OuterRef("pk"))
        return (
            self.annotate(
                mandate_since=Coalesce("mandate__decided_date", TruncDate("opened_at")),
                mandate_answered_date=Subquery(
                    answered.order_by("-due_date").values("due_date")[:1]
                ),
            )
            .annotate(
                mandate_shift_date=Greatest(
                    Subquery(shifts), _past("election_date", day), _past("to_date", day)
                )
            )
            .annotate(
                mandate_due_date=Case(
                    When(
                        Q(mandate_answered_date=None)
                        | Q(mandate_answered_date__lt=F("mandate_shift_date")),
                        state__in=sorted(OPEN_ACTIVITY),
                        then=F("mandate_shift_date"),
                    ),
                    default=None,
                )
            )
            .annotate(
                mandate_standing=Case(
                    When(mandate_due_date__isnull=False, then=Value(Standing.TO_CONFIRM.value)),
                    When(mandate__is_named=False, then=Value(Standing.NOT_NAMED.value)),
                    default=Value(Standing.HOLDS.value),
                )
            )
        )

    def unconfirmed(self, day: date) -> Self:
        """Open activities whose mandate must be confirmed, changed or ended."""
        return self.with_mandate(day).filter(mandate_due_date__isnull=False)

    def without_named_mandate(self) -> Self:
        """Open activities of which nobody has said yet what they hang on."""
        return self.filter(mandate__is_named=False, state__in=OPEN_ACTIVITY)


def _past(name: str, day: date) -> Case:
    """A day of the mandate, once it has passed."""
    return Case(When(**{f"mandate__{name}__lt": day}, then=F(f"mandate__{name}")), default=None)
