"""The shape of the flow as pictures and words for the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from loype.trail.flow import FEWEST_FOR_A_MEDIAN
from loype.trail.shape import LAYERS, PLACES, Aged, LeadTimes, Week
from loype.web.shared import flow_charts
from loype.web.shared.flow_charts import Dot, Edge, Lane, Layer

LAYER_WORDS = {
    "waiting": gettext_lazy("waits for somebody responsible"),
    "with_responsible": gettext_lazy("somebody is responsible"),
    "decided": gettext_lazy("decided"),
    "started": gettext_lazy("being tried out"),
    "finished": gettext_lazy("ended"),
}
PLACE_WORDS = {
    "nobody": gettext_lazy("Nobody responsible yet"),
    "somebody": gettext_lazy("Somebody is responsible"),
    "on_agenda": gettext_lazy("On an agenda"),
}
AGES = (5, 10, 20, 40)


@dataclass(frozen=True)
class ShapePicture:
    """Three pictures of an organisation's flow; each is empty where there is nothing to draw."""

    weeks: Sequence[Week]
    lead_times: LeadTimes
    aged: Sequence[Aged]
    promised: int

    @property
    def cumulative(self) -> SafeString:
        """What lay where, week by week."""
        if not any(week.reached[0] for week in self.weeks):
            return SafeString("")
        days = [localdate(week.ends) for week in self.weeks]
        told = [week.layers for week in self.weeks]
        stack = [
            Layer(str(LAYER_WORDS[name]), tuple(layers[name] for layers in told)) for name in LAYERS
        ]
        return flow_charts.layers(days, stack, title=self._waiting_words())

    def _waiting_words(self) -> str:
        """How much waits now, and how much did when the picture begins."""
        first, last = (
            week.layers["waiting"] + week.layers["with_responsible"]
            for week in (self.weeks[0], self.weeks[-1])
        )
        if last == first:
            return _("%(now)s wait undecided, as many as when the picture begins") % {"now": last}
        return _("%(now)s wait undecided; when the picture begins it was %(then)s") % {
            "now": last,
            "then": first,
        }

    @property
    def decisions(self) -> SafeString:
        """How long first decisions took."""
        if not self.lead_times.says_something:
            return SafeString("")
        total = self.lead_times.total
        kept = round(100 * self.lead_times.within(self.promised) / total)
        title = ngettext(
            "%(share)s %% of the first decisions came within %(days)s working day",
            "%(share)s %% of the first decisions came within %(days)s working days",
            self.promised,
        ) % {"share": kept, "days": self.promised}
        return flow_charts.histogram(
            self.lead_times.counts, edges=self.edges, title=title, unit=_("decisions")
        )

    @property
    def edges(self) -> list[Edge]:
        """The working days that matter: promised, and what half and nine of ten took."""
        found = [Edge(self.promised, _("promised"), "limit")]
        if self.lead_times.says_something:
            found = [
                Edge(self.lead_times.share(0.5), _("half within"), "median"),
                *found,
                Edge(self.lead_times.share(0.9), _("nine of ten within"), "high"),
            ]
        return found

    @property
    def ageing(self) -> SafeString:
        """What waits now, by place and age."""
        if not self.aged:
            return SafeString("")
        late = sum(one.count for one in self.aged if one.waited > self.promised)
        title = (
            ngettext(
                "%(count)s that waits has passed what was promised",
                "%(count)s that wait have passed what was promised",
                late,
            )
            % {"count": late}
            if late
            else _("Nothing that waits has passed what was promised")
        )
        heads = [*age_words(), _("longest")]
        return flow_charts.ageing(
            [self._lane(place) for place in PLACES], edges=self.edges, heads=heads, title=title
        )

    def _lane(self, place: str) -> Lane:
        found = [one for one in self.aged if one.place == place]
        count = sum(one.count for one in found)
        oldest = max((one.waited for one in found), default=0)
        figure = (
            _("%(count)s, the longest %(oldest)s")
            % {"count": count, "oldest": flow_charts.working_days(oldest)}
            if count
            else _("none")
        )
        return Lane(
            label=str(PLACE_WORDS[place]),
            figure=figure,
            dots=tuple(Dot(one.waited, one.count) for one in found),
            cells=(
                *map(str, by_age(found)),
                flow_charts.working_days(oldest) if count else "–",
            ),
        )

    @property
    def too_few(self) -> str:
        """What is said where fewer than five were decided."""
        return _(
            "How long decisions take is shown once %(count)s were made in the period: fewer "
            "say little."
        ) % {"count": FEWEST_FOR_A_MEDIAN}


def age_words() -> list[str]:
    """The stretches of age, in working days."""
    firsts = (0, *(edge + 1 for edge in AGES))
    known = [f"{first}–{last}" for first, last in zip(firsts, AGES, strict=False)]
    return [*known, _("more than %(days)s") % {"days": AGES[-1]}]


def by_age(found: Sequence[Aged]) -> list[int]:
    """How many fall into each stretch of age."""
    counts = [0] * (len(AGES) + 1)
    for one in found:
        place = next((n for n, edge in enumerate(AGES) if one.waited <= edge), len(AGES))
        counts[place] += one.count
    return counts
