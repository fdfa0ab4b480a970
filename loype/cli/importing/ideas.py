"""Rows into ideas of one organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from loype.cli.importing.checking import Checked
from loype.cli.importing.problems import Remark, Wrong
from loype.cli.importing.running import Item, Outcome
from loype.ideas.actions import ImportedIdea
from loype.ideas.actions.importing import known_ideas
from loype.kernel.words import first_line
from loype.organisations.actor import HOUSE
from loype.organisations.models import Organisation
from loype.trail.handovers import take_ideas_over


@dataclass
class IdeaTarget:
    """Hands batches to the verb that takes ideas over and opens their cases."""

    organisation: Organisation
    source: str
    licence: str
    fetched: date
    undated: datetime
    at: datetime

    def item(self, checked: Checked) -> Item:
        """A row as the verb wants it; one without a date is dated when the file was fetched."""
        values = dict(checked.values)
        moment = values.pop("submitted_at", None) or self.undated
        if moment > self.at:
            raise Wrong("its date lies in the future", mended=moment.date().isoformat())
        text = values.pop("text", "")
        title = values.pop("title", "") or first_line(text, longest=200)
        idea = ImportedIdea(
            title=title, text=text or title, submitted_at=moment,
            kind=values.pop("kind", "idea"), **values,
        )  # fmt: skip
        return Item(checked.number, idea.external_id, idea)

    def take(self, items: list[Item], *, dry_run: bool) -> Outcome:
        """Take a batch over, or count what would be new."""
        if dry_run:
            ids = [item.external_id for item in items]
            known = known_ideas(self.organisation, source=self.source, external_ids=ids)
            return Outcome(new=len(items) - len(known), already=len(known))
        ideas = take_ideas_over(
            rows=[item.thing for item in items], organisation=self.organisation,
            source=self.source, licence=self.licence, fetched_date=self.fetched,
            actor=HOUSE, at=self.at,
        )  # fmt: skip
        return Outcome(new=len(ideas), already=len(items) - len(ideas))

    def finish(self, *, whole: bool) -> Iterable[Remark]:
        """Ideas have nothing to add."""
        return ()
