"""What a decision binds, held against the instruction of the body that decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from loype.bodies.models import Body
from loype.bodies.powers import beyond_the_body, instructed
from loype.kernel.currency import currency_of
from loype.kernel.words import clean_line
from loype.organisations.models import Organisation

MOST = Decimal("999999999999.99")


@dataclass(frozen=True)
class Bound:
    """How much a decision binds, of which matter of the instruction, in the organisation's own
    currency."""

    amount: Decimal | None = None
    currency: str = ""
    matter: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        """The fields of the row."""
        return vars(self)

    @property
    def told(self) -> dict[str, str]:
        """What the account tells; nothing where nothing is bound."""
        if self.amount is None:
            return {}
        return {"amount": str(self.amount), "currency": self.currency, "matter": self.matter}


def bound(amount: Decimal | None, *, matter: str, organisation: Organisation) -> Bound:
    """An amount to the øre in the organisation's currency."""
    matter = clean_line(matter)[:120]
    if amount is None:
        return Bound(matter=matter)
    return Bound(_to_the_oere(amount), currency_of(organisation.country), matter)


def _to_the_oere(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01")) if 0 <= amount <= MOST else amount


def amount_problems(said: Bound, *, body: Body | None, at: datetime) -> dict[str, Any]:
    """What is wrong with an amount; above the body's limit it is said who may decide it."""
    if said.amount is not None and not 0 <= said.amount <= MOST:
        return {"amount": _("Write an amount that is not below zero.")}
    if body is None or (said.amount is None and not said.matter):
        return {}
    words = beyond_the_body(
        instructed(body, day=at.date()),
        matter=said.matter, amount=said.amount, currency=said.currency,
    )  # fmt: skip
    return {"amount": words} if words else {}
