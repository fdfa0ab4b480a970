"""Organisations that imported data may have named twice: proposed, never guessed."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.organisations.actor import Actor
from loype.organisations.models import MergeProposal, Organisation, OrganisationState
from loype.organisations.rules import can_manage_organisation


@transaction.atomic
def propose_merge(
    found: Organisation,
    *,
    candidate: Organisation,
    likeness: Decimal,
    reason: str,
    actor: Actor,
    at: datetime,
) -> MergeProposal:
    """Put the question whether a name from imported data is an organisation we know."""
    proposal, new = MergeProposal.objects.get_or_create(
        found=found, candidate=candidate, defaults={"likeness": likeness, "reason": reason}
    )
    if new:
        record(
            "propose_merge", thing=proposal, actor=actor, at=at, organisation_id=found.pk,
            change={"candidate": candidate.pk}, follow=False,
        )  # fmt: skip
    return proposal


@transaction.atomic
def answer_merge_proposal(
    proposal: MergeProposal, *, same: bool, actor: Actor, at: datetime
) -> MergeProposal:
    """Say whether the two are the same; if so the imported name points at the real one."""
    if not can_manage_organisation(actor, proposal.candidate_id):
        raise NotAllowed(_("Only administrators of the known organisation may answer this."))
    proposal = MergeProposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.answer:
        raise WrongMoment(_("This was already answered."))
    found = Organisation.objects.select_for_update().get(pk=proposal.found_id)
    if same and found.state != OrganisationState.PROPOSED:
        raise BadInput({"same": _("Only a name from imported data can be merged this way.")})
    proposal.answer = "same" if same else "not"
    proposal.answered_by_id, proposal.answered_at = actor.person_id, at
    proposal.save(update_fields=["answer", "answered_by", "answered_at"])
    if same:
        found.state, found.merged_into_id = OrganisationState.MERGED, proposal.candidate_id
        found.save(update_fields=["state", "merged_into"])
    record(
        "answer_merge_proposal", thing=proposal, actor=actor, at=at,
        organisation_id=proposal.candidate_id, change={"same": same}, follow=False,
    )  # fmt: skip
    return proposal
