"""The three levels of the public sector, and what reaches across them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """A level of the public sector."""

    MUNICIPAL = "municipal", _("municipality")
    REGIONAL = "regional", _("county or region")
    STATE = "state", _("state")


KINDS_OF_LEVEL: dict[str, frozenset[str]] = {
    Level.MUNICIPAL: frozenset({"municipality", "joint_body"}),
    Level.REGIONAL: frozenset({"county"}),
    Level.STATE: frozenset({"state_agency", "directorate", "ministry", "national_centre"}),
}
"""Companies, associations, universities and institutions of the EU count for no level."""

FEWEST_OF_CROSS_CUTTING = 2


def levels_of(kinds: Iterable[str]) -> list[Level]:
    """The levels that organisations of these kinds stand on, the nearest to the citizen first."""
    there = set(kinds)
    return [level for level in Level if KINDS_OF_LEVEL[level] & there]


def is_cross_cutting(kinds: Iterable[str]) -> bool:
    """Whether an effort of organisations of these kinds reaches across at least two levels."""
    return len(levels_of(kinds)) >= FEWEST_OF_CROSS_CUTTING
