"""Writing plans and their aims down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, Stale, WrongMoment
from loype.kernel.words import clean_line, clean_text
from loype.organisations.actor import Actor
from loype.organisations.labels import Visibility
from loype.organisations.models import Organisation
from loype.strategy.labels import Involved, PlanKind
from loype.strategy.models import Plan, PlanItem
from loype.strategy.rules import can_write_strategy


@dataclass(frozen=True, kw_only=True)
class PlanWords:
    """What is written down of a plan."""

    title: str
    kind: str = PlanKind.PRIORITIES
    from_date: date
    to_date: date | None = None
    decision_reference: str = ""
    visibility: str = Visibility.ORGANISATION


@dataclass(frozen=True, kw_only=True)
class ItemWords:
    """What is written down of an aim."""

    title: str
    number: str = ""
    text: str = ""
    involvement: str = ""
    involvement_words: str = ""


def refuse_unless_writing(actor: Actor, organisation_id: int) -> None:
    """Stop anybody who does not keep the organisation's plans."""
    if not can_write_strategy(actor, organisation_id):
        raise NotAllowed(
            _("Only an administrator, the named decider or the council secretary writes plans.")
        )


def _plan_facts(words: PlanWords) -> dict[str, Any]:
    problems: dict[str, Any] = {}
    title = clean_line(words.title)
    if not title:
        problems["title"] = _("Give the plan its title.")
    if words.kind not in PlanKind.values:
        problems["kind"] = _("Choose one from the list.")
    if words.visibility not in Visibility.values:
        problems["visibility"] = _("Choose one from the list.")
    if words.to_date is not None and words.to_date < words.from_date:
        problems["to_date"] = _("The last day comes before the first.")
    if problems:
        raise BadInput(problems)
    return {
        "title": title[:200],
        "kind": words.kind,
        "from_date": words.from_date,
        "to_date": words.to_date,
        "decision_reference": clean_line(words.decision_reference)[:160],
        "visibility": words.visibility,
    }


@transaction.atomic
def write_plan(organisation: Organisation, *, words: PlanWords, actor: Actor, at: datetime) -> Plan:
    """Write a plan down in the organisation's register."""
    refuse_unless_writing(actor, organisation.pk)
    plan = Plan.objects.create(
        organisation=organisation, language=organisation.language, created_at=at,
        **_plan_facts(words),
    )  # fmt: skip
    record(
        "write_plan", thing=plan, actor=actor, at=at, organisation_id=organisation.pk,
        change={"title": plan.title}, follow=False,
    )  # fmt: skip
    return plan


@transaction.atomic
def change_plan(
    plan: Plan, *, words: PlanWords, actor: Actor, at: datetime, version: int | None = None
) -> Plan:
    """Change what is written down of a plan, or from when to when it is in force."""
    refuse_unless_writing(actor, plan.organisation_id)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if version is not None and version != plan.version:
        raise Stale(_("Somebody changed this plan after you opened it. Look again."))
    facts = _plan_facts(words)
    if facts["decision_reference"] and not plan.decision_reference:
        refuse_unsaid(PlanItem.objects.filter(plan=plan).standing(), field="decision_reference")
    changed = {
        name: [str(getattr(plan, name)), str(value)]
        for name, value in facts.items()
        if getattr(plan, name) != value
    }
    for name, value in facts.items():
        setattr(plan, name, value)
    plan.version += 1
    plan.save(update_fields=[*facts, "version"])
    record(
        "change_plan", thing=plan, actor=actor, at=at, organisation_id=plan.organisation_id,
        change=changed, follow=False,
    )  # fmt: skip
    return plan


def refuse_unsaid(items: Iterable[PlanItem], *, field: str) -> None:
    """Stop what is adopted before each aim says how the employees' organisations are involved."""
    lacking = [str(one) for one in items if not one.involvement]
    if lacking:
        words = _("Say first how the employees' organisations are involved, or why not: %(titles)s")
        raise BadInput({field: words % {"titles": "; ".join(lacking)}})


def _item_facts(words: ItemWords, *, is_said: bool, is_adopted: bool) -> dict[str, str]:
    """The fields of an aim; where nothing is said of who is involved, what was said stands."""
    problems: dict[str, Any] = {}
    facts = {
        "title": clean_line(words.title)[:200],
        "number": clean_line(words.number)[:20],
        "text": clean_text(words.text),
    }
    if not facts["title"]:
        problems["title"] = _("Say what the plan aims at.")
    involved = {
        "involvement": words.involvement,
        "involvement_words": clean_text(words.involvement_words),
    }
    if any(involved.values()):
        facts |= involved
        problems |= _involvement_problems(involved)
    elif is_adopted and not is_said:
        problems["involvement"] = _("The plan is adopted, so say it of each aim.")
    if problems:
        raise BadInput(problems)
    return facts


def _involvement_problems(involved: dict[str, str]) -> dict[str, Any]:
    if involved["involvement"] not in Involved.values:
        return {"involvement": _("Choose one from the list.")}
    if not involved["involvement_words"]:
        return {"involvement_words": _("Say how they are involved, or why not.")}
    return {}


@transaction.atomic
def add_plan_item(plan: Plan, *, words: ItemWords, actor: Actor, at: datetime) -> PlanItem:
    """Write down one aim of a plan; it weighs nothing until a period gives it points."""
    refuse_unless_writing(actor, plan.organisation_id)
    facts = _item_facts(words, is_said=False, is_adopted=bool(plan.decision_reference))
    item = PlanItem.objects.create(plan=plan, organisation_id=plan.organisation_id, **facts)
    record(
        "add_plan_item", thing=item, actor=actor, at=at, organisation_id=plan.organisation_id,
        change={"plan": plan.pk, "title": item.title}, follow=False,
    )  # fmt: skip
    return item


@transaction.atomic
def change_plan_item(
    item: PlanItem, *, words: ItemWords, actor: Actor, at: datetime, version: int | None = None
) -> PlanItem:
    """Put an aim in other words; what was decided under it stays with it."""
    refuse_unless_writing(actor, item.organisation_id)
    item = PlanItem.objects.select_for_update(of=("self",)).select_related("plan").get(pk=item.pk)
    if version is not None and version != item.version:
        raise Stale(_("Somebody changed this aim after you opened it. Look again."))
    facts = _item_facts(
        words, is_said=bool(item.involvement), is_adopted=bool(item.plan.decision_reference)
    )
    changed = {
        name: [getattr(item, name), value]
        for name, value in facts.items()
        if getattr(item, name) != value
    }
    for name, value in facts.items():
        setattr(item, name, value)
    item.version += 1
    item.save(update_fields=[*facts, "version"])
    record(
        "change_plan_item", thing=item, actor=actor, at=at,
        organisation_id=item.organisation_id, change=changed, follow=False,
    )  # fmt: skip
    return item


@transaction.atomic
def retire_plan_item(item: PlanItem, *, reason: str, actor: Actor, at: datetime) -> PlanItem:
    """Give an aim up; periods adopted before keep it, later ones cannot weigh it."""
    refuse_unless_writing(actor, item.organisation_id)
    item = PlanItem.objects.select_for_update().get(pk=item.pk)
    if item.retired_date is not None:
        raise WrongMoment(_("This aim was given up before."))
    if not clean_text(reason):
        raise BadInput({"reason": _("Say why the aim is given up.")})
    item.retired_date = at.date()
    item.version += 1
    item.save(update_fields=["retired_date", "version"])
    record(
        "retire_plan_item", thing=item, actor=actor, at=at,
        organisation_id=item.organisation_id, reason=clean_text(reason), follow=False,
    )  # fmt: skip
    return item
