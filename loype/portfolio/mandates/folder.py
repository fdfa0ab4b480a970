"""The hand-over folder: what hangs on which decision, what stopping costs, what is bound."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Prefetch

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
from loype.portfolio.models import Activity

MOST_SITTINGS = 10


@dataclass(frozen=True)
class Line:
    """One activity in the folder."""

    activity: Activity
    standing: Standing
    since: date | None
    cost: StoppingCost | None
    bonds: list[Commitment]

    @property
    def bound_until(self) -> date | None:
        """The last day on which something binds it."""
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
        return [line for line in self.lines if not line.activity.mandate.is_named]

    @property
    def bound(self) -> list[Line]:
        """Those that something binds."""
        return [line for line in self.lines if line.bonds]

    @property
    def without_cost(self) -> list[Line]:
        """Those whose owner has not said what stopping would cost."""
        return [line for line in self.lines if line.cost is None]

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

    Five statements at most, whatever the number of activities.
    """
    standing = Election.objects.visible_to(actor).standing()
    elections = list(standing.filter(organisation=organisation).order_by("election_date", "pk"))
    past = [one for one in elections if one.election_date < day]
    ahead = [one for one in elections if one.election_date >= day]
    lines = read_lines(organisation, actor=actor, day=day, with_bonds=with_bonds)
    is_ahead = bool(ahead) and not any(one.standing == Standing.TO_CONFIRM for one in lines)
    if is_ahead:
        lines = _as_of(ahead[0].election_date + timedelta(days=1), lines, actor=actor)
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
    organisation: Organisation, *, actor: Actor, day: date, with_bonds: bool = True
) -> list[Line]:
    """Everything open of an organisation as it stands on a day, as far as the actor may see it."""
    rows = (
        Activity.objects.visible_to(actor)
        .filter(organisation=organisation)
        .open()
        .with_mandate(day)
        .select_related("mandate", "owner", "idea", "current_decision", "stopping_cost")
        .defer("summary", "end_reason", "idea__text", "idea__words")
        .order_by("mandate__is_named", "-mandate__decided_date", "mandate_id", "title", "pk")
    )
    if with_bonds:
        kept = Commitment.objects.filter(removed_at=None)
        rows = rows.prefetch_related(Prefetch("commitments", kept, "bonds_kept"))
    return [
        Line(
            activity=one,
            standing=Standing(one.mandate_standing),  # type: ignore[attr-defined]
            since=one.mandate_due_date,  # type: ignore[attr-defined]
            cost=getattr(one, "stopping_cost", None),
            bonds=getattr(one, "bonds_kept", []),
        )
        for one in rows
    ]


def _as_of(day: date, lines: list[Line], *, actor: Actor) -> list[Line]:
    """The same lines as they will stand on a day ahead."""
    rows = Activity.objects.visible_to(actor).with_mandate(day)
    named = rows.filter(pk__in=[line.activity.pk for line in lines])
    stand = {
        pk: (Standing(standing), since)
        for pk, standing, since in named.values_list("pk", "mandate_standing", "mandate_due_date")
    }
    return [
        replace(line, standing=stand[line.activity.pk][0], since=stand[line.activity.pk][1])
        for line in lines
        if line.activity.pk in stand
    ]


def _bundles(lines: list[Line]) -> list[Bundle]:
    found: dict[int, Bundle] = {}
    for line in lines:
        mandate = line.activity.mandate
        found.setdefault(mandate.pk, Bundle(mandate)).lines.append(line)
    return list(found.values())
