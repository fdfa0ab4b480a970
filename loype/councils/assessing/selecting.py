"""What a selection is for: asked before a case goes on, kept with the decision."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from loype.councils.models.aims import CaseAim, CaseEstimate, DecisionAim
from loype.councils.models.cases import Case
from loype.councils.models.decisions import Decision
from loype.strategy.models import Period


def aim_problem(case: Case, *, at: datetime) -> dict[str, Any]:
    """What is missing before a case may go on: where aims are weighed, one that it serves."""
    if CaseAim.objects.filter(case=case.pk).exists():
        return {}
    weighed = Period.objects.filter(organisation=case.organisation_id).adopted_on(at.date())
    if not weighed.exists():
        return {}
    return {
        "outcome": _(
            "Say first which aim of your plans it serves, how well and why. "
            "The case's page leads there."
        )
    }


def keep_aims(decision: Decision) -> list[DecisionAim]:
    """Keep what a case was selected for as it was said then, with each aim's part of the work."""
    if decision.outcome != "go_on":
        return []
    aims = list(CaseAim.objects.filter(case=decision.case_id))
    if not aims:
        return []
    estimate = CaseEstimate.objects.filter(case=decision.case_id).first()
    return DecisionAim.objects.bulk_create(
        DecisionAim(
            decision=decision,
            item_id=aim.item_id,
            fit=aim.fit,
            reason=aim.reason,
            share=share,
            weeks=estimate.weeks * share if estimate else None,
        )
        for aim, share in zip(aims, _shares([aim.fit for aim in aims]), strict=True)
    )


def _shares(fits: list[int]) -> list[Decimal]:
    """Parts of one by how well each is served; the first takes what rounding leaves."""
    step = Decimal("0.00001")
    parts = [(Decimal(fit) / sum(fits)).quantize(step) for fit in fits]
    parts[0] += 1 - sum(parts)
    return parts
