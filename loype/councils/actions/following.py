"""Following a case up: the responsible takes it on or says no, has a deputy, and a day to keep."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loype.accounts.models import Person
from loype.councils.actions.cases import (
    current_council,
    hand_case_to,
    lock_case,
)
from loype.councils.models import Case
from loype.councils.rules import can_name_deputy, can_prepare_cases, is_responsible
from loype.history.actions import record
from loype.ideas.downstream import take_up_idea
from loype.kernel.errors import BadInput, NotAllowed, Stale, WrongMoment
from loype.kernel.words import clean_text
from loype.organisations.actor import HOUSE, Actor
from loype.organisations.models import Membership


@transaction.atomic
def accept_responsibility(case: Case, *, actor: Actor, at: datetime) -> Case:
    """The responsible says yes: I follow it up. Doing it twice changes nothing."""
    case = _own_open_case(case, actor=actor)
    if case.accepted_at is not None:
        return case
    case.accepted_at, case.declined_because = at, ""
    case.version += 1
    case.save(update_fields=["accepted_at", "declined_because", "version"])
    record(
        "accept_responsibility", thing=case, actor=actor, at=at,
        organisation_id=case.organisation_id, acting_as="responsible",
        change={"idea": case.idea_id}, follow=False,
    )  # fmt: skip
    return case


@transaction.atomic
def decline_responsibility(case: Case, *, reason: str, actor: Actor, at: datetime) -> Case:
    """The responsible says no and why; they stay it until somebody else is named."""
    case = _own_open_case(case, actor=actor)
    if not (reason := clean_text(reason)):
        raise BadInput({"reason": _("Say why, so that the council can name somebody else.")})
    case.accepted_at, case.declined_because = None, reason
    case.version += 1
    case.save(update_fields=["accepted_at", "declined_because", "version"])
    record(
        "decline_responsibility", thing=case, actor=actor, at=at,
        organisation_id=case.organisation_id, acting_as="responsible", reason=reason,
        change={"idea": case.idea_id},
    )  # fmt: skip
    return case


def _own_open_case(case: Case, *, actor: Actor) -> Case:
    case = lock_case(case)
    if not is_responsible(actor, case):
        raise NotAllowed(_("Only the responsible can say whether they take it on."))
    if case.state == "closed":
        raise WrongMoment(_("The idea was withdrawn; nobody needs to follow it up."))
    return case


@transaction.atomic
def arrange_follow_up(
    case: Case,
    *,
    deputy: Person | None,
    follow_up_by: date | None,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Name who stands in for the responsible, and by which day the case is ready to be decided.

    The responsible names their own deputy; the day is set by those who prepare the cases.
    """
    case = lock_case(case)
    council = current_council(case.organisation_id)
    prepares = can_prepare_cases(actor, case.organisation_id, council=council)
    if not prepares and not can_name_deputy(actor, case):
        raise NotAllowed(_("The responsible and those who prepare the cases arrange this."))
    if version is not None and version != case.version:
        raise Stale(_("Somebody changed this case after you opened it. Look again."))
    if case.responsible_id is None:
        raise WrongMoment(_("Name the responsible first."))
    if not prepares and follow_up_by != case.follow_up_by:
        raise NotAllowed(_("Those who prepare the cases set the day."))
    _refuse_bad_arrangement(case, deputy=deputy, follow_up_by=follow_up_by, at=at)
    before = case.deputy_id
    case.deputy, case.follow_up_by = deputy, follow_up_by
    case.version += 1
    case.save(update_fields=["deputy", "follow_up_by", "version"])
    record(
        "arrange_follow_up", thing=case, actor=actor, at=at,
        organisation_id=case.organisation_id, acting_as="council" if prepares else "responsible",
        change={
            "deputy": [before, case.deputy_id], "idea": case.idea_id,
            "by": follow_up_by.isoformat() if follow_up_by else None,
        },
    )  # fmt: skip
    return case


def _refuse_bad_arrangement(
    case: Case, *, deputy: Person | None, follow_up_by: date | None, at: datetime
) -> None:
    problems = {}
    if deputy is not None:
        if deputy.pk == case.responsible_id:
            problems["deputy"] = _("The deputy is somebody else than the responsible.")
        elif not _works_there(case, deputy, at=at):
            problems["deputy"] = _("The deputy must work in the organisation.")
    if follow_up_by not in (None, case.follow_up_by) and follow_up_by < at.date():
        problems["follow_up_by"] = _("This day has already passed.")
    if problems:
        raise BadInput(problems)


def _works_there(case: Case, person: Person, *, at: datetime) -> bool:
    roles = Membership.objects.filter(organisation=case.organisation_id, person=person)
    return roles.on(at.date()).exists()


@transaction.atomic
def appoint_by_delegation(case: Case, *, person: Person, at: datetime) -> bool:
    """Nobody was named in time: by standing delegation it is this person's; gives whether.

    Doing it twice changes nothing, and whoever was named in the meantime stays.
    """
    case = lock_case(case)
    is_open = case.state in ("waiting", "on_agenda") and case.responsible_id is None
    if not is_open or not _works_there(case, person, at=at):
        return False
    changed = hand_case_to(case, person, at=at)
    case.version += 1
    case.save(update_fields=[*changed, "version"])
    take_up_idea(case.idea, at=at)
    record(
        "appoint_responsible", thing=case, actor=HOUSE, at=at,
        organisation_id=case.organisation_id, acting_as="delegation",
        change={"responsible": [None, person.pk], "idea": case.idea_id},
    )  # fmt: skip
    return True
