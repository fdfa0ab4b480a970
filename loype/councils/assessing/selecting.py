"""What a selection is for: asked before a case goes on, kept with the decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from loype.councils.models.aims import CaseAim, DecisionAim
from loype.councils.models.cases import Case
from loype.councils.models.decisions import Decision


@dataclass(frozen=True)
class Served:
    """An aim that a case serves, how well and why."""

    item: int
    fit: int
    reason: str


def served_by(case: Case) -> Any:
    """What makes each `Served` of a case, to be asked along with something else."""
    told = JSONObject(item="item_id", fit="fit", reason="reason")
    return CaseAim.objects.filter(case=case.pk).order_by("-fit", "pk").values(told=told)


def aim_problem(serves: Sequence[Served], *, weighs_aims: bool) -> dict[str, Any]:
    """What is missing before a case may go on: where aims are weighed, one that it serves."""
    if serves or not weighs_aims:
        return {}
    return {
        "outcome": _(
            "Say first which aim of your plans it serves, how well and why. "
            "The case's page leads there."
        )
    }


def keep_aims(
    decision: Decision, serves: Sequence[Served], *, weeks: Decimal | None
) -> list[DecisionAim]:
    """Keep what a case was selected for as it was said then, with each aim's part of the work."""
    if decision.outcome != "go_on" or not serves:
        return []
    return DecisionAim.objects.bulk_create(
        DecisionAim(
            decision=decision,
            item_id=aim.item,
            fit=aim.fit,
            reason=aim.reason,
            share=share,
            weeks=weeks * share if weeks is not None else None,
        )
        for aim, share in zip(serves, _shares([aim.fit for aim in serves]), strict=True)
    )


def _shares(fits: list[int]) -> list[Decimal]:
    """Parts of one by how well each is served; the first takes what rounding leaves."""
    step = Decimal("0.00001")
    parts = [(Decimal(fit) / sum(fits)).quantize(step) for fit in fits]
    parts[0] += 1 - sum(parts)
    return parts
