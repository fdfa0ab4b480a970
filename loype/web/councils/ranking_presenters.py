"""Shapes and pictures of rankings and sets; no rules, only what is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext

from loype.councils.assessing.labels import Because, Method, SetMethod
from loype.councils.assessing.reading import Placed
from loype.councils.models import ManualMove, ProposedCase, RankedCase, Ranking, SetProposal
from loype.web.shared import charts

SURE = 0.9


@dataclass(frozen=True)
class ListLine:
    """A case of the list as it is shown."""

    placed: Placed
    is_in: bool
    is_last_in: bool
    worth: str

    @property
    def ranked(self) -> RankedCase:
        """The row."""
        return self.placed.ranked

    @property
    def words(self) -> str:
        """How sure it is to stay among those one means to select."""
        share = round(100 * (self.ranked.kept or 0))
        if share == 100:
            return _("stays in, whatever is drawn")
        if share == 0:
            return _("never comes in")
        return _("in %(share)s of 100 draws it stays in") % {"share": share}

    @property
    def moves(self) -> Sequence[ManualMove]:
        """Who moved it, when and why."""
        return self.placed.moves


def list_lines(order: Sequence[Placed], *, ranking: Ranking) -> list[ListLine]:
    """The list in its order, with what would be selected."""
    last = max((one.place for one in order if one.place <= ranking.places), default=0)
    return [
        ListLine(
            one, one.place <= ranking.places, one.place == last, worth(one.ranked, ranking=ranking)
        )
        for one in order
    ]


def worth(ranked: RankedCase, *, ranking: Ranking) -> str:
    """What the members gave: a sum where the profile has limits for sums, else the weighed mean."""
    if ranking.method == Method.PAIRS:
        return ""
    if ranked.priority and ranked.points is not None:
        return _("%(points)s points") % {"points": number_format(ranked.points.normalize())}
    return _("%(value)s of %(highest)s") % {
        "value": number(ranked.value),
        "highest": ranking.profile.highest,
    }


def kept_words(ranked: RankedCase) -> str:
    """How often it stays among the first, in words."""
    if ranked.kept is None:
        return "–"
    share = round(100 * ranked.kept)
    return _("in %(share)s of 100") % {"share": share}


def between_words(ranked: RankedCase) -> str:
    """Between which places it lies in nine of ten draws."""
    if ranked.best_rank is None or ranked.best_rank == ranked.worst_rank:
        return _("place %(place)s") % {"place": ranked.best_rank or ranked.position or "–"}
    return _("place %(best)s to %(worst)s") % {
        "best": ranked.best_rank,
        "worst": ranked.worst_rank,
    }


def kept_picture(order: Sequence[Placed], *, ranking: Ranking) -> SafeString:
    """How often each case stays among those one means to select, as lying bars."""
    lines = [
        charts.Line(
            label=f"{one.place}. {one.ranked.round_case.case.idea.title}",
            figure=kept_words(one.ranked),
            shapes=charts.bar(charts.share(one.ranked.kept or 0, of=1)),
            cells=(
                kept_words(one.ranked),
                between_words(one.ranked),
                str(one.computed_place),
                number(one.ranked.value),
                number(one.ranked.disagreement),
                str(one.ranked.members),
            ),
        )
        for one in order
    ]
    heads = (
        _("stays in"), _("in nine of ten draws"), _("place by the sums"), _("value"),
        _("how far members disagree"), _("members"),
    )  # fmt: skip
    note = _(
        "How often a case stays among the %(places)s first when scores and weights vary as much "
        "as the members really disagree; %(draws)s draws."
    ) % {"places": ranking.places, "draws": number_format(ranking.draws, force_grouping=True)}
    return charts.framed(lines, kind="bars", title=finding(order, ranking), heads=heads, note=note)


def finding(order: Sequence[Placed], ranking: Ranking) -> str:
    """What the picture shows: how many of the selected are sure."""
    first = [one for one in order if one.place <= ranking.places]
    sure = sum(1 for one in first if (one.ranked.kept or 0) >= SURE)
    if sure == len(first):
        return _("All that would be selected are sure")
    return ngettext(
        "%(sure)s of %(count)s that would be selected is sure",
        "%(sure)s of %(count)s that would be selected are sure",
        len(first),
    ) % {"sure": sure, "count": len(first)}


def number(value: float | None) -> str:
    """A value with two decimals."""
    return "–" if value is None else number_format(round(value, 2), decimal_pos=2)


@dataclass(frozen=True)
class SetLine:
    """A case of a proposed set, with what it would take in words."""

    row: ProposedCase
    why: str
    would_take: list[str]
    paid: list[tuple[str, Decimal]]


def set_lines(
    rows: Sequence[ProposedCase],
    proposal: SetProposal,
    *,
    titles: Mapping[int, str],
    members: Mapping[int, str],
) -> list[SetLine]:
    """The cases of a proposal as they are shown."""
    words = dict(Because.choices)
    return [
        SetLine(
            row=row,
            why=str(words.get(row.because, "")),
            would_take=would_take(row, proposal, titles=titles),
            paid=[(members.get(int(key), key), Decimal(part)) for key, part in row.paid.items()],
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Completion:
    """How the money of an equal-shares set went: by shares, then from what was left of them."""

    by_shares: int
    shares_cost: Decimal
    added: int
    added_cost: Decimal
    left: Decimal


def completion_of(proposal: SetProposal) -> Completion | None:
    """What the shares paid, what was added afterwards and what is left; for equal shares only.

    The sums are of all cases in the set, also of those that the reader may not read.
    """
    if proposal.method != SetMethod.EQUAL_SHARES:
        return None
    inside = list(proposal.cases.filter(chosen=True).values_list("from_the_rest", "cost"))
    added = [cost or Decimal(0) for from_the_rest, cost in inside if from_the_rest]
    added_cost = sum(added, Decimal(0))
    return Completion(
        by_shares=len(inside) - len(added),
        shares_cost=proposal.cost - added_cost,
        added=len(added),
        added_cost=added_cost,
        left=proposal.budget - proposal.cost,
    )


def would_take(row: ProposedCase, proposal: SetProposal, *, titles: Mapping[int, str]) -> list[str]:
    """What it would cost to bring a case in: money, or what would have to leave."""
    told: list[str] = []
    if row.chosen or not row.can_be_in:
        return told
    if row.extra_budget:
        amount = amount_words(row.extra_budget, proposal.currency)
        told.append(_("%(amount)s more would bring it in") % {"amount": amount})
    elsewhere = _("another's case")
    if row.displaces:
        named = "; ".join(titles.get(key, elsewhere) for key in row.displaces)
        told.append(_("in its place would leave: %(titles)s") % {"titles": named})
    if row.brings:
        named = "; ".join(titles.get(key, elsewhere) for key in row.brings)
        told.append(_("it brings along: %(titles)s") % {"titles": named})
    return told


def amount_words(amount: Decimal, currency: str) -> str:
    """An amount inside a sentence."""
    places = 0 if amount == amount.to_integral_value() else 2
    return f"{number_format(amount, decimal_pos=places, force_grouping=True)}\u00a0{currency}"


def value_and_cost(rows: Sequence[ProposedCase], *, title: str) -> SafeString:
    """Value against cost: each case a numbered point, what is in filled; the lists tell it too."""
    known = [row for row in rows if row.cost is not None and row.because != Because.NO_COST]
    most_cost = charts.largest(float(row.cost or 0) for row in known)
    least = min((row.value for row in known), default=0.0)
    span = charts.largest(row.value - least for row in known)
    points = (
        (
            4 + 92 * float(row.cost or 0) / most_cost,
            88 - 80 * (row.value - least) / span,
            "yes" if row.chosen else "no",
            row.position,
        )
        for row in known
    )
    return format_html(
        '<figure class="chart scatter"><figcaption class="chart__title">{}</figcaption>'
        '<svg class="scatter__field" aria-hidden="true" focusable="false">'
        '<line class="chart__rail" x1="0" x2="100%" y1="99%" y2="99%"/>'
        '<line class="chart__rail" x1="0.3%" x2="0.3%" y1="0" y2="100%"/>{}</svg>'
        '<p class="chart__note">{}</p></figure>',
        title,
        format_html_join(
            "",
            '<svg x="{}%" y="{}%" overflow="visible"><circle class="scatter__point" r="13"'
            ' data-in="{}"/><text class="scatter__number" y="5">{}</text></svg>',
            ((round(x, 1), round(y, 1), chosen, place) for x, y, chosen, place in points),
        ),
        _(
            "Further right costs more, higher up is worth more; filled is in the set. The numbers "
            "are those of the lists."
        ),
    )
