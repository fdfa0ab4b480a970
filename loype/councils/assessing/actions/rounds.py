"""Opening and closing a round: the same cases, criteria and form for every member."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from secrets import randbelow
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loype.councils.actions.cases import refuse_unless_preparing
from loype.councils.assessing.labels import Method, OrderRule
from loype.councils.assessing.spread import spread_of
from loype.councils.models import Case, Profile, Round, RoundCase
from loype.history.actions import record
from loype.ideas.models import Idea
from loype.kernel.errors import BadInput, WrongMoment
from loype.kernel.words import clean_line, clean_text
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation

MOST_CASES = 200
MOST_SEED = 2**31 - 1


@transaction.atomic
def open_round(
    organisation: Organisation,
    *,
    name: str,
    cases: Sequence[Case],
    profile: Profile,
    actor: Actor,
    at: datetime,
    method: str = Method.CRITERIA,
    order_rule: str = OrderRule.RANDOM,
    hand_in_by: date | None = None,
    seed: int | None = None,
) -> Round:
    """Ask the council's members to assess cases; from now on the form is the same for all."""
    council = refuse_unless_preparing(actor, organisation.pk)
    problems = _problems(
        organisation, name=name, cases=cases, profile=profile, method=method,
        order_rule=order_rule, hand_in_by=hand_in_by, actor=actor, at=at,
    )  # fmt: skip
    if problems:
        raise BadInput(problems)
    opened = Round.objects.create(
        organisation=organisation, body=council, profile=profile, name=clean_line(name)[:160],
        method=method, order_rule=order_rule, hand_in_by=hand_in_by, opened_at=at,
        seed=randbelow(MOST_SEED) if seed is None else seed, opened_by_id=actor.signed_in_id,
    )  # fmt: skip
    in_order = sorted(cases, key=lambda case: (case.waiting_since, case.pk))
    RoundCase.objects.bulk_create(
        RoundCase(round=opened, case=case, position=place)
        for place, case in enumerate(in_order, start=1)
    )
    record(
        "open_round", thing=opened, actor=actor, at=at, organisation_id=organisation.pk,
        acting_as="council",
        change={
            "cases": [case.pk for case in in_order], "profile": profile.pk, "method": method,
            "order": order_rule, "seed": opened.seed,
        },
    )  # fmt: skip
    return opened


def _problems(
    organisation: Organisation,
    *,
    name: str,
    cases: Sequence[Case],
    profile: Profile,
    method: str,
    order_rule: str,
    hand_in_by: date | None,
    actor: Actor,
    at: datetime,
) -> dict[str, Any]:
    problems: dict[str, Any] = {}
    choose = _("Choose one from the list.")
    if not clean_line(name):
        problems["name"] = _("Give the round a name, for example “Autumn 2026”.")
    if profile.organisation_id != organisation.pk or profile.to_date is not None:
        problems["profile"] = choose
    if method not in Method.values:
        problems["method"] = choose
    if order_rule not in OrderRule.values:
        problems["order_rule"] = choose
    if hand_in_by is not None and hand_in_by < at.date():
        problems["hand_in_by"] = _("That day has passed.")
    if problem := _case_problem(organisation, cases, actor=actor):
        problems["cases"] = problem
    return problems


def _case_problem(organisation: Organisation, cases: Sequence[Case], *, actor: Actor) -> str:
    if not 2 <= len({case.pk for case in cases}) <= MOST_CASES:
        return _("Choose at least two cases, and at most %(most)s.") % {"most": MOST_CASES}
    if any(case.state == "closed" for case in cases):
        return _("A withdrawn idea is not assessed.")
    others = [case.idea_id for case in cases if case.organisation_id != organisation.pk]
    readable = Idea.objects.visible_to(actor).filter(pk__in=others).count()
    if readable != len(set(others)):
        return _("Only ideas that others share with you can be assessed beside your own.")
    return ""


@transaction.atomic
def mark_must_do(
    round_case: RoundCase, *, reason: str, actor: Actor, at: datetime, must_do: bool = True
) -> RoundCase:
    """Take what must be done (by law or decision) out of the ranking, or back in."""
    opened = Round.objects.select_for_update(of=("self",)).get(pk=round_case.round_id)
    refuse_unless_preparing(actor, opened.organisation_id)
    if opened.state != "open":
        raise WrongMoment(_("The round is closed."))
    why = clean_text(reason)
    if must_do and not why:
        raise BadInput({"reason": _("Say which law or decision demands it.")})
    round_case.must_do, round_case.must_do_reason = must_do, why if must_do else ""
    round_case.save(update_fields=["must_do", "must_do_reason"])
    record(
        "mark_must_do", thing=round_case, actor=actor, at=at,
        organisation_id=opened.organisation_id, acting_as="council", reason=why,
        change={"case": round_case.case_id, "must_do": must_do}, follow=False,
    )  # fmt: skip
    return round_case


@transaction.atomic
def close_round(round: Round, *, actor: Actor, at: datetime) -> Round:
    """End a round; what is not handed in does not count and stays with its writer."""
    refuse_unless_preparing(actor, round.organisation_id)
    closed = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if closed.state != "open":
        raise WrongMoment(_("The round is closed."))
    count = closed.assessments.filter(handed_in_at__isnull=False).count()
    if not count:
        raise WrongMoment(_("Nobody has handed in yet, so there is nothing to close with."))
    closed.state, closed.closed_at, closed.closed_by_id = "closed", at, actor.signed_in_id
    closed.save(update_fields=["state", "closed_at", "closed_by"])
    record(
        "close_round", thing=closed, actor=actor, at=at, organisation_id=closed.organisation_id,
        acting_as="council", change={"handed_in": count, "spread": spread_of(closed)},
    )  # fmt: skip
    return closed
