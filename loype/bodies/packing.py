"""Default bodies as data: packs that are read from files and taken up by verbs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loype.bodies.actions.establishing import establish_body
from loype.bodies.actions.papers import (
    PowerLine,
    Procedural,
    add_composition_rule,
    adopt_instruction,
    adopt_mandate,
    adopt_rules_of_procedure,
)
from loype.bodies.actions.setting_up import add_seat, establish_council
from loype.bodies.actions.year import put_on_wheel
from loype.bodies.models import Body, BodyKind, SeatKind
from loype.bodies.querysets import in_force
from loype.bodies.rules import can_establish_body, can_keep_year
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, NotFound
from loype.organisations.actor import Actor
from loype.organisations.models import Federation, Organisation

FOLDER = Path(__file__).parent / "packs"


@dataclass(frozen=True)
class Party:
    """A party that a pack leaves open: which organisation it is, is said when it is taken up."""

    key: str
    told: str
    is_optional: bool


@dataclass(frozen=True)
class Pack:
    """A set of default bodies."""

    name: str
    title: str
    language: str
    parties: tuple[Party, ...]
    bodies: tuple[Mapping[str, Any], ...]

    def body(self, kind: str) -> Mapping[str, Any] | None:
        """What the pack says of a kind of body, if anything."""
        return next((one for one in self.bodies if one["kind"] == kind), None)

    def parties_of(self, kind: str) -> list[Party]:
        """The parties that a kind of body needs named."""
        said = self.body(kind) or {}
        rows = [*said.get("seats", ()), *said.get("rules", ()), {"party": said.get("leader")}]
        named = {row.get("party") for row in rows}
        return [one for one in self.parties if one.key in named]


def pack_names() -> list[str]:
    """The packs there are."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def load_pack(name: str) -> Pack:
    """A pack by its name; NotFound where there is none."""
    if name not in pack_names():
        raise NotFound(_("There is no pack of this name: %(name)s.") % {"name": name})
    said = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    return Pack(
        name=name,
        title=said["title"],
        language=said["language"],
        parties=tuple(
            Party(key, one["told"], one.get("optional", False))
            for key, one in said.get("parties", {}).items()
        ),
        bodies=tuple(said["body"]),
    )


def packs_for(kind: str) -> list[Pack]:
    """The packs that know a kind of body."""
    return [pack for name in pack_names() if (pack := load_pack(name)).body(kind)]


@transaction.atomic
def take_up_pack(
    body: Body,
    *,
    pack: Pack,
    actor: Actor,
    at: datetime,
    parties: Mapping[str, Organisation] | None = None,
) -> list[str]:
    """Give a body the default seats, rules, mandate, procedure and instruction it does not have.

    What it has already stays as it is, so taking the same pack up twice changes nothing. Gives
    back in words what was added.
    """
    if not can_establish_body(actor, body.organisation_id):
        raise NotAllowed(_("Only the organisation itself sets up its bodies."))
    said = pack.body(body.kind)
    if said is None:
        raise BadInput({"pack": _("This pack says nothing of such a body.")})
    Body.objects.select_for_update().get(pk=body.pk)
    named = parties or {}
    unnamed = [
        party.key
        for party in pack.parties_of(body.kind)
        if party.key not in named and not party.is_optional
    ]
    if unnamed:
        words = _("Say which organisation this is.")
        raise BadInput({f"party_{key}": words for key in unnamed})
    work = _TakingUp(body=body, said=said, parties=named, actor=actor, at=at)
    added = work.everything()
    if added:
        record(
            "take_up_pack", thing=body, actor=actor, at=at, organisation_id=body.organisation_id,
            change={"pack": pack.name}, follow=False,
        )  # fmt: skip
    return added


@dataclass(frozen=True)
class _TakingUp:
    """One pack on its way into one body."""

    body: Body
    said: Mapping[str, Any]
    parties: Mapping[str, Organisation]
    actor: Actor
    at: datetime

    def everything(self) -> list[str]:
        done = (
            (self._seats(), _("seats")),
            (self._rules(), _("rules about who sits on it")),
            (self._mandate(), _("a mandate")),
            (self._procedure(), _("rules of procedure")),
            (self._instruction(), _("an instruction")),
            (self._wheel(), _("a year wheel")),
        )
        return [words for happened, words in done if happened]

    @property
    def day(self) -> date:
        return self.at.date()

    def _party(self, row: Mapping[str, Any]) -> Organisation | None:
        return self.parties.get(row["party"]) if "party" in row else None

    def _is_left_out(self, row: Mapping[str, Any]) -> bool:
        """Whether the row is about an optional party that was not named."""
        return "party" in row and row["party"] not in self.parties

    def _seats(self) -> bool:
        """Its seats, while it has none but those it began with."""
        began_with = Q(is_leader=True) | Q(kind=SeatKind.FEDERATION)
        if self.body.seats.exclude(began_with).exists():
            return False
        rows = [row for row in self.said.get("seats", ()) if not self._is_left_out(row)]
        for row in rows:
            add_seat(
                self.body, kind=row.get("kind", SeatKind.MUNICIPALITY), party=self._party(row),
                title=row.get("title", ""), discipline=row.get("discipline", ""),
                actor=self.actor, at=self.at,
            )  # fmt: skip
        members = self._members() if self.said.get("each_member") else []
        for member in members:
            add_seat(
                self.body, kind=SeatKind.MUNICIPALITY, party=member, title=member.name,
                actor=self.actor, at=self.at,
            )  # fmt: skip
        return bool(rows or members)

    def _members(self) -> list[Organisation]:
        """The municipalities of the federation that have no seat on it yet."""
        if self.body.federation_id is None:
            return []
        there = self.body.seats.filter(closed_date=None, party__isnull=False).values("party")
        return list(
            Organisation.objects.filter(
                in_force(self.day, path="federation_memberships__"),
                kind="municipality",
                federation_memberships__federation=self.body.federation_id,
            )
            .exclude(pk__in=there)
            .exclude(pk=self.body.organisation_id)
            .order_by("name", "pk")
        )

    def _rules(self) -> bool:
        if self.body.composition_rules.exists():
            return False
        rows = [row for row in self.said.get("rules", ()) if not self._is_left_out(row)]
        for row in rows:
            facts = {key: value for key, value in row.items() if key not in ("party", "to_date")}
            facts.setdefault("from_date", self.day)
            made = add_composition_rule(
                self.body, party=self._party(row), actor=self.actor, at=self.at, **facts
            )
            if "to_date" in row:
                made.to_date = row["to_date"]
                made.save(update_fields=["to_date"])
        return bool(rows)

    def _mandate(self) -> bool:
        points = self.said.get("points", ())
        if not points or self.body.mandates.exists():
            return False
        adopt_mandate(self.body, points=points, from_date=self.day, actor=self.actor, at=self.at)
        return True

    def _powers(self) -> list[PowerLine]:
        return [
            PowerLine(
                matter=row["matter"], holder=row["holder"], currency=row.get("currency", ""),
                up_to=Decimal(row["up_to"]) if "up_to" in row else None,
            )
            for row in self.said.get("powers", ())
        ]  # fmt: skip

    def _procedure(self) -> bool:
        if "procedure" not in self.said or self.body.rules_of_procedure.exists():
            return False
        adopt_rules_of_procedure(
            self.body, procedure=Procedural(**self.said["procedure"]), powers=self._powers(),
            from_date=self.day, actor=self.actor, at=self.at,
        )  # fmt: skip
        return True

    def _instruction(self) -> bool:
        powers = self._powers()
        if not powers or self.body.instructions.exists():
            return False
        adopt_instruction(
            self.body, powers=powers, from_date=self.day, actor=self.actor, at=self.at
        )
        return True

    def _wheel(self) -> bool:
        """Its year wheel; it waits for somebody who keeps the year."""
        rows = self.said.get("wheel", ())
        may = can_keep_year(self.actor, body=self.body)
        if not rows or not may or self.body.wheel_items.exists():
            return False
        for row in rows:
            facts = {key: value for key, value in row.items() if key not in ("month", "day")}
            due = date(self.day.year, row["month"], row["day"])
            if due < self.day:
                due = due.replace(year=due.year + 1)
            put_on_wheel(self.body, due_date=due, actor=self.actor, at=self.at, **facts)
        return True


@transaction.atomic
def establish_from_pack(
    organisation: Organisation,
    *,
    pack: Pack,
    kind: str,
    actor: Actor,
    at: datetime,
    federation: Federation | None = None,
    parties: Mapping[str, Organisation] | None = None,
    leader_party: Organisation | None = None,
    **facts: Any,
) -> Body:
    """Set up a body of a kind and give it what the pack says, its name too where none is given."""
    said = pack.body(kind)
    if said is None:
        raise BadInput({"kind": _("This pack says nothing of such a body.")})
    named = parties or {}
    facts["name"] = facts.get("name") or said["name"]
    if kind == BodyKind.INNOVATION_COUNCIL:
        if federation is None:
            raise BadInput({"federation": _("A council has a seat for a federation: say which.")})
        body = establish_council(organisation, federation=federation, actor=actor, at=at, **facts)
    else:
        body = establish_body(
            organisation, kind=kind, federation=federation, actor=actor, at=at,
            leader_party=leader_party or named.get(said.get("leader", "")), **facts,
        )  # fmt: skip
    take_up_pack(body, pack=pack, parties=named, actor=actor, at=at)
    return body
