"""Who gives ideas: units without a giver first, then how many give where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_safe

from loype.kernel.clock import now
from loype.organisations.labels import Position
from loype.trail.participation import Line, Participation, measure_participation
from loype.trail.small_groups import FEWEST
from loype.web.shared import charts
from loype.web.shared.acting import actor_of
from loype.web.shared.csv_tables import csv_table
from loype.web.shared.render import render
from loype.web.shared.words import capital
from loype.web.trail.figures import chosen_organisation, own_organisations

MOST_NAMES = 3


@dataclass(frozen=True)
class LineShown:
    """A line in words."""

    line: Line
    is_work: bool = False

    @property
    def name(self) -> str:
        """What it is called; several small ones by the first names and how many more."""
        names = [self._named(name) for name in sorted(self.line.names, key=lambda one: not one)]
        told, more = names[:MOST_NAMES], len(names) - MOST_NAMES
        if more > 0:
            told.append(ngettext("%(count)s more", "%(count)s more", more) % {"count": more})
        return ", ".join(told)

    def _named(self, name: str) -> str:
        if self.is_work:
            return str(capital(Position(name).label)) if name else _("Not said")
        return name or _("No particular unit")

    @property
    def givers(self) -> str:
        """How many gave; a few is from one to four."""
        return from_to(self.fewest, self.most)

    @property
    def fewest(self) -> int:
        """How many gave at least."""
        return 1 if self.line.givers is None else self.line.givers

    @property
    def most(self) -> int:
        """How many gave at most."""
        return FEWEST - 1 if self.line.givers is None else self.line.givers

    @property
    def per_hundred(self) -> str:
        """How many of a hundred gave; of a few, what the few may be."""
        return of_hundred(self.fewest, self.most, people=self.line.people)

    @property
    def carried_on(self) -> str:
        """How much of what was answered goes on."""
        return percent(self.line.fate.carried_on)

    @property
    def days(self) -> str:
        """How long the middle one waited for its answer."""
        found = self.line.fate.days
        return "–" if found is None else number_format(round(found))


def from_to(low: float, high: float, *, decimals: int = 0) -> str:
    """One number, or from one to another, on one line."""
    told = [number_format(number, decimal_pos=decimals) for number in (low, high)]
    if told[0] == told[1]:
        return told[0]
    return (_("%(low)s to %(high)s") % {"low": told[0], "high": told[1]}).replace(" ", "\xa0")


def of_hundred(low: int, high: int, *, people: int) -> str:
    """So many of so many people, as of a hundred."""
    return from_to(100 * low / people, 100 * high / people, decimals=1)


def percent(share: float | None) -> str:
    """A share in percent; a dash where it is not told."""
    return (
        "–" if share is None else _("%(share)s %%") % {"share": number_format(round(100 * share))}
    )


@dataclass(frozen=True)
class ParticipationPicture:
    """The figures in words and as a picture."""

    found: Participation

    @property
    def period(self) -> str:
        """From the first to the last day."""
        last = self.found.period.last_before - timedelta(days=1)
        days = (date_format(day, "DATE_FORMAT") for day in (self.found.period.first, last))
        return " – ".join(days)

    @property
    def lead(self) -> str:
        """The one thing worth knowing first."""
        silent = len(self.found.silent)
        if not self.found.units:
            return _("Too few people are registered to tell anything without pointing at somebody.")
        if not self.found.givers[-1]:
            return _("Nobody has handed in an idea.")
        if not silent:
            return _("Somebody has handed in an idea from every unit.")
        return ngettext(
            "From %(count)s unit nobody has handed in an idea.",
            "From %(count)s units nobody has handed in an idea.",
            silent,
        ) % {"count": silent}

    @property
    def givers(self) -> str:
        """How many gave, exactly or from so many to so many."""
        return from_to(self.found.givers[0], self.found.givers[-1])

    @property
    def per_hundred(self) -> str:
        """How many of a hundred gave, in the same way."""
        low, high = self.found.givers[0], self.found.givers[-1]
        return of_hundred(low, high, people=self.found.people)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The whole organisation in a few figures, as far as they may be told."""
        fate = self.found.fate
        days = None if fate.days is None else number_format(round(fate.days))
        driven = self.found.employee_driven
        told = [
            (_("Employees"), number_format(self.found.people)),
            (_("Givers"), self.givers),
            (_("Givers per 100 employees"), self.per_hundred if self.found.people else None),
            (_("Ideas that are employee-driven"), None if driven is None else percent(driven)),
            (
                _("Carried on, of those answered"),
                None if fate.carried_on is None else percent(fate.carried_on),
            ),
            (_("Days until the answer, the middle one"), days),
        ]
        return [(name, value) for name, value in told if value is not None]

    @property
    def units(self) -> list[LineShown]:
        """By unit."""
        return [LineShown(line) for line in self.found.units]

    @property
    def giving(self) -> list[LineShown]:
        """Units from which somebody gave something."""
        return [one for one in self.units if not one.line.is_silent]

    @property
    def works(self) -> list[LineShown] | None:
        """By what people's work is."""
        works = self.found.works
        return None if works is None else [LineShown(line, is_work=True) for line in works]

    @property
    def silent(self) -> list[LineShown]:
        """Units without a giver, the largest first."""
        return [LineShown(line) for line in self.found.silent]

    @property
    def overview(self) -> SafeString:
        """In how many units many, a few or nobody gave."""
        units = self.found.units
        few = sum(line.givers is None for line in units)
        silent = sum(line.is_silent for line in units)
        bars = [
            charts.Bar(_("%(fewest)s givers or more") % {"fewest": FEWEST},
                       len(units) - few - silent),
            charts.Bar(_("1 to %(most)s givers") % {"most": FEWEST - 1}, few),
            charts.Bar(_("Nobody"), silent),
        ]  # fmt: skip
        title = _("In %(giving)s of %(all)s units somebody gives") % {
            "giving": len(units) - silent,
            "all": len(units),
        }
        return charts.bars(bars, title=title, unit=_("units"))

    @property
    def chart(self) -> SafeString:
        """How many of a hundred gave, where it may be told."""
        told = [line for line in self.found.units if line.per_hundred is not None]
        if not any(line.per_hundred for line in told):
            return SafeString("")
        bars = [charts.Bar(LineShown(line).name, round(line.per_hundred or 0, 1)) for line in told]
        title = _("Most give in: %(unit)s") % {"unit": bars[0].label}
        return charts.bars(bars, title=title, unit=_("givers per 100 employees"))


@login_required
@require_safe
def participation(request: HttpRequest) -> HttpResponse:
    """Which units give ideas, and which have not for twelve months."""
    organisation = chosen_organisation(request)
    if organisation is None:
        return render(request, "trail/no_flow.html")
    context = {
        "organisation": organisation,
        "own": f"?organisation={organisation.pk}",
        "organisations": own_organisations(actor_of(request)),
        "picture": ParticipationPicture(measure_participation(organisation, at=now())),
        "fewest": FEWEST,
    }
    return render(request, "trail/participation.html", context)


@login_required
@require_safe
def participation_export(request: HttpRequest) -> HttpResponse:
    """The same numbers for a spreadsheet."""
    organisation = chosen_organisation(request)
    if organisation is None:
        raise Http404
    picture = ParticipationPicture(measure_participation(organisation, at=now()))
    return csv_table(lines_of(picture), name="givers.csv")


def lines_of(picture: ParticipationPicture) -> Iterator[list[Any]]:
    """A heading and a line for each unit and each kind of work."""
    yield [
        _("What"), _("Name"), _("Employees"), _("Givers"), _("Givers per 100 employees"),
        _("Carried on, of those answered"), _("Days until the answer, the middle one"),
        _("Period"),
    ]  # fmt: skip
    parts: list[tuple[str, Sequence[LineShown]]] = [
        (_("Unit"), picture.units),
        (_("Work"), picture.works or []),
    ]
    for what, lines in parts:
        for one in lines:
            yield [
                what, one.name, one.line.people, one.givers, one.per_hundred, one.carried_on,
                one.days, picture.period,
            ]  # fmt: skip
