"""How people take on roles in an organisation, move within it, and leave."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loype.accounts.models import Person
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.words import clean_line
from loype.organisations.actions.organisations import refuse_unless_managing
from loype.organisations.actor import Actor
from loype.organisations.labels import Position, Role
from loype.organisations.models import Membership, Organisation, Unit


@transaction.atomic
def give_role(
    person: Person,
    *,
    organisation: Organisation,
    role: str,
    actor: Actor,
    at: datetime,
    unit: Unit | None = None,
    job_title: str = "",
) -> Membership:
    """Give a person a role in the organisation from today."""
    refuse_unless_managing(actor, organisation.pk)
    if role not in Role.values:
        raise BadInput({"role": _("Choose one from the list.")})
    return open_membership(
        person=person, organisation=organisation, role=role, unit=unit,
        job_title=clean_line(job_title)[:120],
        actor=actor, at=at,
    )  # fmt: skip


def open_membership(
    *,
    person: Person,
    organisation: Organisation,
    role: str,
    unit: Unit | None,
    job_title: str,
    actor: Actor,
    at: datetime,
) -> Membership:
    """Let a role begin today; asked for again, only a new unit or title is taken over."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    held = Membership.objects.filter(person=person, organisation=organisation, role=role)
    if current := held.on(at.date()).first():
        return _move(current, unit=unit, job_title=job_title)
    membership = Membership.objects.create(
        person=person, organisation=organisation, role=role, unit=unit,
        job_title=job_title, from_date=at.date(),
    )  # fmt: skip
    record(
        "open_membership", thing=membership, actor=actor, at=at,
        organisation_id=organisation.pk, change={"role": role, "person": person.pk}, follow=False,
    )  # fmt: skip
    return membership


def _move(current: Membership, *, unit: Unit | None, job_title: str) -> Membership:
    """The same role again: only a new unit or title is taken over."""
    current.unit = unit or current.unit
    current.job_title = job_title or current.job_title
    current.to_date = None
    current.save(update_fields=["unit", "job_title", "to_date"])
    return current


@transaction.atomic
def place_person(
    person: Person,
    *,
    organisation: Organisation,
    unit: Unit | None,
    job_title: str,
    actor: Actor,
    at: datetime,
    position: str | None = None,
) -> list[Membership]:
    """Set the unit, the job title and what somebody's work is, in all the roles they hold.

    Without `position` what was said about the work stays.
    """
    refuse_unless_managing(actor, organisation.pk)
    if position not in (None, "", *Position.values):
        raise BadInput({"position": _("Choose one from the list.")})
    if unit is not None and (unit.organisation_id != organisation.pk or unit.closed_date):
        raise BadInput({"unit": _("Choose an open unit of this organisation.")})
    held = Membership.objects.select_for_update().filter(person=person, organisation=organisation)
    memberships = list(held.on(at.date()))
    if not memberships:
        raise NotAllowed(_("This person does not belong to the organisation."))
    for membership in memberships:
        membership.unit, membership.job_title = unit, clean_line(job_title)[:120]
        membership.position = membership.position if position is None else position
        membership.save(update_fields=["unit", "job_title", "position"])
    record(
        "place_person", thing=memberships[0], actor=actor, at=at,
        organisation_id=organisation.pk,
        change={"person": person.pk, "unit": unit.pk if unit else None}, follow=False,
    )  # fmt: skip
    return memberships


@transaction.atomic
def end_membership(membership: Membership, *, actor: Actor, at: datetime) -> Membership:
    """Take a role from somebody from today; the last administrator stays."""
    refuse_unless_managing(actor, membership.organisation_id)
    return _end(membership, actor=actor, at=at)


@transaction.atomic
def leave_organisation(
    organisation: Organisation, *, person: Person, actor: Actor, at: datetime
) -> list[Membership]:
    """Leave with all one's roles; the last administrator must first name another."""
    if actor.person_id != person.pk:
        refuse_unless_managing(actor, organisation.pk)
    held = Membership.objects.filter(person=person, organisation=organisation).on(at.date())
    if not held:
        raise NotAllowed(_("This person does not belong to the organisation."))
    return [_end(membership, actor=actor, at=at) for membership in held]


def _end(membership: Membership, *, actor: Actor, at: datetime) -> Membership:
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    others = (
        Membership.objects.filter(
            organisation=membership.organisation_id, role=Role.ADMINISTRATOR, to_date=None
        )
        .exclude(pk=membership.pk)
        .exists()
    )
    if membership.role == Role.ADMINISTRATOR and not others:
        raise WrongMoment(
            _("This is the last administrator. Make somebody else administrator first.")
        )
    record(
        "end_membership", thing=membership, actor=actor, at=at,
        organisation_id=membership.organisation_id,
        change={"role": membership.role, "person": membership.person_id}, follow=False,
    )  # fmt: skip
    try:
        with transaction.atomic():
            _end_yesterday(membership, yesterday=at.date() - timedelta(days=1))
    except IntegrityError as problem:  # the database knows of seats, which stand above this
        raise WrongMoment(
            _(
                "This person holds the federation's seat on a council, which is never left empty. "
                "Name who holds it instead first."
            )
        ) from problem
    return membership


def _end_yesterday(membership: Membership, *, yesterday: date) -> None:
    if membership.from_date > yesterday:
        membership.delete()  # it lasted less than a day: only the account tells of it
        return
    membership.to_date = yesterday
    membership.save(update_fields=["to_date"])
