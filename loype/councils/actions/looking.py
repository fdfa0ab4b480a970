"""What is looked at before a case is decided, once it and its meeting are held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Subquery, Value

from loype.accounts.models import Person
from loype.bodies.models import Meeting
from loype.councils.actions.elsewhere import Unseen, unseen_of
from loype.councils.actions.meeting_room import standing_of
from loype.councils.assessing.selecting import Served, served_by
from loype.councils.models import AgendaItem, Case, CaseEstimate
from loype.organisations.models import Membership
from loype.strategy.models import Period


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A case as it stands: in its meeting, by its aims, and before other councils."""

    is_on_agenda: bool = False
    counted: Sequence[int] = ()
    outcomes: Sequence[str] = ()
    works_here: bool
    serves: list[Served]
    weighs_aims: bool
    weeks: Decimal | None
    elsewhere: list[Unseen]


def look_at(
    case: Case, *, meeting: Meeting | None, responsible: Person | None, day: date
) -> Looked:
    """Everything that a decision asks of a case; one statement, after the case and its meeting are
    held, so that nothing of it changes any more."""
    home = case.organisation_id
    at_work = Membership.objects.filter(organisation=home, person=responsible).on(day)
    asked: dict[str, Any] = {
        "works_here": Exists(at_work) if responsible else Value(False),
        "serves": ArraySubquery(served_by(case)),
        "weighs_aims": Exists(Period.objects.filter(organisation=home).adopted_on(day)),
        "weeks": Subquery(CaseEstimate.objects.filter(case=case.pk).values("weeks")),
        "elsewhere": ArraySubquery(unseen_of(case, day=day)),
    }
    if meeting is not None:
        items = AgendaItem.objects.filter(meeting=meeting, case=case, removed_at=None)
        asked |= {"is_on_agenda": Exists(items), **standing_of(meeting, items)}
    found: dict[str, Any] = {**Case.objects.filter(pk=case.pk).values(**asked).get()}
    found["serves"] = [Served(**one) for one in found["serves"]]
    found["elsewhere"] = [Unseen(**one) for one in found["elsewhere"]]
    return Looked(**found)
