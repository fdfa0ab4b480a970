"""A case from the queue to somebody responsible."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loype.accounts.models import Person
from loype.bodies.models import Body
from loype.councils.models import Case
from loype.councils.rules import can_prepare_cases
from loype.history.actions import record
from loype.ideas.downstream import take_up_idea
from loype.ideas.models import Idea
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.organisations.actor import Actor
from loype.organisations.models import Membership


def current_council(organisation_id: int) -> Body | None:
    """The organisation's active council, or None where the named decider decides."""
    return Body.objects.filter(
        organisation=organisation_id, kind="innovation_council", state="active"
    ).first()


def lock_case(case: Case) -> Case:
    """The case and its idea as they are now, held until the transaction ends."""
    return (
        Case.objects.select_for_update(of=("self", "idea"))
        .select_related("idea", "organisation")
        .get(pk=case.pk)
    )


def refuse_unless_preparing(actor: Actor, organisation_id: int) -> Body | None:
    """Stop anybody who does not prepare the council's cases; gives the active council."""
    council = current_council(organisation_id)
    if not can_prepare_cases(actor, organisation_id, council=council):
        raise NotAllowed(_("Only the council's leader and secretary prepare its cases."))
    return council


def open_case(idea: Idea, *, at: datetime) -> Case:
    """Put a handed-in idea in the queue; handed in again, its clock starts anew."""
    case, new = Case.objects.get_or_create(
        idea=idea, defaults={"organisation_id": idea.organisation_id, "waiting_since": at}
    )
    if not new and case.state in ("decided", "closed"):
        case.state, case.waiting_since = "waiting", at
        case.version += 1
        case.save(update_fields=["state", "waiting_since", "version"])
    return case


def open_cases_for_import(ideas: Sequence[Idea], *, at: datetime) -> list[Case]:
    """Put many imported ideas in the queue at once; they wait here from now, not since long ago."""
    return Case.objects.bulk_create(
        Case(
            idea=idea,
            organisation_id=idea.organisation_id,
            waiting_since=at,
        )
        for idea in ideas
    )


@transaction.atomic
def appoint_responsible(
    case: Case, *, person: Person, actor: Actor, at: datetime, version: int | None = None
) -> Case:
    """Name the one colleague who follows the idea up; the idea is taken up from now on."""
    case = lock_case(case)
    refuse_unless_preparing(actor, case.organisation_id)
    if version is not None and version != case.version:
        raise WrongMoment(_("Somebody changed this case after you opened it. Look again."))
    if case.state == "closed":
        raise WrongMoment(_("The idea was withdrawn; nobody needs to follow it up."))
    colleagues = Membership.objects.filter(organisation=case.organisation_id, person=person)
    if not colleagues.on(at.date()).exists():
        raise BadInput({"person": _("The responsible must work in the organisation.")})
    before = case.responsible_id
    if before == person.pk:
        return case
    changed = hand_case_to(case, person, at=at)
    case.version += 1
    case.save(update_fields=[*changed, "version"])
    take_up_idea(case.idea, at=at)
    record(
        "appoint_responsible", thing=case, actor=actor, at=at,
        organisation_id=case.organisation_id, acting_as="council",
        change={"responsible": [before, person.pk], "idea": case.idea_id},
    )  # fmt: skip
    return case


def hand_case_to(case: Case, person: Person, *, at: datetime) -> list[str]:
    """Let a case be somebody's from now on, who has yet to accept it; gives what was changed."""
    case.responsible, case.responsible_since = person, at
    case.first_responsible_at = case.first_responsible_at or at
    case.accepted_at, case.declined_because = None, ""
    case.follow_up_by = None
    if case.deputy_id == person.pk:
        case.deputy = None
    return [
        "responsible", "responsible_since", "first_responsible_at", "accepted_at",
        "declined_because", "follow_up_by", "deputy",
    ]  # fmt: skip


def close_case(idea: Idea, *, at: datetime) -> None:
    """Take a withdrawn idea's case out of the queue."""
    Case.objects.filter(idea=idea).update(state="closed")


def reopen_case(idea: Idea, *, at: datetime) -> None:
    """Information came in: the case waits for the council again."""
    case = Case.objects.select_for_update().get(idea=idea)
    if case.state == "decided":
        case.state, case.waiting_since = "waiting", at
        case.version += 1
        case.save(update_fields=["state", "waiting_since", "version"])
