"""Writing and publishing a solution from a finished activity."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, Stale, WrongMoment
from loype.kernel.words import clean_line, clean_text
from loype.keywords.given import as_kept, keyword_problem
from loype.organisations.actor import Actor
from loype.organisations.labels import Language, Visibility
from loype.portfolio.models import Activity
from loype.spread.labels import ActivityType, Sector
from loype.spread.models import Solution
from loype.spread.rules import can_edit_solution, can_publish_from, needs_english
from loype.spread.states import SOLUTION

LINES = {"title": 200, "contact_role": 160}
TEXTS = (
    "summary", "for_whom", "core_parts", "adaptable_parts", "cost", "conditions",
    "english_summary",
)  # fmt: skip
CHOICES = {
    "language": Language.values,
    "visibility": Visibility.values,
    "sector": ["", *Sector.values],
    "activity_type": ["", *ActivityType.values],
}
OTHERS = ("cost_amount", "cost_currency", "keywords")
REQUIRED = ("title", "summary", "for_whom", "core_parts", "contact_role")


def _cleaned(wanted: dict[str, Any]) -> dict[str, Any]:
    facts = {key: value for key, value in wanted.items() if value is not None}
    problems = {}
    for key in set(facts) - {*LINES, *TEXTS, *CHOICES, *OTHERS}:
        problems[key] = _("This cannot be changed.")
    facts |= {key: clean_line(facts[key])[:most] for key, most in LINES.items() if key in facts}
    facts |= {key: clean_text(facts[key]) for key in TEXTS if key in facts}
    for key, allowed in CHOICES.items():
        if key in facts and facts[key] not in allowed:
            problems[key] = _("Choose one from the list.")
    if facts.get("cost_amount") is not None:
        problems |= _cost_problem(facts)
    if "keywords" in facts:
        facts["keywords"] = as_kept(facts["keywords"])
        problems |= keyword_problem(facts["keywords"])
    for key in ("title", "summary"):
        if key in facts and not facts[key]:
            problems[key] = _("This must be filled in.")
    if problems:
        raise BadInput(problems)
    return facts


def _cost_problem(facts: dict[str, Any]) -> dict[str, str]:
    amount = Decimal(facts["cost_amount"])
    if not 0 <= amount < Decimal("1e12"):
        return {"cost_amount": _("The amount cannot be used.")}
    facts["cost_currency"] = (facts.get("cost_currency") or "").upper()
    if len(facts["cost_currency"]) != 3 or not facts["cost_currency"].isalpha():
        return {"cost_currency": _("Write the currency with three letters, for example NOK.")}
    return {}


@transaction.atomic
def draft_solution(activity: Activity, *, actor: Actor, at: datetime, **wanted: Any) -> Solution:
    """Begin to write what others may reuse from a finished activity."""
    if not can_publish_from(actor, activity):
        raise NotAllowed(_("Only the activity's owner writes its solution."))
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if activity.state != "finished":
        raise WrongMoment(_("A solution comes from a finished activity; finish it first."))
    if Solution.objects.filter(activity=activity).exists():
        raise WrongMoment(_("The activity already has a solution."))
    facts = _cleaned({"title": activity.title, "summary": activity.end_reason, **wanted})
    facts.setdefault("language", activity.idea.language)
    solution = Solution.objects.create(
        organisation_id=activity.organisation_id, activity=activity, created_at=at, **facts
    )
    record(
        "draft_solution", thing=solution, actor=actor, at=at,
        organisation_id=solution.organisation_id, acting_as="owner",
        change={"activity": activity.pk},
    )  # fmt: skip
    return solution


def _lock(solution: Solution, actor: Actor) -> Solution:
    solution = (
        Solution.objects.select_for_update(of=("self",))
        .select_related("activity")
        .get(pk=solution.pk)
    )
    if not can_edit_solution(actor, solution):
        raise NotAllowed(_("Only those who made the solution change it."))
    return solution


@transaction.atomic
def edit_solution(
    solution: Solution, *, actor: Actor, at: datetime, version: int | None = None, **wanted: Any
) -> Solution:
    """Change what the solution says."""
    solution = _lock(solution, actor)
    if version is not None and version != solution.version:
        raise Stale(
            _("Somebody changed this after you opened it. Look at the new text, then try again.")
        )
    facts = _cleaned(wanted)
    changed = [key for key in facts if getattr(solution, key) != facts[key]]
    for key in changed:
        setattr(solution, key, facts[key])
    if "visibility" in changed:
        _refuse_without_english(solution)
    if solution.state == "published":
        _refuse_unfinished(solution)
    if changed:
        solution.version += 1
        solution.save(update_fields=[*changed, "version"])
        record(
            "edit_solution", thing=solution, actor=actor, at=at,
            organisation_id=solution.organisation_id, acting_as="owner", follow=False,
            change={"fields": sorted(changed)},
        )  # fmt: skip
    return solution


def _refuse_unfinished(solution: Solution) -> None:
    if solution.source:
        return
    missing = {key: _("This must be filled in.") for key in REQUIRED if not getattr(solution, key)}
    if missing:
        raise BadInput(missing)


def _refuse_without_english(solution: Solution) -> None:
    """Whoever makes a solution public tells those who do not read its language what it does."""
    wanted = needs_english(visibility=solution.visibility, language=solution.language)
    if wanted and not solution.english_summary:
        words = _("Everybody can read it, also in other countries: say in English what it does.")
        raise BadInput({"english_summary": words})


@transaction.atomic
def publish_solution(solution: Solution, *, actor: Actor, at: datetime) -> Solution:
    """Let others find and take up the solution."""
    solution = _lock(solution, actor)
    if solution.state == "published":
        return solution
    if not SOLUTION.may_move(before=solution.state, after="published"):
        raise WrongMoment(_("This solution cannot be published now."))
    _refuse_unfinished(solution)
    before, solution.state = solution.state, "published"
    solution.published_at = solution.published_at or at
    solution.retired_at, solution.retire_reason = None, ""
    solution.version += 1
    solution.save(update_fields=["state", "published_at", "version", "retired_at", "retire_reason"])
    record(
        "publish_solution", thing=solution, actor=actor, at=at,
        organisation_id=solution.organisation_id, acting_as="owner",
        change={"state": [before, "published"]},
    )  # fmt: skip
    return solution


@transaction.atomic
def retire_solution(solution: Solution, *, reason: str, actor: Actor, at: datetime) -> Solution:
    """No longer offer the solution, and say why; those who use it keep it."""
    solution = _lock(solution, actor)
    if not (reason := clean_text(reason)):
        raise BadInput({"reason": _("Say why it is no longer offered.")})
    if not SOLUTION.may_move(before=solution.state, after="retired"):
        raise WrongMoment(_("Only a published solution is retired."))
    solution.state = "retired"
    solution.retired_at, solution.retire_reason = at, reason
    solution.version += 1
    solution.save(update_fields=["state", "version", "retired_at", "retire_reason"])
    record(
        "retire_solution", thing=solution, actor=actor, at=at,
        organisation_id=solution.organisation_id, acting_as="owner", reason=reason,
        change={"state": ["published", "retired"]},
    )  # fmt: skip
    return solution
