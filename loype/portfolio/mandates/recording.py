"""Recording mandates and elections: facts that are added to and shortened, never stretched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.words import clean_line, clean_text
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.portfolio.mandates.labels import ShiftKind
from loype.portfolio.mandates.models import Election, PoliticalMandate
from loype.portfolio.mandates.rules import can_keep_mandates


@dataclass(frozen=True, kw_only=True)
class MandateWords:
    """What is known of a political mandate."""

    title: str
    issuing_body: str
    decision_reference: str
    decided_date: date | None
    from_date: date | None = None
    to_date: date | None = None
    election_date: date | None = None
    text: str = ""


def refuse_unless_keeping(actor: Actor, organisation_id: int) -> None:
    """Stop anybody who does not keep the organisation's mandates."""
    if not can_keep_mandates(actor, organisation_id):
        raise NotAllowed(
            _("Only administrators, the council's secretary and those who decide do this.")
        )


@transaction.atomic
def record_mandate(
    organisation: Organisation, *, words: MandateWords, actor: Actor, at: datetime
) -> PoliticalMandate:
    """Write down what a political body asked for, by which decision, from when to when."""
    refuse_unless_keeping(actor, organisation.pk)
    facts = _checked(words, day=localdate(at))
    same = PoliticalMandate.objects.filter(organisation=organisation, **facts).first()
    if same is not None:
        return same  # the same form was sent twice
    mandate = PoliticalMandate.objects.create(
        organisation=organisation, recorded_at=at, recorded_by_id=actor.person_id, **facts
    )
    record(
        "record_mandate", thing=mandate, actor=actor, at=at, organisation_id=organisation.pk,
        follow=False,
        change={"title": mandate.title, "reference": mandate.decision_reference},
    )  # fmt: skip
    return mandate


def _checked(words: MandateWords, *, day: date) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "title": clean_line(words.title)[:200],
        "text": clean_text(words.text),
        "issuing_body": clean_line(words.issuing_body)[:160],
        "decision_reference": clean_line(words.decision_reference)[:160],
        "decided_date": words.decided_date,
        "from_date": words.from_date or words.decided_date,
        "to_date": words.to_date,
        "election_date": words.election_date,
    }
    problems = {
        name: said
        for name, said in (
            ("title", _("Say in a few words what it asks for.")),
            ("issuing_body", _("Say which political body decided it.")),
            ("decision_reference", _("Give the number of its decision.")),
            ("decided_date", _("Say when it was decided.")),
        )
        if not facts[name]
    }
    if problems:
        raise BadInput(problems)
    _refuse_odd_days(facts, day=day)
    return facts


def _refuse_odd_days(facts: dict[str, Any], *, day: date) -> None:
    problems = {}
    if facts["decided_date"] > day:
        problems["decided_date"] = _("That day has not come yet.")
    if facts["to_date"] and facts["to_date"] < facts["from_date"]:
        problems["to_date"] = _("It ends before it begins.")
    if facts["election_date"] and facts["election_date"] < facts["decided_date"]:
        problems["election_date"] = _("Give the next election after the decision.")
    if problems:
        raise BadInput(problems)


@transaction.atomic
def shorten_mandate(
    mandate: PoliticalMandate, *, to_date: date, reason: str, actor: Actor, at: datetime
) -> PoliticalMandate:
    """The political body takes a mandate back: it ends earlier, and what hangs on it is asked."""
    refuse_unless_keeping(actor, mandate.organisation_id)
    mandate = PoliticalMandate.objects.select_for_update().get(pk=mandate.pk)
    if mandate.from_date is None:
        raise WrongMoment(_("Nobody has named this mandate yet."))
    if not (reason := clean_text(reason)):
        raise BadInput({"reason": _("Say why, and by which decision.")})
    if to_date < mandate.from_date or (mandate.to_date and to_date >= mandate.to_date):
        raise BadInput({"to_date": _("It can only end earlier. For more time, record a new one.")})
    before, mandate.to_date = mandate.to_date, to_date
    mandate.save(update_fields=["to_date"])
    record(
        "shorten_mandate", thing=mandate, actor=actor, at=at, reason=reason, follow=False,
        organisation_id=mandate.organisation_id,
        change={"to_date": [str(before or ""), str(to_date)]},
    )  # fmt: skip
    return mandate


@transaction.atomic
def record_election(
    organisation: Organisation,
    *,
    name: str,
    election_date: date,
    actor: Actor,
    at: datetime,
    kind: str = ShiftKind.ELECTION,
) -> Election:
    """Write down when the political body is chosen anew, or gives way to another."""
    refuse_unless_keeping(actor, organisation.pk)
    if not (name := clean_line(name)[:160]):
        raise BadInput({"name": _("Give it a name, such as “Municipal election”.")})
    if kind not in ShiftKind.values:
        raise BadInput({"kind": _("Choose one from the list.")})
    try:
        with transaction.atomic():
            election = Election.objects.create(
                organisation=organisation, kind=kind, name=name, election_date=election_date,
                recorded_at=at, recorded_by_id=actor.person_id,
            )  # fmt: skip
    except IntegrityError as problem:
        raise BadInput({"election_date": _("This day is written down already.")}) from problem
    record(
        "record_election", thing=election, actor=actor, at=at, organisation_id=organisation.pk,
        follow=False, change={"name": name, "day": str(election_date)},
    )  # fmt: skip
    return election


@transaction.atomic
def call_off_election(election: Election, *, reason: str, actor: Actor, at: datetime) -> Election:
    """Take back a day that was written down wrongly or moved; only before it has passed."""
    refuse_unless_keeping(actor, election.organisation_id)
    election = Election.objects.select_for_update().get(pk=election.pk)
    day = localdate(at)
    if election.called_off_date is not None or election.election_date < day:
        raise WrongMoment(_("It has been called off already, or its day has passed."))
    if not (reason := clean_text(reason)):
        raise BadInput({"reason": _("Say why it does not take place that day.")})
    election.called_off_date, election.called_off_reason = day, reason
    election.save(update_fields=["called_off_date", "called_off_reason"])
    record(
        "call_off_election", thing=election, actor=actor, at=at, reason=reason, follow=False,
        organisation_id=election.organisation_id, change={"day": str(election.election_date)},
    )  # fmt: skip
    return election
