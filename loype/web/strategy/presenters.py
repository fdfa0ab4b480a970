"""Shapes and pictures of the strategy pages; no rules, only what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from django.http import Http404, HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from loype.councils.assessing.direction import AimLine, Direction
from loype.organisations.actor import Actor
from loype.strategy.models import ItemWeight
from loype.strategy.sums import shares, whole_percents
from loype.web.shared import charts
from loype.web.shared.numbers import plain


def chosen_organisation(request: HttpRequest, actor: Actor) -> int:
    """Whose plans are meant: the one asked for, else one's own; 404 for strangers'."""
    asked = request.GET.get("organisation", "")
    own = actor.organisation_ids | actor.council_room_ids
    if asked:
        if not asked.isdecimal() or len(asked) > 18 or int(asked) not in own | actor.neighbour_ids:
            raise Http404
        return int(asked)
    if actor.organisation_id is not None:
        return actor.organisation_id
    if len(own) == 1:
        return next(iter(own))
    raise Http404


def weight_shares(weights: Sequence[ItemWeight]) -> dict[int, int]:
    """Each aim's share in whole percents that add up."""
    return whole_percents(shares({one.item_id: Fraction(one.points) for one in weights}))


def weights_picture(weights: Sequence[ItemWeight], *, title: str) -> SafeString:
    """How much each aim weighs, as lying bars."""
    percents = weight_shares(weights)
    most = charts.largest(percents.values())
    lines = [
        charts.Line(
            label=str(one.item),
            figure=_("%(share)s %%") % {"share": percents[one.item_id]},
            shapes=charts.bar(charts.share(percents[one.item_id], of=most)),
            cells=(str(one.points), _("%(share)s %%") % {"share": percents[one.item_id]}),
        )
        for one in weights
    ]
    return charts.framed(lines, kind="bars", title=title, heads=(_("points"), _("share")))


def percent(part: Fraction | None) -> str:
    """A share in words."""
    return "–" if part is None else _("%(share)s %%") % {"share": round(100 * part)}


def direction_picture(found: Direction, *, title: str) -> SafeString:
    """Effort as a bar, the intended share as an upright line, for each aim."""
    most = charts.largest(
        float(part) for one in found.lines for part in (one.effort, one.intended) if part
    )
    heads = [_("intended"), _("selected"), _("difference"), _("selections")]
    if found.by_weeks:
        heads.append(_("weeks of work"))
    return charts.framed(
        [_aim_line(one, most=most, by_weeks=found.by_weeks) for one in found.lines],
        kind="reach",
        title=title,
        heads=heads,
        note=_("The bar is what was selected, the upright line what the plans intended."),
    )


def _aim_line(one: AimLine, *, most: float, by_weeks: bool) -> charts.Line:
    said = _("%(effort)s selected, %(intended)s intended") % {
        "effort": percent(one.effort),
        "intended": percent(one.intended),
    }
    cells = [percent(one.intended), percent(one.effort), gap_words(one.gap), plain(one.count)]
    if by_weeks:
        cells.append(plain(one.weeks))
    goal = charts.share(float(one.intended or 0), of=most)
    return charts.Line(
        label=str(one.item),
        figure=said,
        shapes=format_html(
            '<line class="chart__rail" x1="0" x2="100%" y1="10" y2="10"/>{}'
            '<line class="chart__goal" x1="{goal}%" x2="{goal}%" y1="-2" y2="22"/>',
            charts.bar(charts.share(float(one.effort or 0), of=most)),
            goal=goal,
        ),
        cells=tuple(cells),
    )


def gap_words(gap: Fraction | None) -> str:
    """How much more or less than intended, in percentage points."""
    if gap is None:
        return "–"
    points = round(100 * gap)
    if points > 0:
        return _("%(points)s points more") % {"points": points}
    if points < 0:
        return _("%(points)s points less") % {"points": -points}
    return _("as intended")


def finding(found: Direction) -> str:
    """The title of the year: where selections went furthest from what was intended."""
    gaps = [one for one in found.lines if one.gap is not None]
    if not gaps:
        return _("What was selected in %(year)s, by aim") % {"year": found.year}
    furthest = max(gaps, key=_distance)
    told = {"aim": furthest.item.title, "year": found.year}
    if _distance(furthest) < Fraction(5, 100):
        return _("Selections in %(year)s followed the plans") % told
    if (furthest.gap or 0) < 0:
        return _("“%(aim)s” got less than intended in %(year)s") % told
    return _("“%(aim)s” got more than intended in %(year)s") % told


def _distance(one: AimLine) -> Fraction:
    """How far selections went from what was intended, either way."""
    gap = one.gap or Fraction(0)
    return max(gap, -gap)
