"""On which mandate an activity hangs, and what it would take to stop it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.words import clean_line, clean_text
from loype.organisations.actor import Actor
from loype.portfolio.actions import lock_activity
from loype.portfolio.mandates.labels import CURRENCY_OF, Bond, Currency
from loype.portfolio.mandates.models import Commitment, PoliticalMandate, StoppingCost
from loype.portfolio.mandates.rules import can_keep_mandates
from loype.portfolio.models import Activity, Participant
from loype.portfolio.rules import can_lead_activity
from loype.portfolio.states import OPEN_ACTIVITY

MOST = Decimal(10) ** 12


def mandate_not_named(organisation_id: int, *, at: datetime) -> PoliticalMandate:
    """What activities hang on of which nobody has said it yet; shown as a thing to mend."""
    found, _new = PoliticalMandate.objects.get_or_create(
        organisation_id=organisation_id, is_named=False, defaults={"recorded_at": at}
    )
    return found


def mandate_to_open_on(
    organisation_id: int, *, chosen: PoliticalMandate | None, at: datetime
) -> PoliticalMandate:
    """The mandate a new activity hangs on: the chosen one, or the only one in force.

    Where several are in force one must be chosen; where none is, it is not named yet.
    """
    held = PoliticalMandate.objects.filter(organisation=organisation_id).in_force(localdate(at))
    if chosen is not None:
        found = held.filter(pk=chosen.pk).first()
        if found is None:
            raise BadInput({"mandate": _("This mandate is not in force today. Choose another.")})
        return found
    several = list(held[:2])
    if len(several) > 1:
        raise BadInput({"mandate": _("Say which political mandate it hangs on.")})
    return several[0] if several else mandate_not_named(organisation_id, at=at)


def mandate_to_join_on(organisation_id: int, *, at: datetime) -> PoliticalMandate:
    """The mandate a co-owner's part hangs on from the day it joins: the only one in force. Where
    there are several or none, its own people say it afterwards."""
    held = PoliticalMandate.objects.filter(organisation=organisation_id).in_force(localdate(at))
    several = list(held[:2])
    return several[0] if len(several) == 1 else mandate_not_named(organisation_id, at=at)


def due_date_of(hangs: Activity | Participant, *, day: date) -> date | None:
    """Since when an activity's mandate, or that of a co-owner's part, must be confirmed; None when
    it need not."""
    rows: Any = Participant.objects if isinstance(hangs, Participant) else Activity.objects
    due: date | None = (
        rows.with_mandate(day).filter(pk=hangs.pk).values_list("mandate_due_date", flat=True).get()
    )
    return due


def lock_part(activity: Activity, *, organisation_id: int) -> Participant | None:
    """An organisation's part of an activity that it owns with others, held; None without one."""
    parts = Participant.objects.select_for_update(of=("self",)).owned().filter(activity=activity)
    return parts.filter(organisation=organisation_id).first()


@transaction.atomic
def hang_on_mandate(
    activity: Activity, *, mandate: PoliticalMandate, actor: Actor, at: datetime
) -> Activity:
    """Say on which political mandate an activity hangs of which nobody had said it yet; with a
    mandate of a co-owner, on which that co-owner's part of it hangs.

    What must be confirmed after an election is not settled this way: that takes a sitting.
    """
    activity = lock_activity(activity)
    home, day = mandate.organisation_id, localdate(at)
    hangs: Activity | Participant | None = activity
    if home != activity.organisation_id:
        hangs = lock_part(activity, organisation_id=home)
    if hangs is None:
        raise BadInput({"mandate": _("Choose one from the list.")})
    leads = hangs is activity and can_lead_activity(actor, activity)
    if not (leads or can_keep_mandates(actor, home)):
        raise NotAllowed(_("Only the owner and those who keep the mandates say what it hangs on."))
    _refuse_wrong_mandate(activity, before=hangs.mandate, mandate=mandate)
    was_due = due_date_of(hangs, day=day)
    before, hangs.mandate = hangs.mandate_id, mandate
    hangs.save(update_fields=["mandate"])
    if was_due is not None and due_date_of(hangs, day=day) is None:
        raise WrongMoment(
            _("This mandate came after the election, so the sitting of the new council says it.")
        )
    record(
        "hang_on_mandate", thing=activity, actor=actor, at=at, organisation_id=home,
        change={"mandate": [before, mandate.pk], "reference": mandate.decision_reference},
        follow=False,
    )  # fmt: skip
    return activity


def _refuse_wrong_mandate(
    activity: Activity, *, before: PoliticalMandate | None, mandate: PoliticalMandate
) -> None:
    if activity.state not in OPEN_ACTIVITY:
        raise WrongMoment(_("The activity has ended."))
    if before is not None and before.is_named:
        raise WrongMoment(
            _("It hangs on a mandate already. Another one is given in a sitting or by a decision.")
        )
    if not mandate.is_named:
        raise BadInput({"mandate": _("Choose one from the list.")})


def _to_look_after(activity: Activity, actor: Actor) -> Activity:
    activity = lock_activity(activity)
    if not can_lead_activity(actor, activity):
        raise NotAllowed(_("Only the activity's owner may do this."))
    if activity.state not in OPEN_ACTIVITY:
        raise WrongMoment(_("The activity has ended."))
    return activity


@transaction.atomic
def say_cost_of_stopping(
    activity: Activity,
    *,
    amount: Decimal,
    actor: Actor,
    at: datetime,
    currency: str = "",
    words: str = "",
) -> StoppingCost:
    """Say what it would cost to stop now and what would be lost; nothing is also an answer."""
    activity = _to_look_after(activity, actor)
    currency = currency or CURRENCY_OF.get(activity.organisation.country, "EUR")
    if currency not in Currency.values:
        raise BadInput({"currency": _("Choose one from the list.")})
    if not 0 <= amount < MOST:
        raise BadInput({"amount": _("Give an amount of nothing or more.")})
    cost, _new = StoppingCost.objects.update_or_create(
        activity=activity,
        defaults={
            "amount": amount.quantize(Decimal("0.01")), "currency": currency,
            "words": clean_text(words), "said_at": at, "said_by_id": actor.signed_in_id,
        },
    )  # fmt: skip
    record(
        "say_cost_of_stopping", thing=activity, actor=actor, at=at, acting_as="owner",
        organisation_id=activity.organisation_id, follow=False,
        change={"amount": str(cost.amount), "currency": currency},
    )  # fmt: skip
    return cost


@transaction.atomic
def add_commitment(
    activity: Activity,
    *,
    kind: str,
    words: str,
    bound_until: date | None,
    actor: Actor,
    at: datetime,
) -> Commitment:
    """Write down something that binds the activity, and until when."""
    activity = _to_look_after(activity, actor)
    if kind not in Bond.values:
        raise BadInput({"kind": _("Choose one from the list.")})
    if not (words := clean_line(words)[:200]):
        raise BadInput({"words": _("Say what binds, in a few words.")})
    commitment = Commitment.objects.create(
        activity=activity, kind=kind, words=words, bound_until=bound_until, recorded_at=at
    )
    record(
        "add_commitment", thing=activity, actor=actor, at=at, acting_as="owner",
        organisation_id=activity.organisation_id, follow=False,
        change={"commitment": commitment.pk, "until": str(bound_until or "")},
    )  # fmt: skip
    return commitment


@transaction.atomic
def remove_commitment(commitment: Commitment, *, actor: Actor, at: datetime) -> None:
    """Strike out what no longer binds."""
    activity = _to_look_after(commitment.activity, actor)
    commitment = Commitment.objects.get(pk=commitment.pk)
    if commitment.removed_at is not None:
        return
    commitment.removed_at = at
    commitment.save(update_fields=["removed_at"])
    record(
        "remove_commitment", thing=activity, actor=actor, at=at, acting_as="owner",
        organisation_id=activity.organisation_id, follow=False,
        change={"commitment": commitment.pk},
    )  # fmt: skip
