"""What the members of a federation have in the works: one register of all, newest first.

A row is told in the short form that its organisation chose, field by field; what stays inside an
organisation is told only where the organisation says so, and never what is confidential. Whoever
may read the thing itself is led to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from loype.councils.models import Decision
from loype.councils.openness.labels import CLOSED
from loype.councils.openness.models import DecisionAccess
from loype.ideas.models import Idea
from loype.organisations.actor import Actor
from loype.organisations.labels import Visibility
from loype.organisations.models import FederationMembership, Organisation, SharingPolicy
from loype.organisations.sharing import SHORT_FORM, SharedField, SharedKind
from loype.organisations.visibility import readable_by
from loype.portfolio.models import Activity
from loype.portfolio.states import OPEN_ACTIVITY
from loype.spread.models import Solution

ENDED_IDEA = ("withdrawn", "merged", "rejected")
COLUMNS = (
    "row_kind", "row_id", "row_owner", "row_place", "row_title", "row_form", "row_state",
    "row_at", "row_unit", "row_summary", "row_language", "row_open",
)  # fmt: skip
TEXT = CharField()
Place = tuple[datetime, str, int]
"""The last row seen: its moment, its kind, its number."""


@dataclass(frozen=True)
class Circle:
    """A federation's members on a day, and what each tells of each kind of thing."""

    federation_id: int
    members: Mapping[int, str]
    policies: Mapping[tuple[int, str], SharingPolicy]

    def fields(self, organisation_id: int, kind: str) -> Collection[str]:
        """The facts that an organisation tells of a kind of thing."""
        policy = self.policies.get((organisation_id, kind))
        return policy.fields if policy else SHORT_FORM

    def tell_internal(self, kind: str) -> list[int]:
        """The members that also tell of what stays inside them."""
        return sorted(
            organisation
            for (organisation, of), policy in self.policies.items()
            if of == kind and policy.tells_internal
        )


@dataclass(frozen=True)
class Work:
    """One thing that a member has in the works; an untold fact is empty, `since` None."""

    kind: str
    id: int
    organisation_id: int
    organisation: str
    at: datetime
    may_open: bool
    title: str = ""
    form: str = ""
    state: str = ""
    unit: str = ""
    summary: str = ""
    language: str = ""
    since: datetime | None = None

    @property
    def place(self) -> Place:
        """Where the row stands in the register."""
        return (self.at, self.kind, self.id)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for in the register."""

    kinds: Sequence[str] = tuple(SharedKind.values)
    organisation_id: int | None = None
    only_open: bool = False
    since: datetime | None = None
    until: datetime | None = None
    own: bool = True
    after: Place | None = field(default=None)


def circle_of(federation_id: int, *, day: date) -> Circle:
    """Who is in the federation on a day and what each shares; two statements."""
    members = FederationMembership.objects.on(day).filter(federation=federation_id)
    names = dict(members.values_list("organisation_id", "organisation__name"))
    policies = SharingPolicy.objects.filter(organisation__in=sorted(names))
    return Circle(
        federation_id=federation_id,
        members=names,
        policies={(one.organisation_id, one.kind): one for one in policies},
    )


def works_of(circle: Circle, wanted: Wanted, *, actor: Actor, most: int) -> list[Work]:
    """What the members have in the works, newest first, as far as the actor may know; one
    statement. Nothing for whoever does not belong to the federation."""
    may = circle.federation_id in actor.federation_ids | actor.coordinated_federation_ids
    if not (may or actor.is_house):
        return []
    branches = [
        _branch(kind, circle, wanted, actor=actor, most=most)
        for kind in SharedKind.values
        if kind in wanted.kinds
    ]
    if not branches:
        return []
    found = branches[0]
    if branches[1:]:
        union = found.union(*branches[1:], all=True)
        found = union.order_by("-row_at", "-row_kind", "-row_id")[:most]
    return [_shown(row, circle, actor=actor) for row in found]


def _branch(kind: str, circle: Circle, wanted: Wanted, *, actor: Actor, most: int) -> Any:
    rows = SOURCES[SharedKind(kind)](wanted)
    if kind == SharedKind.DECISION and not actor.is_house:  # what is withheld stays at home
        own = sorted(actor.organisation_ids | actor.council_room_ids)
        rows = rows.filter(Q(organisation__in=own) | ~Q(row_access__in=CLOSED))
    members = sorted(circle.members)
    if wanted.organisation_id is not None:
        members = [one for one in members if one == wanted.organisation_id]
    if not wanted.own:
        members = [one for one in members if not actor.belongs_to(one)]
    visibility = "case__idea__visibility" if kind == SharedKind.DECISION else "visibility"
    readable = readable_by(actor, visibility=visibility)
    if actor.is_house:  # which may read everything, so that there is no condition to combine
        readable = Q(pk__isnull=False)
    told = Q(organisation__in=circle.tell_internal(kind)) & ~Q(
        **{visibility: Visibility.CONFIDENTIAL}
    )
    rows = rows.annotate(
        row_kind=Value(kind, output_field=TEXT),
        row_id=F("pk"),
        row_owner=F("organisation_id"),
        row_place=F("organisation__name"),
        row_open=ExpressionWrapper(readable, BooleanField()),
    ).filter(readable | told, organisation__in=members, row_at__isnull=False)
    rows = _within(rows, kind, wanted).order_by("-row_at", "-pk")
    if kind == SharedKind.DECISION:
        rows = _newest_of_each(rows, members, most=most)
    return rows.values(*COLUMNS)[:most]


def _newest_of_each(rows: Any, members: Sequence[int], *, most: int) -> Any:
    """The same rows, as many of each member as can be shown: those lie together in an index,
    while the newest of all members would be looked for among everything they ever decided."""
    own = rows.filter(organisation=OuterRef("pk")).values("pk")[:most]
    newest = Func(ArraySubquery(own), function="unnest", output_field=BigIntegerField())
    each = Organisation.objects.filter(pk__in=members).annotate(newest=newest)
    return rows.filter(pk__in=each.values("newest"))


def _within(rows: Any, kind: str, wanted: Wanted) -> Any:
    """The rows of a span of time, after the last one seen."""
    if wanted.since is not None:
        rows = rows.filter(row_at__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(row_at__lt=wanted.until)
    if wanted.after is None:
        return rows
    at, last_kind, last_id = wanted.after
    same = Q(row_at=at)
    if kind == last_kind:
        same &= Q(pk__lt=last_id)
    elif kind > last_kind:
        same = Q(pk__in=[])
    # The first condition alone is what an index can begin at.
    return rows.filter(Q(row_at__lt=at) | same, row_at__lte=at)


def _ideas(wanted: Wanted) -> QuerySet[Any]:
    gone = ("draft", *ENDED_IDEA) if wanted.only_open else ("draft", "withdrawn")
    return Idea.objects.exclude(state__in=gone).annotate(
        row_title=F("title"),
        row_form=F("kind"),
        row_state=F("state"),
        row_at=F("submitted_at"),
        row_unit=Coalesce(F("unit__name"), Value(""), output_field=TEXT),
        row_summary=Value("", output_field=TEXT),
        row_language=F("language"),
    )


def _decisions(wanted: Wanted) -> QuerySet[Any]:
    # Asked of each decision that is looked at, instead of all that were ever assessed.
    access = DecisionAccess.objects.filter(in_force=True, decision=OuterRef("pk")).order_by()
    return Decision.objects.filter(in_force=True).annotate(
        row_access=Coalesce(Subquery(access.values("access_class")), Value("")),
        row_title=F("case__idea__title"),
        row_form=F("form"),
        row_state=F("outcome"),
        row_at=F("decided_at"),
        row_unit=Value("", output_field=TEXT),
        row_summary=Value("", output_field=TEXT),
        row_language=F("case__idea__language"),
    )


def _activities(wanted: Wanted) -> Any:
    rows: Any = Activity.objects.all()
    if wanted.only_open:
        rows = rows.filter(state__in=OPEN_ACTIVITY)
    return rows.annotate(
        row_title=F("title"),
        row_form=F("form"),
        row_state=F("state"),
        row_at=F("opened_at"),
        row_unit=Value("", output_field=TEXT),
        row_summary=F("summary"),
        row_language=F("idea__language"),
    )


def _solutions(wanted: Wanted) -> QuerySet[Any]:
    return Solution.objects.filter(state="published").annotate(
        row_title=F("title"),
        row_form=Value("", output_field=TEXT),
        row_state=F("state"),
        row_at=F("published_at"),
        row_unit=Value("", output_field=TEXT),
        row_summary=F("summary"),
        row_language=F("language"),
    )


SOURCES = {
    SharedKind.IDEA: _ideas,
    SharedKind.DECISION: _decisions,
    SharedKind.ACTIVITY: _activities,
    SharedKind.SOLUTION: _solutions,
}


def _shown(row: Mapping[str, Any], circle: Circle, *, actor: Actor) -> Work:
    """A row with the facts that are told; one's own organisation is told all."""
    owner, kind = row["row_owner"], row["row_kind"]
    told = SharedField.values if actor.belongs_to(owner) else circle.fields(owner, kind)
    may_open = bool(row["row_open"])

    def fact(name: str) -> str:
        return row[f"row_{name}"] or "" if name in told else ""

    return Work(
        kind=kind,
        id=row["row_id"],
        organisation_id=owner,
        organisation=row["row_place"],
        at=row["row_at"],
        may_open=may_open,
        title=row["row_title"] if may_open else fact("title"),
        form=fact("form"),
        state=fact("state"),
        unit=fact("unit"),
        summary=fact("summary"),
        language=row["row_language"] or "",
        since=row["row_at"] if SharedField.SINCE in told else None,
    )


def counted(works: Iterable[Work]) -> dict[str, int]:
    """How many of each kind."""
    found: dict[str, int] = {}
    for work in works:
        found[work.kind] = found.get(work.kind, 0) + 1
    return found
