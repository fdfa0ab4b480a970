"""What may be asked of mandates, and which activities must be confirmed on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, F, Max, Min, OuterRef, Q, Subquery, Value, When
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
    from loype.portfolio.models import Activity, Participant  # noqa: F401


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
        """Read by the organisation that was asked, as far as the activities may be read."""
        from loype.portfolio.models import (  # noqa: PLC0415  the models need this class
            Activity as Activities,
        )

        if actor.is_house:
            return self
        homes = sorted(actor.organisation_ids | actor.council_room_ids)
        asked = Q(participant=None, activity__organisation__in=homes)
        asked |= Q(participant__organisation__in=homes)
        readable = Activities.objects.visible_to(actor)
        return self.filter(asked, activity__in=readable.values("pk"))

    def answered(self) -> Self:
        """Those that a sitting has answered."""
        return self.exclude(answer="")


class HangsOnMandate(models.QuerySet["Activity"]):
    """Activities as they stand towards their political mandates, on any day.

    Computed from the dates alone: whether the job of the day after the election has run makes no
    difference to what is shown.
    """

    def with_mandate(self, day: date, *, name: str = "mandate") -> Self:
        """Adds `mandate_due_date` (since when it must be confirmed) and `mandate_standing`; under
        another name, how things will stand on another day."""
        from loype.portfolio.mandates.models import (  # noqa: PLC0415  the models need this class
            MandateQuestion as Questions,
        )

        asked = Questions.objects.filter(activity=OuterRef("pk"), participant=None)
        rows: Self = _standing(
            self, name=name, day=day, since=TruncDate("opened_at"), asked=asked,
            is_open=Q(state__in=sorted(OPEN_ACTIVITY)),
        )  # fmt: skip
        return rows

    def with_parts_due(self, day: date) -> Self:
        """Adds `parts_due_date`: since when the part of a co-owner must be confirmed."""
        from loype.portfolio.models import (  # noqa: PLC0415  the models need this class
            Participant as Participants,
        )

        parts = Participants.objects.unconfirmed(day).filter(activity=OuterRef("pk")).order_by()
        return self.annotate(
            parts_due_date=Subquery(
                parts.values("activity").annotate(first=Min("mandate_due_date")).values("first")
            )
        )

    def unconfirmed(self, day: date) -> Self:
        """Open activities whose mandate must be confirmed, changed or ended."""
        return self.with_mandate(day).filter(mandate_due_date__isnull=False)

    def without_named_mandate(self) -> Self:
        """Open activities of which nobody has said yet what they hang on."""
        return self.filter(mandate__is_named=False, state__in=OPEN_ACTIVITY)


class PartQuerySet(models.QuerySet["Participant"]):
    """Organisations that take part in an activity; the part of a co-owner hangs on a mandate of
    its own, and stands towards it as an activity does towards that of its home."""

    def visible_to(self, actor: Actor) -> Self:
        """Who takes part is read by whoever may read the activity."""
        from loype.portfolio.models import (  # noqa: PLC0415  the models need this class
            Activity as Activities,
        )

        if actor.is_house:
            return self
        return self.filter(activity__in=Activities.objects.visible_to(actor).values("pk"))

    def owned(self) -> Self:
        """The parts of those who own an activity together with others now, while it is open."""
        return self.filter(is_owner=True, left_date=None, activity__state__in=OPEN_ACTIVITY)

    def with_mandate(self, day: date, *, name: str = "mandate") -> Self:
        """Adds `mandate_due_date` and `mandate_standing`, as for an activity."""
        from loype.portfolio.mandates.models import (  # noqa: PLC0415  the models need this class
            MandateQuestion as Questions,
        )

        asked = Questions.objects.filter(participant=OuterRef("pk"))
        rows: Self = _standing(
            self, name=name, day=day, since=F("joined_date"), asked=asked,
            is_open=Q(
                is_owner=True, left_date=None, activity__state__in=sorted(OPEN_ACTIVITY)
            ),
        )  # fmt: skip
        return rows

    def unconfirmed(self, day: date) -> Self:
        """Parts that their own organisation must confirm, change or end."""
        return self.owned().with_mandate(day).filter(mandate_due_date__isnull=False)


def _standing(
    rows: Any, *, name: str, day: date, since: Any, asked: QuestionQuerySet, is_open: Q
) -> Any:  # fmt: skip
    """Rows that hang on a mandate of their `organisation`, with how they stand towards it."""
    from loype.portfolio.mandates.models import (  # noqa: PLC0415  the models need this class
        Election as Elections,
    )

    shifts = (
        Elections.objects.standing()
        .filter(
            organisation=OuterRef("organisation"),
            election_date__lt=day,
            election_date__gte=OuterRef(f"{name}_since"),
        )
        .order_by()
        .values("organisation")
        .annotate(latest=Max("election_date"))
        .values("latest")
    )
    answered = asked.answered().order_by("-due_date")
    shift = F(f"{name}_shift_date")
    unanswered = Q(**{f"{name}_answered_date": None}) | Q(**{f"{name}_answered_date__lt": shift})
    known = rows.annotate(
        **{
            f"{name}_since": Coalesce("mandate__decided_date", since),
            f"{name}_answered_date": Subquery(answered.values("due_date")[:1]),
        }
    )
    shifted = Greatest(Subquery(shifts), _past("election_date", day), _past("to_date", day))
    due = Case(When(unanswered & is_open, then=shift), default=None)
    standing = Case(
        When(**{f"{name}_due_date__isnull": False}, then=Value(Standing.TO_CONFIRM.value)),
        When(mandate__is_named=False, then=Value(Standing.NOT_NAMED.value)),
        default=Value(Standing.HOLDS.value),
    )
    for what, value in (("shift_date", shifted), ("due_date", due), ("standing", standing)):
        known = known.annotate(**{f"{name}_{what}": value})
    return known


def _past(name: str, day: date) -> Case:
    """A day of the mandate, once it has passed."""
    return Case(When(**{f"mandate__{name}__lt": day}, then=F(f"mandate__{name}")), default=None)
