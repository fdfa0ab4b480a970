"""The hand-over folder: what hangs on which decision, what stopping costs, what is bound."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery
from django.db.models.functions import JSONObject

from loype.councils.models import JointShare
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.portfolio.mandates.labels import Standing
from loype.portfolio.mandates.models import (
    Commitment,
    Election,
    MandateSitting,
    PoliticalMandate,
    StoppingCost,
)
from loype.portfolio.models import Activity, Participant

MOST_SITTINGS = 10


@dataclass(frozen=True)
class Leaving:
    """How a co-owner leaves what it owns with others: the terms, and the first day they allow."""

    terms: str
    day: date
    is_announced: bool


@dataclass(frozen=True)
class Line:
    """One activity in the folder, or the organisation's part of one that others own with it."""

    activity: Activity
    standing: Standing
    since: date | None
    cost: StoppingCost | None
    bonds: list[Commitment]
    part: Participant | None = None
    leaving: Leaving | None = None
    later: tuple[Standing, date | None] | None = None

    @property
    def mandate(self) -> PoliticalMandate:
        """What it hangs on here."""
        if self.part is None:
            return self.activity.mandate
        assert self.part.mandate is not None  # the database holds it for the parts of owners
        return self.part.mandate

    @property
    def bound_until(self) -> date | None:
        """The last day on which something binds it."""
        if self.leaving is not None:
            return self.leaving.day
        return max((one.bound_until for one in self.bonds if one.bound_until), default=None)

    @property
    def needs_yes(self) -> bool:
        """Whether the new council must say something about it."""
        return self.standing != Standing.HOLDS


@dataclass
class Bundle:
    """Everything that hangs on one decision of a political body."""

    mandate: PoliticalMandate
    lines: list[Line] = field(default_factory=list)


@dataclass
class Folder:
    """What an organisation hands over to those who were elected."""

    organisation: Organisation
    day: date
    election: Election | None
    is_ahead: bool
    bundles: list[Bundle]
    elections: list[Election]
    sittings: list[MandateSitting]

    @property
    def sitting(self) -> MandateSitting | None:
        """The sitting that still answers."""
        return next((one for one in self.sittings if one.state == "open"), None)

    @property
    def lines(self) -> list[Line]:
        """Every activity, in the folder's order."""
        return [line for bundle in self.bundles for line in bundle.lines]

    @property
    def to_confirm(self) -> list[Line]:
        """Those that need a yes."""
        return [line for line in self.lines if line.standing == Standing.TO_CONFIRM]

    @property
    def not_named(self) -> list[Line]:
        """Those of which nobody has said what they hang on."""
        return [line for line in self.lines if not line.mandate.is_named]

    @property
    def bound(self) -> list[Line]:
        """Those that something binds."""
        return [line for line in self.lines if line.bonds or line.leaving]

    @property
    def without_cost(self) -> list[Line]:
        """Those whose owner has not said what stopping would cost."""
        return [line for line in self.lines if line.cost is None and line.part is None]

    @property
    def parts(self) -> list[Line]:
        """Those that belong to others, of which the organisation owns a part."""
        return [line for line in self.lines if line.part is not None]

    @property
    def costs(self) -> list[tuple[str, Decimal]]:
        """What stopping everything would cost, by currency."""
        sums: dict[str, Decimal] = {}
        for line in self.lines:
            if line.cost is not None:
                sums[line.cost.currency] = (
                    sums.get(line.cost.currency, Decimal(0)) + line.cost.amount
                )
        return sorted(sums.items())


def open_folder(
    organisation: Organisation, *, actor: Actor, day: date, with_bonds: bool = True
) -> Folder:
    """The folder as of a day; where nothing needs a yes yet, as of the day after the next election.

    Six statements at most, whatever the number of activities.
    """
    standing = Election.objects.visible_to(actor).standing()
    elections = list(standing.filter(organisation=organisation).order_by("election_date", "pk"))
    past = [one for one in elections if one.election_date < day]
    ahead = [one for one in elections if one.election_date >= day]
    after = ahead[0].election_date + timedelta(days=1) if ahead else None
    lines = read_lines(organisation, actor=actor, day=day, with_bonds=with_bonds, later=after)
    is_ahead = bool(ahead) and not any(one.standing == Standing.TO_CONFIRM for one in lines)
    if is_ahead:
        lines = [
            replace(line, standing=line.later[0], since=line.later[1])
            for line in lines
            if line.later
        ]
    sittings = MandateSitting.objects.visible_to(actor).filter(organisation=organisation)
    return Folder(
        organisation=organisation,
        day=day,
        election=ahead[0] if is_ahead else (past[-1] if past else None),
        is_ahead=is_ahead,
        bundles=_bundles(lines),
        elections=elections,
        sittings=list(sittings[:MOST_SITTINGS]),
    )


def read_lines(
    organisation: Organisation,
    *,
    actor: Actor,
    day: date,
    with_bonds: bool = True,
    later: date | None = None,
) -> list[Line]:
    """Everything open of an organisation as it stands on a day, as far as the actor may see it:
    its own activities, and its parts of those of others; and how it will stand on a later day."""
    rows = (
        Activity.objects.visible_to(actor)
        .filter(organisation=organisation)
        .open()
        .with_mandate(day)
        .select_related("mandate", "owner", "idea", "current_decision", "stopping_cost")
        .defer("summary", "end_reason", "idea__text", "idea__words")
    )
    if later is not None:
        rows = rows.with_mandate(later, name="later")
    if with_bonds:
        kept = Commitment.objects.filter(removed_at=None)
        rows = rows.prefetch_related(Prefetch("commitments", kept, "bonds_kept"))
    lines = [
        Line(
            activity=one,
            standing=Standing(one.mandate_standing),  # type: ignore[attr-defined]
            since=one.mandate_due_date,  # type: ignore[attr-defined]
            cost=getattr(one, "stopping_cost", None),
            bonds=getattr(one, "bonds_kept", []),
            later=_later(one),
        )
        for one in rows
    ]
    return sorted([*lines, *_parts(organisation, actor=actor, day=day, later=later)], key=_order)


def _later(row: Any) -> tuple[Standing, date | None] | None:
    """How a row will stand, where that was asked for."""
    standing = getattr(row, "later_standing", None)
    return None if standing is None else (Standing(standing), row.later_due_date)


def _order(line: Line) -> tuple[Any, ...]:
    """By mandate, the newest first and what nobody has named last; then by title."""
    mandate, activity = line.mandate, line.activity
    age = -mandate.decided_date.toordinal() if mandate.decided_date else 0
    return (not mandate.is_named, age, mandate.pk, activity.title, activity.pk)


def _parts(
    organisation: Organisation, *, actor: Actor, day: date, later: date | None = None
) -> list[Line]:
    """The organisation's parts of what others own with it; one statement."""
    rows = (
        Participant.objects.visible_to(actor)
        .filter(organisation=organisation)
        .owned()
        .with_mandate(day)
        .select_related(
            "mandate", "organisation", "activity__organisation", "activity__owner",
            "activity__idea", "activity__current_decision",
        )
        .defer("activity__summary", "activity__idea__text", "activity__idea__words")
    )  # fmt: skip
    if later is not None:
        rows = rows.with_mandate(later, name="later")
    parts: list[Any] = list(rows.annotate(way_out=_way_out()))
    return [
        Line(
            activity=one.activity,
            standing=Standing(one.mandate_standing),
            since=one.mandate_due_date,
            cost=None,
            bonds=[],
            part=one,
            leaving=_leaving(one.way_out, day=day),
            later=_later(one),
        )
        for one in parts
    ]


def part_line(part: Participant, *, actor: Actor, day: date) -> Line | None:
    """One part as the folder has it; None when it is over or may not be seen."""
    found = _parts(part.organisation, actor=actor, day=day)
    return next((line for line in found if line.part == part), None)


def _way_out() -> Subquery:
    """For a part: how one leaves by the terms that hold, and when one does if one has said so."""
    shares = JointShare.objects.filter(
        organisation=OuterRef("organisation"), terms__agreed_at__isnull=False, terms__ended_at=None,
        terms__joint_case__decision=OuterRef("activity__current_decision"),
    )  # fmt: skip
    told = JSONObject(terms="terms__exit_terms", days="terms__exit_days", leaves="leaving_date")
    return Subquery(shares.values(told=told)[:1])


def _leaving(told: dict[str, Any] | None, *, day: date) -> Leaving | None:
    """What `_way_out` found."""
    if told is None:
        return None
    leaves = date.fromisoformat(told["leaves"]) if told["leaves"] else None
    first = day + timedelta(days=told["days"])
    return Leaving(terms=told["terms"], day=leaves or first, is_announced=leaves is not None)


def _bundles(lines: list[Line]) -> list[Bundle]:
    found: dict[int, Bundle] = {}
    for line in lines:
        mandate = line.mandate
        found.setdefault(mandate.pk, Bundle(mandate)).lines.append(line)
    return list(found.values())
