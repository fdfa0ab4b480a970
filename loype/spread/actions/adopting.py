"""Taking up a solution, and confirming that it is in use."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, NotFound, WrongMoment
from loype.kernel.words import clean_text
from loype.organisations.actor import Actor
from loype.organisations.visibility import may_read
from loype.spread.models import Adoption, Solution
from loype.spread.rules import can_move_adoption, can_take_up
from loype.spread.states import ADOPTION


@transaction.atomic
def take_up(solution: Solution, *, actor: Actor, at: datetime) -> Adoption:
    """Say that one's organisation considers the solution; its makers are told."""
    if not may_read(
        actor, organisation_id=solution.organisation_id, visibility=solution.visibility
    ):
        raise NotFound(_("There is no such solution."))
    if not can_take_up(actor, solution):
        raise NotAllowed(_("Only people from another organisation take up a solution."))
    solution = Solution.objects.select_for_update(of=("self",)).get(pk=solution.pk)
    if solution.state != "published":
        raise WrongMoment(_("This solution is not offered now."))
    try:
        with transaction.atomic():
            adoption = Adoption.objects.create(
                solution=solution, organisation_id=actor.acting_organisation_id,
                contact_id=actor.signed_in_id, began_at=at,
            )  # fmt: skip
    except IntegrityError as problem:
        raise WrongMoment(_("Your organisation is already on its way with this.")) from problem
    record(
        "take_up", thing=adoption, actor=actor, at=at,
        organisation_id=adoption.organisation_id, acting_as="taker",
        change={"solution": solution.pk, "state": ["", "considering"]},
    )  # fmt: skip
    return adoption


def _lock(adoption: Adoption, actor: Actor, *, after: str) -> Adoption:
    adoption = Adoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    if not can_move_adoption(actor, adoption):
        raise NotAllowed(_("Only the organisation that takes it up says how far it has come."))
    if not ADOPTION.may_move(before=adoption.state, after=after):
        raise WrongMoment(
            _("It is “%(state)s” now, so this can no longer be done.")
            % {"state": adoption.get_state_display()}
        )
    return adoption


@transaction.atomic
def move_adoption(
    adoption: Adoption, *, state: str, actor: Actor, at: datetime, adaptation_notes: str = ""
) -> Adoption:
    """Say that one's organisation now tests or adapts the solution."""
    if state not in ("testing", "adapting"):
        raise BadInput({"state": _("Choose testing or adapting.")})
    adoption = _lock(adoption, actor, after=state)
    before, adoption.state = adoption.state, state
    adoption.adaptation_notes = clean_text(adaptation_notes) or adoption.adaptation_notes
    adoption.version += 1
    adoption.save(update_fields=["state", "adaptation_notes", "version"])
    record(
        "move_adoption", thing=adoption, actor=actor, at=at,
        organisation_id=adoption.organisation_id, acting_as="taker",
        change={"state": [before, state]},
    )  # fmt: skip
    return adoption


@transaction.atomic
def confirm_in_use(
    adoption: Adoption,
    *,
    value_seen: str,
    actor: Actor,
    at: datetime,
    adaptation_notes: str = "",
) -> Adoption:
    """Confirm, as the taker, that it is in use and gives value; from now on it counts as spread."""
    Solution.objects.select_for_update(of=("self",)).get(pk=adoption.solution_id)
    adoption = _lock(adoption, actor, after="in_use")
    if not (value := clean_text(value_seen)):
        raise BadInput({"value_seen": _("Say what value it gives where you are.")})
    before, adoption.state = adoption.state, "in_use"
    adoption.value_seen = value
    adoption.adaptation_notes = clean_text(adaptation_notes) or adoption.adaptation_notes
    adoption.confirmed_at, adoption.confirmed_by_id = at, actor.person_id
    adoption.version += 1
    adoption.save(
        update_fields=[
            "state", "value_seen", "adaptation_notes", "confirmed_at", "confirmed_by", "version",
        ]
    )  # fmt: skip
    _count_use(adoption)
    record(
        "confirm_in_use", thing=adoption, actor=actor, at=at,
        organisation_id=adoption.organisation_id, acting_as="taker", reason=value,
        change={"state": [before, "in_use"]},
    )  # fmt: skip
    return adoption


@transaction.atomic
def stop_adoption(adoption: Adoption, *, reason: str, actor: Actor, at: datetime) -> Adoption:
    """Stop using or trying it and say why; the makers learn from it."""
    Solution.objects.select_for_update(of=("self",)).get(pk=adoption.solution_id)
    adoption = _lock(adoption, actor, after="stopped")
    if not (reason := clean_text(reason)):
        raise BadInput({"reason": _("Say why you stop: the makers learn from it.")})
    before, adoption.state = adoption.state, "stopped"
    adoption.stopped_at, adoption.stop_reason = at, reason
    adoption.version += 1
    adoption.save(update_fields=["state", "stopped_at", "stop_reason", "version"])
    _count_use(adoption)
    record(
        "stop_adoption", thing=adoption, actor=actor, at=at,
        organisation_id=adoption.organisation_id, acting_as="taker", reason=reason,
        change={"state": [before, "stopped"]},
    )  # fmt: skip
    return adoption


def _count_use(adoption: Adoption) -> None:
    """Keep the solution's count of confirmed users in step."""
    used = Adoption.objects.filter(solution=adoption.solution_id).counted_as_spread().count()
    Solution.objects.filter(pk=adoption.solution_id).update(in_use_count=used)
