"""Proof of equal treatment: was every case of a round judged on the same criteria, by people who
had declared their interests, in an order that a rule gave, and did every giver hear of it?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, ngettext

from loype.councils.models import (
    Assessment,
    Comparison,
    Criterion,
    Decision,
    Round,
    RoundCase,
    Score,
    Sheet,
)
from loype.organisations.actor import Actor


@dataclass(frozen=True)
class Gap:
    """One place where it does not hold."""

    case: str
    member: str
    words: str


@dataclass(frozen=True)
class Check:
    """One thing that equal treatment asks, and whether it holds."""

    key: str
    title: str
    told: str
    gaps: tuple[Gap, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.gaps


@dataclass(frozen=True)
class Judged:
    """A case and by how many members it was judged."""

    round_case: RoundCase
    judged_by: int
    stood_aside: int
    is_answered: bool


@dataclass(frozen=True)
class Proof:
    """The checks of a round, and its cases."""

    round: Round
    criteria: list[Criterion]
    checks: list[Check]
    cases: list[Judged]

    @property
    def holds(self) -> bool:
        """Whether all of it holds."""
        return all(check.holds for check in self.checks)


def prove_equal_treatment(round: Round, *, actor: Actor) -> Proof:
    """Look through everything a round left behind; seven statements, however many cases.

    Only handed-in assessments are looked at: nobody sees another's before; and only cases that may
    still be read, as another organisation may have taken back what it shared.
    """
    criteria = list(Criterion.objects.visible_to(actor).filter(profile=round.profile_id))
    cases = _by_id(
        RoundCase.objects.visible_to(actor)
        .filter(round=round)
        .select_related("case__idea")
        .defer("case__idea__words", "case__idea__text")
        .order_by("position", "pk")
    )
    given = _by_id(
        Assessment.objects.visible_to(actor)
        .filter(round=round, handed_in_at__isnull=False)
        .select_related("person")
    )
    sheets = list(
        Sheet.objects.visible_to(actor).filter(assessment__in=list(given), round_case__in=cases)
    )
    decided = set(
        Decision.objects.visible_to(actor)
        .filter(case__in=[one.case_id for one in cases.values()])
        .values_list("case_id", flat=True)
    )
    gaps = _criteria_gaps(round, criteria=criteria, cases=cases, given=given, sheets=sheets,
                          actor=actor)  # fmt: skip
    gaps += _nobody_yet(given)
    checks = [
        _same_criteria(criteria, gaps=gaps),
        _declared(given, sheets=sheets, cases=cases),
        _everybody_all(given, sheets=sheets, cases=cases),
        Check("order", _("The order was given by a rule"), str(round.get_order_rule_display())),
        _answered(cases, decided=decided, is_closed=round.state == "closed"),
    ]
    return Proof(round, criteria, checks, _judged(cases, sheets=sheets, decided=decided))


def _nobody_yet(given: dict[int, Assessment]) -> list[Gap]:
    """Nothing is shown by what nobody has done."""
    return [] if given else [Gap("", "", _("nobody has handed in yet"))]


def _by_id(rows: Iterable[Any]) -> dict[int, Any]:
    return {row.pk: row for row in rows}


def _criteria_gaps(
    round: Round,
    *,
    criteria: list[Criterion],
    cases: dict[int, RoundCase],
    given: dict[int, Assessment],
    sheets: list[Sheet],
    actor: Actor,
) -> list[Gap]:
    """Cases that somebody judged on other criteria than the rest, or on too few."""
    judged = [
        one for one in sheets if not one.has_interest and not cases[one.round_case_id].must_do
    ]
    if round.method == "pairs":
        return _pair_gaps(judged, cases=cases, given=given, actor=actor)
    wanted = {one.pk for one in criteria}
    scored: dict[int, set[int]] = defaultdict(set)
    scores = Score.objects.visible_to(actor).filter(sheet__in=sheets)
    for sheet_id, criterion_id in scores.values_list("sheet_id", "criterion_id"):
        scored[sheet_id].add(criterion_id)
    return [
        _gap(one, cases=cases, given=given, words=_("not judged on the same criteria"))
        for one in judged
        if scored[one.pk] != wanted
    ]


def _pair_gaps(
    judged: list[Sheet],
    *,
    cases: dict[int, RoundCase],
    given: dict[int, Assessment],
    actor: Actor,
) -> list[Gap]:
    compared: set[tuple[int, int]] = set()
    rows = Comparison.objects.visible_to(actor).filter(assessment__in=list(given))
    for assessment_id, first, second in rows.values_list("assessment_id", "first_id", "second_id"):
        compared |= {(assessment_id, first), (assessment_id, second)}
    alone = {one.assessment_id for one in judged}
    many = {one for one in alone if sum(other.assessment_id == one for other in judged) > 1}
    return [
        _gap(one, cases=cases, given=given, words=_("compared with no other"))
        for one in judged
        if one.assessment_id in many and (one.assessment_id, one.round_case_id) not in compared
    ]


def _gap(
    sheet: Sheet, *, cases: dict[int, RoundCase], given: dict[int, Assessment], words: str
) -> Gap:
    idea = cases[sheet.round_case_id].case.idea
    return Gap(idea.title, given[sheet.assessment_id].person.name, words)


def _same_criteria(criteria: list[Criterion], *, gaps: list[Gap]) -> Check:
    told = ngettext(
        "%(count)s criterion for every case", "%(count)s criteria for every case", len(criteria)
    ) % {"count": len(criteria)}
    return Check("criteria", _("Every case was judged on the same criteria"), told, tuple(gaps))


def _declared(
    given: dict[int, Assessment], *, sheets: list[Sheet], cases: dict[int, RoundCase]
) -> Check:
    """Everybody said of every case, before judging any, whether they have an interest in it."""
    gaps = _nobody_yet(given) + [
        Gap("", one.person.name, _("declared after handing in"))
        for one in given.values()
        if one.handed_in_at is not None and one.declared_at > one.handed_in_at
    ]
    aside = sum(one.has_interest for one in sheets)
    told = ngettext(
        "%(count)s member declared their interests", "%(count)s members declared their interests",
        len(given),
    ) % {"count": len(given)}  # fmt: skip
    told += "; " + ngettext(
        "one stood aside in %(count)s case", "they stood aside in %(count)s cases", aside
    ) % {"count": aside}
    return Check("interests", _("Those who judged had declared their interests"), told, tuple(gaps))


def _everybody_all(
    given: dict[int, Assessment], *, sheets: list[Sheet], cases: dict[int, RoundCase]
) -> Check:
    """Each member who handed in has said something of each case, or stood aside."""
    has = {(one.assessment_id, one.round_case_id) for one in sheets}
    gaps = [
        Gap(case.case.idea.title, one.person.name, _("said nothing of it"))
        for one in given.values()
        for case in cases.values()
        if not case.must_do and (one.pk, case.pk) not in has
    ]
    gaps += _nobody_yet(given)
    title = _("Everybody who judged, judged all of them")
    return Check("everybody", title, "", tuple(gaps))


def _answered(cases: dict[int, RoundCase], *, decided: set[int], is_closed: bool) -> Check:
    open_ones = [one for one in cases.values() if one.case_id not in decided]
    gaps = [Gap(one.case.idea.title, "", _("not decided yet")) for one in open_ones]
    told = ngettext(
        "%(count)s case decided, with reasons", "%(count)s cases decided, with reasons",
        len(cases) - len(open_ones),
    ) % {"count": len(cases) - len(open_ones)}  # fmt: skip
    if not is_closed:
        gaps.insert(0, Gap("", "", _("the round is still open")))
    return Check("answers", _("Every giver got a decision with its reasons"), told, tuple(gaps))


def _judged(cases: dict[int, RoundCase], *, sheets: list[Sheet], decided: set[int]) -> list[Judged]:
    by: dict[int, list[bool]] = defaultdict(list)
    for one in sheets:
        by[one.round_case_id].append(one.has_interest)
    return [
        Judged(case, by[key].count(False), by[key].count(True), case.case_id in decided)
        for key, case in cases.items()
    ]
