"""Who is missing from a body: its dated rules against the seats as they are held on a day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext, pgettext

from loype.bodies.models import Body, CompositionRule, RuleKind, Seat, SeatKind, Strength, Term
from loype.bodies.querysets import in_force
from loype.kernel.errors import BadInput, WrongMoment
from loype.organisations.models import Organisation


@dataclass(frozen=True)
class Missing:
    """One thing that a body lacks, said in words, and what stops until it is there."""

    words: str
    strength: str
    rule_id: int | None = None

    @property
    def stops_meetings(self) -> bool:
        """Whether the body cannot meet without it."""
        return self.strength == Strength.ALWAYS

    @property
    def stops_beginning(self) -> bool:
        """Whether the body cannot begin without it."""
        return self.strength != Strength.TOLD


@dataclass(frozen=True)
class Table:
    """The seats of a body on a day: those that stand, and those of them that somebody holds."""

    body: Body
    standing: Collection[Seat]
    held: Collection[Seat]
    municipalities: Collection[Organisation] = ()
    terms: Collection[Term] = ()

    def without(self, seat: Seat) -> Table:
        """The same, were this seat taken away."""
        return Table(
            body=self.body,
            standing=[one for one in self.standing if one.pk != seat.pk],
            held=[one for one in self.held if one.pk != seat.pk],
            municipalities=self.municipalities,
        )


def missing_from(body: Body, day: date) -> list[Missing]:
    """Everything the body lacks on a day; three statements, four where a rule names each member."""
    rules = rules_on(body, day=day)
    return missing_at(table_on(body, day=day, rules=rules), rules=rules)


def rules_on(body: Body, *, day: date) -> list[CompositionRule]:
    """The rules about who sits on the body that are in force on a day."""
    return list(body.composition_rules.filter(in_force(day)).select_related("party"))


def table_on(body: Body, *, day: date, rules: Iterable[CompositionRule] = ()) -> Table:
    """The body's seats on a day, with the members of its federation where a rule needs them."""
    standing = list(Seat.objects.filter(body=body).standing_on(day).select_related("party"))
    seats = [seat.pk for seat in standing]
    rows: Any = Term.objects.filter(seat__in=seats).on(day).with_work(day)
    terms = list(rows.select_related("person"))
    held = {term.seat_id for term in terms if term.is_at_work and not term.is_deputy}
    members: list[Organisation] = []
    if body.federation_id and any(rule.rule == RuleKind.EACH_MUNICIPALITY for rule in rules):
        members = list(
            Organisation.objects.filter(
                in_force(day, path="federation_memberships__"),
                kind="municipality",
                federation_memberships__federation=body.federation_id,
            ).order_by("name", "pk")
        )
    return Table(
        body=body,
        standing=standing,
        held=[seat for seat in standing if seat.pk in held],
        municipalities=members,
        terms=terms,
    )


def missing_at(table: Table, *, rules: Iterable[CompositionRule]) -> list[Missing]:
    """What these seats lack by these rules, the obligatory seats of every body first."""
    found = _obligatory(table)
    for rule in rules:
        words = _GAPS[rule.rule](rule, table)
        found += [Missing(one, rule.strength, rule.pk) for one in words]
    return found


def _obligatory(table: Table) -> list[Missing]:
    """What no row may take away: the federation on a council, and a leader wherever it decides."""
    found = []
    federation = any(seat.kind == SeatKind.FEDERATION for seat in table.held)
    if table.body.is_council and not federation:
        found.append(
            _("The federation's seat is empty. The federation must name who holds it first.")
        )
    if table.body.may_decide and not any(seat.is_leader for seat in table.held):
        found.append(
            _("The council has no leader yet. Appoint one first.")
            if table.body.is_council
            else _("The body has no leader yet. Appoint one first.")
        )
    return [Missing(words, Strength.ALWAYS) for words in found]


def _each_municipality(rule: CompositionRule, table: Table) -> list[str]:
    homes = [
        seat.party_id or table.body.organisation_id
        for seat in table.held
        if seat.kind == SeatKind.MUNICIPALITY
    ]
    return [
        ngettext(
            "%(name)s is to have at least %(least)s seat and has %(held)s.",
            "%(name)s is to have at least %(least)s seats and has %(held)s.",
            rule.least,
        )
        % {"name": one.name, "least": rule.least, "held": homes.count(one.pk)}
        for one in table.municipalities
        if homes.count(one.pk) < rule.least
    ]


def _seats_of_kind(rule: CompositionRule, table: Table) -> list[str]:
    held = sum(seat.kind == rule.seat_kind for seat in table.held)
    return _count(rule, held=held, name=rule.get_seat_kind_display())


def _seats_of_party(rule: CompositionRule, table: Table) -> list[str]:
    held = sum(seat.party_id == rule.party_id for seat in table.held)
    return _count(rule, held=held, name=rule.party.name if rule.party else "")


def _count(rule: CompositionRule, *, held: int, name: str) -> list[str]:
    facts = {"name": name, "held": held, "least": rule.least, "most": rule.most}
    if held < rule.least:
        return [
            ngettext(
                "At least %(least)s seat is to be held for %(name)s, and %(held)s is.",
                "At least %(least)s seats are to be held for %(name)s, and %(held)s are.",
                rule.least,
            )
            % facts
        ]
    if rule.most is not None and held > rule.most:
        return [_("At most %(most)s may be held for %(name)s, and %(held)s are.") % facts]
    return []


def _leader_speaks_for(rule: CompositionRule, table: Table) -> list[str]:
    leader = next((seat for seat in table.standing if seat.is_leader), None)
    if leader is not None and leader.kind == rule.seat_kind:
        return []
    return [_("The leader is to speak for %(kind)s.") % {"kind": rule.get_seat_kind_display()}]


def _leader_of_party(rule: CompositionRule, table: Table) -> list[str]:
    leader = next((seat for seat in table.standing if seat.is_leader), None)
    if rule.party is None or (leader is not None and leader.party_id == rule.party_id):
        return []
    return [_("The leader is to come from %(name)s.") % {"name": rule.party.name}]


def _discipline(rule: CompositionRule, table: Table) -> list[str]:
    wanted = rule.discipline.casefold()
    held = sum(seat.discipline.casefold() == wanted for seat in table.held)
    if held >= rule.least:
        return []
    return [_("Nobody is there for %(discipline)s.") % {"discipline": rule.discipline}]


def _disciplines(rule: CompositionRule, table: Table) -> list[str]:
    there = {seat.discipline.casefold() for seat in table.held if seat.discipline}
    if len(there) >= rule.least:
        return []
    return [
        _("%(least)s different disciplines are to be there, and %(held)s are.")
        % {"least": rule.least, "held": len(there)}
    ]


_GAPS: dict[str, Callable[[CompositionRule, Table], list[str]]] = {
    RuleKind.EACH_MUNICIPALITY: _each_municipality,
    RuleKind.SEATS_OF_KIND: _seats_of_kind,
    RuleKind.SEATS_OF_PARTY: _seats_of_party,
    RuleKind.LEADER_SPEAKS_FOR: _leader_speaks_for,
    RuleKind.LEADER_OF_PARTY: _leader_of_party,
    RuleKind.DISCIPLINE: _discipline,
    RuleKind.DISCIPLINES: _disciplines,
}


def refuse_misplaced(seat: Seat, *, day: date, instead_of: Seat | None = None) -> None:
    """Stop a seat that the rules have no room for: one too many, or a leader from elsewhere.

    One statement where no rule is about such a seat, else three.
    """
    rules = rules_on(seat.body, day=day)
    if seat.is_leader:
        alone = Table(body=seat.body, standing=[seat], held=[seat])
        bound = (RuleKind.LEADER_SPEAKS_FOR, RuleKind.LEADER_OF_PARTY)
        for rule in rules:
            if rule.rule in bound and (words := _GAPS[rule.rule](rule, alone)):
                raise BadInput({"party": words[0]})
    counting = [rule for rule in rules if rule.most is not None and _counts(rule, seat)]
    if not counting:
        return
    gone = {seat.pk, instead_of.pk if instead_of else None}
    others = [one for one in table_on(seat.body, day=day).standing if one.pk not in gone]
    for rule in counting:
        if rule.most is not None and sum(_counts(rule, one) for one in others) >= rule.most:
            raise BadInput({"party": _full(rule, most=rule.most)})


def _full(rule: CompositionRule, *, most: int) -> str:
    name = rule.party.name if rule.party else rule.get_seat_kind_display()
    return ngettext(
        "%(name)s has its %(most)s seat already.",
        "%(name)s has its %(most)s seats already.",
        most,
    ) % {"name": name, "most": most}


def _counts(rule: CompositionRule, seat: Seat) -> bool:
    """Whether the seat is one of those that the rule counts."""
    if rule.rule == RuleKind.SEATS_OF_PARTY:
        return seat.party_id == rule.party_id
    return rule.rule == RuleKind.SEATS_OF_KIND and seat.kind == rule.seat_kind


def refuse_loss(seat: Seat, *, day: date) -> None:
    """Stop taking a seat away that an active body cannot meet without."""
    rules = rules_on(seat.body, day=day)
    table = table_on(seat.body, day=day, rules=rules)
    before = {one.words for one in missing_at(table, rules=rules)}
    for one in missing_at(table.without(seat), rules=rules):
        if one.stops_meetings and one.words not in before:
            raise WrongMoment(one.words)


def refuse_incomplete(body: Body, *, day: date, beginning: bool = False) -> list[Seat]:
    """The seats held on a day; refused with everything that is missing, where that stops it."""
    if body.ends_date is not None and day > body.ends_date:
        raise WrongMoment(_("The committee's last day is before that."))
    rules = rules_on(body, day=day)
    table = table_on(body, day=day, rules=rules)
    missing = missing_at(table, rules=rules)
    stops = [one for one in missing if one.stops_meetings or (beginning and one.stops_beginning)]
    if stops:
        raise WrongMoment(" ".join(one.words for one in stops))
    return list(table.held)


def refuse_gap(body: Body, *, day: date) -> None:
    """Stop a council from beginning while nobody is named for the federation's seat for good."""
    if not body.is_council:
        return
    terms = Term.objects.filter(
        seat__body=body, seat__kind=SeatKind.FEDERATION, seat__closed_date=None, is_deputy=False
    )
    for term in terms.order_by("from_date"):
        if term.from_date > day:
            break
        if term.to_date is None:
            return
        day = max(day, term.to_date + timedelta(days=1))
    raise WrongMoment(
        _("Nobody holds the federation's seat from %(day)s. The federation must name who does.")
        % {"day": date_format(day, pgettext("a date", "j F Y"))}
    )
