"""A month as it was reported, as tables and words for the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy, pgettext

from loype.councils.labels import OutcomeLabel
from loype.portfolio.labels import Phase
from loype.trail.labels import Clock
from loype.trail.models import MonthlyFigures
from loype.trail.monthly import BANDS, REACHED

REACHED_WORDS = {
    "handed_in": gettext_lazy("Handed in"),
    "with_responsible": gettext_lazy("Somebody responsible"),
    "decided": gettext_lazy("Decided"),
    "opened": gettext_lazy("Activities opened"),
    "started": gettext_lazy("Started"),
    "finished": gettext_lazy("Finished"),
    "concluded": gettext_lazy("Evaluated"),
    "published": gettext_lazy("Published as solutions"),
    "in_use": gettext_lazy("In use elsewhere"),
    "stopped": gettext_lazy("Stopped"),
}
STEP_WORDS = {
    "responsible": gettext_lazy("until somebody is responsible"),
    "decision": gettext_lazy("until the first decision"),
    "start": gettext_lazy("from decision to start"),
    "running": gettext_lazy("from start to end"),
    "publishing": gettext_lazy("from end to solution"),
    "reuse": gettext_lazy("from considering to use"),
}


@dataclass(frozen=True)
class Row:
    """A name and its numbers."""

    label: str
    cells: tuple[Any, ...]


@dataclass(frozen=True)
class Part:
    """One table of the page."""

    name: str
    title: str
    heads: tuple[str, ...]
    rows: list[Row]
    text: str = ""
    none: str = ""


@dataclass(frozen=True)
class Reason:
    """Why one thing did not go on, and where it stands."""

    title: str
    language: str
    url: str
    reason: str


@dataclass(frozen=True)
class MonthPicture:
    """The figures of one month; nothing is counted here, only named."""

    row: MonthlyFigures

    @property
    def month(self) -> date:
        """The first day of the month."""
        return self.row.month

    @property
    def address(self) -> str:
        """The month as its address writes it."""
        return f"{self.month:%Y-%m}"

    @property
    def figures(self) -> dict[str, Any]:
        """What is kept."""
        return self.row.figures

    @property
    def volume(self) -> list[Row]:
        """What came in and went out."""
        told = self.figures["volume"]
        return [Row(str(words), (told[key],)) for key, words in REACHED_WORDS.items()]

    @property
    def conversion(self) -> list[Row]:
        """How far those came that were handed in during the year."""
        told = self.figures["conversion"]
        before, rows = None, []
        for key in REACHED:  # as kept, the figures are in no order
            number = told[key]
            share = f"{round(100 * number / before)} %" if before else ""
            rows.append(Row(str(REACHED_WORDS[key]), (number, share)))
            before = number
        return rows

    @property
    def times(self) -> list[Row]:
        """Days in each step, of the month and of the year up to its end."""
        month, year = self.figures["times"], self.figures["times_of_the_year"]
        return [
            Row(
                str(words),
                (
                    *(shown(month[step][name]) for name in ("count", "median", "high")),
                    *(shown(year[step][name]) for name in ("count", "median", "high")),
                ),
            )
            for step, words in STEP_WORDS.items()
        ]

    @property
    def promises(self) -> list[Row]:
        """What was done, and how much of it in time."""
        told = self.figures["promises"]
        return [
            Row(str(clock.label), (told[clock]["done"], told[clock]["in_time"]))
            for clock in Clock
            if clock in told
        ]

    @property
    def ageing(self) -> list[Row]:
        """How long what waited at the end had waited."""
        told = self.figures["ageing"]
        first, rows = 0, []
        for edge in BANDS:
            rows.append(Row(f"{first}–{edge}", (told["bands"][str(edge)],)))
            first = edge + 1
        longer = _("more than %(days)s") % {"days": BANDS[-1]}
        return [*rows, Row(longer, (told["bands"]["more"],))]

    @property
    def stops(self) -> list[Row]:
        """Why things did not go on."""
        return [Row(stop_words(one), (one["count"],)) for one in self.figures["stops"]]

    @property
    def participation(self) -> list[Row]:
        """Givers and ideas by unit, over the year up to the month's end."""
        return [
            Row(one["unit"] or _("small units together"),
                (one["people"], one["givers"], one["ideas"]))
            for one in self.figures["participation"]
        ]  # fmt: skip

    @property
    def parts(self) -> list[Part]:
        """The tables of the page, in order."""
        number, year = (
            pgettext("how many", "Number"),
            _("Over the year up to the end of the month."),
        )
        return [
            Part("volume", _("In and out"), (number,), self.volume),
            Part("conversion", _("How far it came"), (number, _("of those before")),
                 self.conversion,
                 _("What was handed in during the year, and how far it has come.")),
            Part("times", _("Days in each step"), times_heads(), self.times,
                 _("A dash stands where fewer than five were counted: so few say little.")),
            Part("promises", _("Kept in time"), (_("Done"), _("In time")), self.promises),
            Part("ageing", _("What waited when the month was over, in working days"), (number,),
                 self.ageing, self.ageing_words),
            Part("stops", _("Why things did not go on"), (number,), self.stops,
                 none=_("Nothing ended.")),
            Part("participation", _("Who took part"),
                 (_("People"), _("Givers"), _("Ideas")), self.participation,
                 " ".join((year, _("Units of fewer than five people are told together."))),
                 none=_("There is no unit large enough to be shown.")),
        ]  # fmt: skip

    @property
    def ageing_words(self) -> str:
        """What waited, in one sentence."""
        told = self.figures["ageing"]
        return _(
            "%(count)s waited, %(alone)s of them with nobody responsible and %(late)s past what "
            "was promised."
        ) % {
            "count": told["count"],
            "alone": told["without_responsible"],
            "late": told["past_limit"],
        }

    def ids_of(self, kind: str) -> list[int]:
        """Which decisions or activities were counted among the stops."""
        return [
            one for stop in self.figures["stops"] if stop["kind"] == kind for one in stop["ids"]
        ]


def times_heads() -> tuple[str, ...]:
    """The month first, then the year up to its end."""
    month = (pgettext("how many", "Number"), _("Half within"), _("Nine of ten within"))
    return (*month, *(_("%(figure)s, year") % {"figure": figure} for figure in month))


def stop_words(stop: dict[str, Any]) -> str:
    """Where something ended, in words."""
    if stop["kind"] == "decision":
        return _("Decided: %(outcome)s") % {"outcome": OutcomeLabel(stop["reason"]).label}
    if stop["kind"] == "activity":
        return _("Stopped in the phase: %(phase)s") % {"phase": Phase(stop["reason"]).label}
    return _("Withdrawn by the giver")


def shown(number: float | None) -> float | str:
    """A number, or a dash where so few were counted that it says little."""
    return "–" if number is None else number


def month_lines(rows: list[MonthlyFigures]) -> Iterator[list[Any]]:
    """One line a month and figure, for a spreadsheet."""
    yield [
        _("Month"),
        _("Reported on"),
        _("Definition"),
        _("Figure"),
        _("Part"),
        pgettext("how many", "Number"),
    ]
    for row in rows:
        head = [f"{row.month:%Y-%m}", row.taken_at.date().isoformat(), row.definition]
        for name, part, number in flat(row.figures):
            yield [*head, name, part, number]


def flat(figures: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Every number with its way through the figures, as kept."""
    for name, told in figures.items():
        for part, number in _leaves(told):
            yield name, part, number


def _leaves(told: Any, way: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(told, dict):
        for key, value in told.items():
            if key != "ids":
                yield from _leaves(value, f"{way}.{key}" if way else str(key))
    elif isinstance(told, list):
        for place, value in enumerate(told, start=1):
            yield from _leaves(value, f"{way}.{place}" if way else str(place))
    else:
        yield way, "" if told is None else told
