"""The map of needs as a picture: circles with names, drawn once for a wide sheet and once for a
narrow one. Only shapes and places are made here; colours come from the style sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from loype.search.needs.clusters import Cluster
from loype.search.needs.layout import Box, Place, flat, placed

MOST_DRAWN = {"wide": 24, "narrow": 10}
WIDTHS = {"wide": 1060.0, "narrow": 340.0}
LARGEST, SMALLEST = 58.0, 20.0  # radii
LINE = 21.0  # of a label
SIGN = 9.0  # the width of a letter, rather too wide than too narrow
LONGEST_LABEL = 17  # signs; longer words are cut, the table has them whole
MARGIN = 10.0


@dataclass(frozen=True)
class Circle:
    """One group as it is drawn: a circle with its number inside and its words below."""

    cluster: Cluster
    radius: float
    words: tuple[str, ...]

    @property
    def box(self) -> Box:
        """The room it needs."""
        longest = max((len(word) for word in self.words), default=0)
        wide = max(2 * self.radius, longest * SIGN)
        return Box(wide, 2 * self.radius + len(self.words) * LINE + 4)


def draw_map(clusters: Sequence[Cluster], *, query: str = "") -> SafeString:
    """The picture, both sheets; the style sheet shows the one that fits."""
    return format_html_join(
        "", "{}", ((_sheet(clusters, size=size, query=query),) for size in WIDTHS if clusters)
    )


def _sheet(clusters: Sequence[Cluster], *, size: str, query: str) -> SafeString:
    drawn = clusters[: MOST_DRAWN[size]]
    most = max(len(one.needs) for one in drawn)
    circles = [_circle(one, most=most) for one in drawn]
    points = flat([one.centre for one in drawn])
    places, height = placed(points, [one.box for one in circles], width=WIDTHS[size] - 2 * MARGIN)
    return format_html(
        '<svg class="needs-map needs-map--{}" viewBox="0 0 {} {}" role="group" aria-label="{}">{}'
        "</svg>",
        size,
        round(WIDTHS[size]),
        round(height + 2 * MARGIN),
        _("Groups of needs, each with its number of ideas"),
        format_html_join(
            "",
            "{}",
            (
                (_drawn(one, place, query=query),)
                for one, place in zip(circles, places, strict=True)
            ),
        ),
    )


def _circle(cluster: Cluster, *, most: int) -> Circle:
    """The area grows with the number of ideas, never below what a finger can hit."""
    radius = max(SMALLEST, LARGEST * sqrt(len(cluster.needs) / most))
    return Circle(cluster, radius, tuple(_shortened(word) for word in cluster.name.words))


def _shortened(word: str) -> str:
    return word if len(word) <= LONGEST_LABEL else f"{word[: LONGEST_LABEL - 1]}…"


def _drawn(circle: Circle, place: Place, *, query: str) -> SafeString:
    cluster, box = circle.cluster, circle.box
    x = place.x + MARGIN
    top = place.y + MARGIN - box.height / 2
    middle = top + circle.radius
    lines = (
        (round(x, 1), round(middle + circle.radius + LINE * (line + 0.85), 1), word)
        for line, word in enumerate(circle.words)
    )
    return format_html(
        '<a class="needs-map__group" href="{}" data-open="{}">'
        '<circle cx="{}" cy="{}" r="{}"/>'
        '<text class="needs-map__count" x="{}" y="{}">{} </text>'
        '<g lang="{}">{}</g></a>',
        reverse("need_cluster", args=[cluster.key]) + (f"?{query}" if query else ""),
        "yes" if cluster.open else "no",
        round(x, 1),
        round(middle, 1),
        round(circle.radius, 1),
        round(x, 1),
        round(middle, 1),
        len(cluster.needs),
        cluster.name.language,
        format_html_join("", '<text class="needs-map__word" x="{}" y="{}">{} </text>', lines),
    )
