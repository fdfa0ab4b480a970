"""Criteria profiles that are shipped: data that an organisation takes over and may replace.

`no-prosjektportalen`: the five criteria of Prosjektportalen 365 (Puzzlepart, MIT), each 1 to 5 with
5 the best (so 5 is low risk), and the limits of their sum.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _


@dataclass(frozen=True)
class PackCriterion:
    """One criterion as it is shipped, in English; it is written in the organisation's language."""

    code: str
    name: str
    help: str


@dataclass(frozen=True)
class Pack:
    """A shipped profile: its criteria, and what a sum of points above a limit says."""

    code: str
    name: str
    criteria: tuple[PackCriterion, ...]
    limits: tuple[tuple[str, int], ...]


PROSJEKTPORTALEN = Pack(
    code="no-prosjektportalen",
    name=_("Prosjektportalen's five criteria"),
    criteria=(
        PackCriterion(
            "strategic", _("Strategic value"), _("5: carries one of our most important aims")
        ),
        PackCriterion(
            "quality", _("Benefit in quality"), _("5: much better for users or employees")
        ),
        PackCriterion(
            "economy", _("Benefit in money or time"), _("5: pays for itself many times over")
        ),
        PackCriterion("necessity", _("Operational or legal need"), _("5: the law demands it")),
        PackCriterion("risk", _("Low risk"), _("5: little can go wrong; 1: very much can")),
    ),
    limits=(("must", 22), ("should", 16), ("could", 8), ("shall_not", 0)),
)
PACKS = {pack.code: pack for pack in (PROSJEKTPORTALEN,)}
DEFAULT_PACK = PROSJEKTPORTALEN.code
