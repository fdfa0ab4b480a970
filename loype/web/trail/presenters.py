"""Shaping the story and the flow for the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext

from loype.councils.labels import OutcomeLabel
from loype.organisations.actor import Actor
from loype.trail.flow import FEWEST_FOR_A_MEDIAN, Flow
from loype.trail.timeline import Link, Story
from loype.web.shared import charts

PERIODS = {
    "": gettext_lazy("The last 12 months"),
    "quarter": gettext_lazy("The last 90 days"),
    "all": gettext_lazy("From the beginning"),
}
PAGE_OF = {
    "idea": ("idea_page", "idea_id"),
    "decision": ("decision_page", "decision_id"),
    "activity": ("activity_page", "activity_id"),
    "solution": ("solution_page", "solution_id"),
    "adoption": ("adoption_page", "adoption_id"),
}


def address_of(kind: str, thing_id: int) -> str:
    """The page of a thing."""
    name, argument = PAGE_OF[kind]
    return reverse(name, kwargs={argument: thing_id})


@dataclass(frozen=True)
class LinkShown:
    """A link with its words."""

    words: str
    title: str
    url: str


@dataclass(frozen=True)
class StoryPicture:
    """The story with links and words for the page."""

    story: Story

    @property
    def page_url(self) -> str:
        """The page of the thing whose story it is."""
        return address_of(self.story.kind, self.story.id)

    @property
    def summary(self) -> str:
        """One sentence: how long the way was."""
        if not self.story.stations:
            return _("Nothing of this story may be shown to you.")
        days = self.story.days
        return ngettext(
            "%(count)s day from the first word to the latest news.",
            "%(count)s days from the first word to the latest news.",
            days,
        ) % {"count": days}

    @property
    def links(self) -> list[LinkShown]:
        """Where the story leads and where it comes from."""
        return [LinkShown(self._words(link), link.title, self._url(link)) for link in self._shown()]

    def _shown(self) -> list[Link]:
        return self.story.links

    def _url(self, link: Link) -> str:
        return address_of(link.kind, link.id)

    def _words(self, link: Link) -> str:
        words = {
            "idea": _("It began as"),
            "merged_into": _("It was merged into"),
            "merged_in": _("Merged into it"),
            "joined": _("It goes on in what is run together"),
            "joined_in": _("Joined it"),
            "decision": _("Decision"),
            "activity": _("Activity"),
            "solution": _("Solution"),
            "adoption": _("Taken up by"),
        }
        return words[link.relation]


def period_from(period: str, *, at: datetime) -> tuple[datetime, datetime]:
    """The beginning and the end of a period by its name."""
    since = {
        "quarter": at - timedelta(days=90),
        "": at - timedelta(days=365),
        "all": datetime(2000, 1, 1, tzinfo=UTC),
    }[period]
    return since, at


@dataclass(frozen=True)
class FlowPicture:
    """The figures as charts and words."""

    flow: Flow
    period: str
    actor: Actor
    organisation_id: int

    @property
    def organisation(self) -> str:
        """The name of the organisation whose flow it is."""
        held = self.actor.roles_held
        names = {one.organisation_id: one.organisation_name for one in held}
        return names.get(self.organisation_id, "")

    @property
    def organisations(self) -> list[tuple[str, str, None]]:
        """The organisations one may choose among, as tabs."""
        names = {one.organisation_id: one.organisation_name for one in self.actor.roles_held}
        return [(str(number), name, None) for number, name in names.items()]

    @property
    def periods(self) -> list[tuple[str, str, None]]:
        """The periods as tabs."""
        return [(value, str(label), None) for value, label in PERIODS.items()]

    @property
    def stages(self) -> SafeString:
        """How many came to each step."""
        flow = self.flow
        title = _("%(in)s came in, %(out)s were decided, %(started)s started") % {
            "in": flow.handed_in,
            "out": flow.decided,
            "started": flow.started,
        }
        counts = [
            (_("Handed in"), flow.handed_in),
            (_("Somebody responsible"), flow.with_responsible),
            (_("Decided"), flow.decided),
            (_("Activities opened"), flow.opened),
            (_("Started"), flow.started),
            (_("Finished"), flow.finished),
            (_("Evaluated"), flow.concluded),
            (_("Published as solutions"), flow.published),
            (_("In use elsewhere"), flow.in_use),
        ]
        return charts.flow(
            [charts.Stage(label, value) for label, value in counts], title=title, unit=_("cases")
        )

    @property
    def times(self) -> SafeString:
        """How many days each step took."""
        words = {
            "responsible": _("until somebody is responsible"),
            "decision": _("until the first decision"),
            "start": _("from decision to start"),
            "running": _("from start to end"),
            "publishing": _("from end to solution"),
            "reuse": _("from considering to use"),
            "waiting": _("waiting now"),
        }
        steps = self.flow.step_times
        spreads = [
            charts.Spread(
                label, low=one.low, median=one.median, high=one.high or 0, most=one.longest or 0
            )
            for key, label in words.items()
            if (one := steps[key]).median is not None and one.low is not None
        ]
        if not spreads:
            return SafeString("")
        decision = steps["decision"]
        title = (
            _("Half of the ideas are decided within %(days)s days")
            % {"days": round(decision.median)}
            if decision.median is not None
            else _("Days in each step")
        )
        return charts.distribution(spreads, title=title)

    @property
    def too_few(self) -> str:
        """What is said where fewer than five went through a step."""
        return _(
            "A step through which fewer than %(count)s went is not shown: so few say little."
        ) % {"count": FEWEST_FOR_A_MEDIAN}

    @property
    def outcomes(self) -> SafeString:
        """What the council made of the ideas."""
        found = self.flow.outcomes
        if not found:
            return SafeString("")
        labels = dict(OutcomeLabel.choices)
        bars = [
            charts.Bar(str(labels[key]), value)
            for key, value in sorted(found.items(), key=lambda pair: -pair[1])
        ]
        went_on = found.get("go_on", 0)
        total = sum(found.values())
        title = _("%(part)s of %(all)s decisions say: go on") % {"part": went_on, "all": total}
        return charts.bars(bars, title=title, unit=_("decisions"))

    @property
    def months(self) -> list[tuple[datetime, int, int]]:
        """Month by month: handed in and decided."""
        return self.flow.months

    @property
    def waiting_words(self) -> str:
        """How many wait now, and for whom."""
        count = self.flow.waiting_now
        if not count:
            return pgettext("flow", "Nothing is waiting.")
        return ngettext(
            "%(count)s case waits for a decision now", "%(count)s cases wait for a decision now",
            count,
        ) % {"count": count}  # fmt: skip
