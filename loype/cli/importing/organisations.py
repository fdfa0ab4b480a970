"""Rows of an official register into organisations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from loype.cli.importing.checking import Checked
from loype.cli.importing.problems import Remark, Wrong
from loype.cli.importing.running import Item, Outcome
from loype.organisations.actions import change_organisation, found_organisation
from loype.organisations.actor import HOUSE
from loype.organisations.models import Organisation
from loype.organisations.naming import normalised_name, short_name_for

Key = tuple[str, str, str]


@dataclass
class OrganisationTarget:
    """Founds what is new; a register's changed names and vanished codes are told, not done."""

    source: str
    at: datetime
    known: dict[Key, Organisation] = field(default_factory=dict)
    short_names: set[str] = field(default_factory=set)
    met: set[Key] = field(default_factory=set)
    groups: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Read what is there once."""
        for organisation in Organisation.objects.iterator():
            self.short_names.add(organisation.short_name)
            self.known[_key_of(organisation)] = organisation

    def item(self, checked: Checked) -> Item:
        """A row with its code, or its name where the register has none."""
        values = {key: value for key, value in checked.values.items() if value not in ("", None)}
        values.setdefault("kind", "municipality")
        code = values.get("official_code") or _name_code(values["name"])
        key = (values["country"], values["kind"], code)
        wanted = values.get("short_name")
        if wanted and wanted in self.short_names and key not in self.known:
            raise Wrong("another organisation has this short name", mended=wanted)
        return Item(checked.number, "/".join(key), values)

    @transaction.atomic
    def take(self, items: list[Item], *, dry_run: bool) -> Outcome:
        """Found what is new; bring the number of inhabitants up to date; name what else differs."""
        outcome = Outcome()
        for item in items:
            country, kind, code = item.external_id.split("/", 2)
            key = (country, kind, code)
            self.met.add(key)
            self.groups.add((country, kind))
            if (known := self.known.get(key)) is not None:
                self._meet_again(known, item, outcome, dry_run=dry_run)
            else:
                outcome.new += 1
                if not dry_run:
                    self._found(item.thing)
        return outcome

    def _found(self, values: dict[str, Any]) -> None:
        facts = dict(values)
        name = facts.pop("name")
        short_name = facts.pop("short_name", "") or short_name_for(name, taken=self.short_names)
        organisation = found_organisation(
            name=name, short_name=short_name, source=self.source, actor=HOUSE, at=self.at, **facts
        )
        self.short_names.add(organisation.short_name)

    def _meet_again(
        self, known: Organisation, item: Item, outcome: Outcome, *, dry_run: bool
    ) -> None:
        outcome.already += 1
        inhabitants = item.thing.get("inhabitants")
        if inhabitants is not None and inhabitants != known.inhabitants:
            outcome.changed += 1
            if not dry_run:
                change_organisation(known, inhabitants=inhabitants, actor=HOUSE, at=self.at)
        if normalised_name(known.name) != normalised_name(item.thing["name"]):
            outcome.remarks.append(
                Remark(
                    row=item.number,
                    column="name",
                    value=f"{known.name} → {item.thing['name']}",
                    reason="the register has another name now; change it by hand if it is right",
                    outcome="renamed, left as it is",
                )
            )

    def finish(self, *, whole: bool) -> Iterator[Remark]:
        """Codes of this source that the file no longer has; only told when every row was read."""
        for key, organisation in sorted(self.known.items()):
            mine = organisation.source == self.source and organisation.official_code
            if whole and mine and key[:2] in self.groups and key not in self.met:
                yield Remark(
                    row=0,
                    column="official_code",
                    value=f"{organisation.official_code} {organisation.name}",
                    reason="the register no longer has this code",
                    outcome="vanished, left as it is",
                )


def _key_of(organisation: Organisation) -> Key:
    code = organisation.official_code or _name_code(organisation.name)
    return organisation.country, organisation.kind, code


def _name_code(name: str) -> str:
    """Stands in for a code: no official code begins with this sign."""
    return f"~{normalised_name(name)}"
