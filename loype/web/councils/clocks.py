"""A council's clocks as words and rows for its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _, ngettext

from loype.trail.clocks.forecast import Expected, OpenCase, Proposal
from loype.trail.clocks.reading import CouncilClocks
from loype.web.shared.parts.moments import plain_date, weekday

MOST_NAMED = 5


@dataclass(frozen=True)
class ProposalShown:
    """The meeting that the forecast proposes, in words, with what the one press plans."""

    proposal: Proposal
    today: date

    @property
    def form(self) -> str:
        """What is to be planned; also what the button sends."""
        return self.proposal.form

    @property
    def day(self) -> str:
        """Its day, as the button sends it."""
        return self.proposal.day.isoformat()

    @property
    def title(self) -> str:
        """What happens if nothing is done."""
        count = len(self.proposal.cases)
        if self.proposal.next_day is None:
            return ngettext(
                "%(count)s case passes its limit: no meeting ahead can take it",
                "%(count)s cases pass their limit: no meeting ahead can take them",
                count,
            ) % {"count": count}
        return ngettext(
            "%(count)s case passes its limit before the next meeting on %(day)s",
            "%(count)s cases pass their limit before the next meeting on %(day)s",
            count,
        ) % {"count": count, "day": plain_date(self.proposal.next_day, self.today)}

    @property
    def words(self) -> str:
        """What is proposed, and how many it is in time for."""
        day = weekday(self.proposal.day, self.today)
        what = {
            "extra": _("Proposed: an extra meeting on %(day)s."),
            "written": _("Proposed: a written procedure, answered by %(day)s."),
            "urgent": _("Proposed: an urgent meeting on %(day)s."),
        }[self.form] % {"day": day}
        in_time, count = self.proposal.in_time, len(self.proposal.cases)
        if in_time == count:
            return " ".join((what, _("That is in time.")))
        if in_time:
            said = ngettext(
                "That is in time for %(count)s of them.",
                "That is in time for %(count)s of them.",
                in_time,
            )
            return f"{what} {said % {'count': in_time}}"
        return " ".join((what, _("That is past the limit, but nothing can be sooner.")))

    @property
    def label(self) -> str:
        """What the button says."""
        count = len(self.proposal.cases)
        words = {
            "extra": ngettext(
                "Plan the extra meeting with %(count)s case",
                "Plan the extra meeting with %(count)s cases",
                count,
            ),
            "written": ngettext(
                "Plan the written procedure with %(count)s case",
                "Plan the written procedure with %(count)s cases",
                count,
            ),
            "urgent": ngettext(
                "Plan the urgent meeting with %(count)s case",
                "Plan the urgent meeting with %(count)s cases",
                count,
            ),
        }
        return words[self.form] % {"count": count}

    @property
    def cases(self) -> tuple[OpenCase, ...]:
        """The first of the cases it would take."""
        return self.proposal.cases[:MOST_NAMED]

    @property
    def others(self) -> int:
        """How many more it would take."""
        return max(0, len(self.proposal.cases) - MOST_NAMED)


def proposal_shown(clocks: CouncilClocks) -> ProposalShown | None:
    """What the forecast proposes; None when everything is in time or nothing is gained."""
    proposal = clocks.proposal
    return ProposalShown(proposal, clocks.today) if proposal is not None else None


@dataclass(frozen=True)
class ForecastRow:
    """One case: since when it waits, its limit, and when it can be decided at the earliest."""

    expected: Expected
    waited: int
    past: int

    @property
    def case(self) -> OpenCase:
        """The case."""
        return self.expected.case

    @property
    def is_late(self) -> bool:
        """Whether its limit has passed."""
        return self.expected.is_late

    @property
    def verdict(self) -> str:
        """Whether it is decided in time, in words."""
        if self.expected.is_late:
            return _("has passed its limit")
        if self.expected.day is None:
            return _("no meeting ahead takes it")
        if self.past > 0:
            return ngettext(
                "%(days)s working day too late", "%(days)s working days too late", self.past
            ) % {"days": self.past}
        return _("in time")


def forecast_rows(clocks: CouncilClocks, *, most: int | None = None) -> list[ForecastRow]:
    """The open cases, the nearest limit first; all of them where nothing else is said."""
    rows = []
    by_limit = sorted(clocks.expected, key=lambda found: (found.case.limit, found.case.id))
    for one in by_limit[:most]:
        past = clocks.calendar.between(one.case.limit, one.day) if one.day else 0
        waited = clocks.calendar.between(one.case.since, clocks.today)
        rows.append(ForecastRow(expected=one, waited=waited, past=past))
    return rows
