"""Who may decide what: the instruction in force, read against the rules of procedure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from loype.bodies.models import Body, Power, PowerHolder
from loype.bodies.querysets import in_force
from loype.organisations.actor import Actor
from loype.organisations.labels import Role


@dataclass(frozen=True)
class WhoDecides:
    """Who may decide a matter of this size, and in words why nobody below the body may."""

    holders: frozenset[str]
    why_the_body: str

    @property
    def only_the_body(self) -> bool:
        """Whether it takes a meeting."""
        return not self.holders - {PowerHolder.BODY}


def instructed(body: Body, *, day: date) -> list[Power]:
    """The lines of the instruction in force on a day; one statement."""
    return list(Power.objects.filter(in_force(day, path="instruction__"), instruction__body=body))


def reflected(body: Body, *, day: date) -> list[Power]:
    """The same lines as the rules of procedure in force on a day have them; one statement."""
    return list(Power.objects.filter(in_force(day, path="rules__"), rules__body=body))


def who_decides(
    powers: Iterable[Power], *, matter: str, amount: Decimal | None = None, currency: str = ""
) -> WhoDecides:
    """Who may decide a matter by these lines.

    Without an amount only a line without a limit lets somebody decide, so that leaving the amount
    out gets nobody around a limit. An amount in another currency than the limit's is above it.
    """
    lines = [one for one in powers if one.matter.casefold() == matter.casefold().strip()]
    within = {one.holder for one in lines if covers(one, amount=amount, currency=currency)}
    if within - {PowerHolder.BODY}:
        return WhoDecides(frozenset(within), "")
    if not lines:
        return WhoDecides(
            frozenset(), _("The instruction says nothing of this, so the body decides.")
        )
    limits = "; ".join(limit_words(one) for one in lines if one.holder != PowerHolder.BODY)
    if not limits:
        return WhoDecides(frozenset(within), _("By the instruction the body decides this."))
    return WhoDecides(
        frozenset(within), _("This is above the limits of the instruction (%(limits)s), so the "
        "body decides.") % {"limits": limits},
    )  # fmt: skip


def beyond_the_body(
    powers: Iterable[Power], *, matter: str, amount: Decimal | None, currency: str
) -> str:
    """Why the body may not decide a matter of this size itself, and who may; "" when it may.

    Where the instruction sets the body no limit, it decides. An amount without a matter is held to
    every limit, so that leaving the matter out gets nobody around one.
    """
    named = matter.casefold().strip()
    if not named and amount is None:
        return ""
    lines = [one for one in powers if not named or one.matter.casefold() == named]
    own = [one for one in lines if one.holder == PowerHolder.BODY]
    within = [covers(one, amount=amount, currency=currency) for one in own]
    if not own or (any(within) if named else all(within)):
        return ""
    told = {"limits": "; ".join(f"{one.matter}: {limit_words(one)}" for one in own)}
    if amount is None:
        return _("The instruction has a limit here (%(limits)s), so say the amount.") % told
    others = [one for one in lines if one.holder != PowerHolder.BODY]
    told["holders"] = ", ".join(
        dict.fromkeys(
            one.get_holder_display()
            for one in others
            if named and covers(one, amount=amount, currency=currency)
        )
    )
    if told["holders"]:
        return (
            _("This is above the body's limit (%(limits)s). It may be decided by: %(holders)s.")
            % told
        )
    return (
        _("This is above the body's limit (%(limits)s). Whoever established the body decides it.")
        % told
    )


def covers(power: Power, *, amount: Decimal | None, currency: str) -> bool:
    """Whether a line reaches as far as an amount."""
    if power.up_to is None:
        return True
    return amount is not None and amount <= power.up_to and currency == power.currency


def limit_words(power: Power) -> str:
    """A line in words: who, and up to what."""
    if power.up_to is None:
        return power.get_holder_display()
    return _("%(holder)s up to %(amount)s %(currency)s") % {
        "holder": power.get_holder_display(),
        "amount": number_format(
            power.up_to, decimal_pos=_decimals(power.up_to), force_grouping=True
        ),
        "currency": power.currency,
    }


def _decimals(amount: Decimal) -> int:
    """Whole amounts are said without decimals."""
    return 0 if amount == amount.to_integral_value() else 2


def holds(actor: Actor, *, body: Body, holder: str) -> bool:
    """Whether somebody is the head of the body's organisation, or leads the body."""
    if holder == PowerHolder.HEAD:
        return actor.has_role(Role.DECIDER, body.organisation_id)
    return holder == PowerHolder.LEADER and actor.leads_body(body.pk)


def mismatches(body: Body, *, day: date) -> list[str]:
    """Where the instruction and the rules of procedure say different things, in words.

    Two statements; nothing where a body has no instruction.
    """
    return compare(instructed(body, day=day), reflected(body, day=day))


def compare(ours: Sequence[Power], theirs: Sequence[Power]) -> list[str]:
    """The lines of an instruction against those of the rules of procedure, in words."""
    if not ours:
        return []
    said = {(one.matter.casefold(), one.holder): one for one in theirs}
    found = []
    for line in ours:
        other = said.pop((line.matter.casefold(), line.holder), None)
        words = {"matter": line.matter, "here": limit_words(line)}
        if other is None:
            found.append(
                _("%(matter)s: the instruction says %(here)s, the rules of procedure nothing.")
                % words
            )
        elif (other.up_to, other.currency) != (line.up_to, line.currency):
            found.append(
                _("%(matter)s: the instruction says %(here)s, the rules of procedure %(there)s.")
                % (words | {"there": limit_words(other)})
            )
    found += [
        _("%(matter)s: the rules of procedure say %(there)s, the instruction nothing.")
        % {"matter": other.matter, "there": limit_words(other)}
        for other in said.values()
    ]
    return found
