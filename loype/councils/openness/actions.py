"""Assessing what the public may know of a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from loype.councils.actions import refuse_unless_preparing
from loype.councils.models import Decision
from loype.councils.openness.labels import CLOSED, AccessClass
from loype.councils.openness.models import DecisionAccess, LegalBasis
from loype.history.actions import record
from loype.kernel.errors import BadInput
from loype.kernel.words import clean_line, clean_text
from loype.organisations.actor import Actor


@dataclass(frozen=True, kw_only=True)
class AccessWords:
    """What the public may know, and if not all: why not."""

    access_class: str
    legal_basis: LegalBasis | None = None
    public_title: str = ""
    public_reasons: str = ""
    reasons: str = ""
    review_date: date | None = None


@transaction.atomic
def assess_openness(
    decision: Decision, *, words: AccessWords, actor: Actor, at: datetime
) -> DecisionAccess:
    """Say what the public may know of a decision; what is withheld names its legal basis.

    The decision itself is not touched. A later assessment takes the place of this one, and both
    are kept.
    """
    refuse_unless_preparing(actor, decision.organisation_id)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    facts = _checked(words, decision=decision, day=localdate(at))
    before = DecisionAccess.objects.filter(decision=decision, in_force=True).first()
    if before is not None:
        if all(getattr(before, name) == value for name, value in facts.items()):
            return before
        DecisionAccess.objects.filter(pk=before.pk).update(in_force=False)
    access = DecisionAccess.objects.create(
        decision=decision, set_at=at, set_by_id=actor.signed_in_id, **facts
    )
    record(
        "assess_openness", thing=decision, actor=actor, at=at, acting_as="council",
        organisation_id=decision.organisation_id, follow=False, reason=access.reasons,
        change={
            "access": [before.access_class if before else "", access.access_class],
            "legal_basis": access.legal_basis.reference if access.legal_basis else "",
        },
    )  # fmt: skip
    return access


def _checked(words: AccessWords, *, decision: Decision, day: date) -> dict[str, Any]:
    problems: dict[str, Any] = {}
    closed, withheld = words.access_class in CLOSED, words.access_class == AccessClass.WITHHELD
    facts: dict[str, Any] = {
        "access_class": words.access_class,
        "legal_basis": words.legal_basis if closed else None,
        "public_title": "" if withheld else clean_line(words.public_title)[:200],
        "public_reasons": "" if withheld else clean_text(words.public_reasons),
        "reasons": clean_text(words.reasons) if closed else "",
        "review_date": words.review_date if closed else None,
    }
    if words.access_class not in AccessClass.values:
        problems["access_class"] = _("Choose one from the list.")
    if closed and not _holds(words.legal_basis, day=day):
        problems["legal_basis"] = _("Nothing is withheld without a legal basis. Choose it.")
    if closed and not facts["reasons"]:
        problems["reasons"] = _("Say why this legal basis applies here.")
    if not withheld and not facts["public_title"]:
        problems["public_title"] = _("Give it a title that everybody may read.")
    if words.access_class == AccessClass.PARTLY and not facts["public_reasons"]:
        problems["public_reasons"] = _("Write the reasons without what is left out.")
    if words.review_date and closed and words.review_date <= day:
        problems["review_date"] = _("Choose a day ahead.")
    if problems:
        raise BadInput(problems)
    return facts


def _holds(basis: LegalBasis | None, *, day: date) -> bool:
    return basis is not None and LegalBasis.objects.on(day).filter(pk=basis.pk).exists()
