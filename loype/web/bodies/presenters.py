"""Bodies shaped for their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from loype.bodies.as_of import SeatThen
from loype.bodies.models import Body, CompositionRule, RuleKind, RulesOfProcedure, SeatKind
from loype.kernel.clock import now
from loype.web.shared.acting import actor_of


def today() -> date:
    """The day it is."""
    return timezone.localdate(now())


def day_asked(request: HttpRequest) -> date:
    """The day in the address, or today; anything else in the address is today, too."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today()


def year_asked(request: HttpRequest) -> int:
    """The year in the address, or this one."""
    asked = request.GET.get("year", "")
    if len(asked) == 4 and asked.isascii() and asked.isdecimal() and asked > "1900":
        return int(asked)
    return today().year


def load_body(request: HttpRequest, body_id: int) -> Body:
    """A body one may know of."""
    bodies = Body.objects.visible_to(actor_of(request))
    return get_object_or_404(bodies.select_related("organisation", "federation"), pk=body_id)


@dataclass(frozen=True)
class SeatLine:
    """A seat as a line of the page."""

    then: SeatThen
    title: str
    speaks_for: str

    @property
    def is_empty(self) -> bool:
        """Whether nobody holds it."""
        return self.then.holder is None


def seat_lines(seats: Sequence[SeatThen]) -> list[SeatLine]:
    """The seats in the order people look for them: the leader, then by party."""
    ordered = sorted(
        seats,
        key=lambda one: (
            not one.seat.is_leader,
            one.seat.kind == SeatKind.CONSULTATIVE,
            one.seat.party.name if one.seat.party else "",
            one.seat.pk,
        ),
    )
    return [SeatLine(one, _title(one), _speaks_for(one)) for one in ordered]


def _title(one: SeatThen) -> str:
    if one.seat.title:
        return one.seat.title
    if one.seat.is_leader:
        return _("Leader")
    if one.seat.kind == SeatKind.FEDERATION:
        return _("The federation's seat")
    return _("Member")


def _speaks_for(one: SeatThen) -> str:
    seat = one.seat
    if seat.party is None:
        return "" if seat.kind == SeatKind.MUNICIPALITY else seat.get_kind_display()
    return seat.party.name


def rule_words(rule: CompositionRule) -> str:
    """A rule about who sits on a body, as a sentence."""
    facts: dict[str, Any] = {
        "least": rule.least,
        "kind": rule.get_seat_kind_display(),
        "party": rule.party.name if rule.party else "",
        "discipline": rule.discipline,
    }
    if rule.rule == RuleKind.LEADER_SPEAKS_FOR:
        return _("The leader speaks for %(kind)s.") % facts
    if rule.rule == RuleKind.LEADER_OF_PARTY:
        return _("The leader comes from %(party)s.") % facts
    if rule.rule == RuleKind.DISCIPLINE:
        return _("Somebody is there for %(discipline)s.") % facts
    if rule.rule == RuleKind.DISCIPLINES:
        return _("At least %(least)s different disciplines are there.") % facts
    if rule.rule == RuleKind.EACH_MUNICIPALITY:
        return _count(rule, _("each municipality of the federation"))
    return _count(rule, facts["party"] or facts["kind"])


def _count(rule: CompositionRule, name: str) -> str:
    facts = {"name": name, "least": rule.least, "most": rule.most}
    if rule.most == rule.least:
        return (
            ngettext(
                "Exactly %(least)s seat for %(name)s.",
                "Exactly %(least)s seats for %(name)s.",
                rule.least,
            )
            % facts
        )
    if rule.most is not None:
        return _("%(least)s to %(most)s seats for %(name)s.") % facts
    return (
        ngettext(
            "At least %(least)s seat for %(name)s.",
            "At least %(least)s seats for %(name)s.",
            rule.least,
        )
        % facts
    )


def procedure_lines(rules: RulesOfProcedure) -> list[str]:
    """The rules of procedure, as the sentences that calls and votes are measured by."""
    lines = [
        ngettext("Called %(days)s day ahead.", "Called %(days)s days ahead.", rules.notice_days)
        % {"days": rules.notice_days},
        ngettext(
            "Papers are out %(days)s day before.",
            "Papers are out %(days)s days before.",
            rules.paper_days,
        )
        % {"days": rules.paper_days},
        _("Decides when this many are there: %(quorum)s.") % {"quorum": _quorum(rules)},
        _("Decides %(how)s.") % {"how": rules.get_decides_by_display()},
    ]
    if rules.casting_vote:
        lines.append(_("The leader's vote settles a tie."))
    lines.append(
        _("May decide in writing.") if rules.allows_written else _("Does not decide in writing.")
    )
    if rules.allows_urgent:
        lines.append(
            ngettext(
                "May meet in haste with %(days)s day of notice.",
                "May meet in haste with %(days)s days of notice.",
                rules.urgent_notice_days,
            )
            % {"days": rules.urgent_notice_days}
        )
    if rules.least_meetings is not None:
        lines.append(
            _("Meets %(least)s to %(most)s times a year.")
            % {"least": rules.least_meetings, "most": rules.most_meetings}
        )
    return lines


def _quorum(rules: RulesOfProcedure) -> str:
    if rules.quorum == "number":
        return str(rules.quorum_number)
    return rules.get_quorum_display()
