"""How people join an organisation, take on roles, and leave."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from loype.accounts.actions import hash_secret
from loype.accounts.models import Person
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.words import clean_line
from loype.mail.actions import queue_mail
from loype.organisations.actions.organisations import refuse_unless_managing
from loype.organisations.actor import Actor
from loype.organisations.labels import Role
from loype.organisations.models import Invitation, Membership, Organisation, Unit

INVITATION_LASTS = timedelta(days=21)


@transaction.atomic
def invite_person(
    organisation: Organisation,
    *,
    email: str,
    roles: Sequence[str],
    actor: Actor,
    at: datetime,
    unit: Unit | None = None,
    job_title: str = "",
) -> tuple[Invitation, str]:
    """Invite somebody by mail; a new invitation replaces an open one to the same address."""
    refuse_unless_managing(actor, organisation.pk)
    email = email.strip().lower()
    _check_invitation(organisation, email=email, roles=roles, unit=unit)
    Invitation.objects.filter(
        organisation=organisation, email__iexact=email, accepted_at=None, withdrawn_at=None
    ).update(withdrawn_at=at)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        unit=unit,
        job_title=clean_line(job_title)[:120],
        roles=sorted({Role.EMPLOYEE.value, *roles}),
        secret_hash=hash_secret(secret),
        invited_by_id=actor.person_id,
        invited_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    _mail_invitation(invitation, secret=secret, at=at)
    record(
        "invite_person", thing=invitation, actor=actor, at=at,
        organisation_id=organisation.pk, change={"roles": invitation.roles}, follow=False,
    )  # fmt: skip
    return invitation, secret


def _check_invitation(
    organisation: Organisation, *, email: str, roles: Sequence[str], unit: Unit | None
) -> None:
    problems = {}
    if "@" not in email or len(email) > 254:
        problems["email"] = _("Write a whole e-mail address.")
    if not set(roles) <= set(Role.values):
        problems["roles"] = _("Choose roles from the list.")
    if unit is not None and unit.organisation_id != organisation.pk:
        problems["unit"] = _("The unit must be in the same organisation.")
    if problems:
        raise BadInput(problems)


def _mail_invitation(invitation: Invitation, *, secret: str, at: datetime) -> None:
    with translation.override(invitation.organisation.language):
        subject = _("Join %(organisation)s in Løype") % {"organisation": invitation.organisation}
        body = _(
            "You are invited to take part in %(organisation)s's innovation work.\n\n"
            "Open this address to join. It works until %(until)s:\n%(address)s\n\n"
            "If you did not expect this, you need not do anything."
        ) % {
            "organisation": invitation.organisation,
            "until": invitation.expires_at.date().isoformat(),
            "address": f"{settings.SITE_ADDRESS}/join/{secret}/",
        }
    queue_mail(
        key=f"invitation-{invitation.pk}", to=invitation.email, subject=subject, body=body, at=at
    )


@transaction.atomic
def accept_invitation(
    secret: str, *, person: Person, actor: Actor, at: datetime
) -> list[Membership]:
    """Join by an invitation's secret; it works once and until it expires."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation", "unit")
        .filter(secret_hash=hash_secret(secret))
        .first()
    )
    if invitation is None or invitation.withdrawn_at or invitation.expires_at <= at:
        raise WrongMoment(_("This invitation no longer works; ask for a new one."))
    if invitation.accepted_at:
        raise WrongMoment(_("This invitation was already used."))
    invitation.accepted_at, invitation.accepted_by = at, person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record(
        "accept_invitation", thing=invitation, actor=actor, at=at,
        organisation_id=invitation.organisation_id, follow=False,
    )  # fmt: skip
    return [
        _open_membership(
            person=person, organisation=invitation.organisation, role=role,
            unit=invitation.unit, job_title=invitation.job_title, actor=actor, at=at,
        )
        for role in invitation.roles
    ]  # fmt: skip


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, actor: Actor, at: datetime) -> Invitation:
    """Take an invitation back before it is used."""
    refuse_unless_managing(actor, invitation.organisation_id)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise WrongMoment(_("This invitation was already used."))
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    record(
        "withdraw_invitation", thing=invitation, actor=actor, at=at,
        organisation_id=invitation.organisation_id, follow=False,
    )  # fmt: skip
    return invitation


@transaction.atomic
def join_by_domain(person: Person, *, actor: Actor, at: datetime) -> Membership | None:
    """Join the organisation that welcomes everybody with this (verified) e-mail domain."""
    domain = person.email.rsplit("@", 1)[-1].lower()
    organisation = Organisation.objects.active().filter(
        join_by_domain=True, email_domain__iexact=domain
    ).first()  # fmt: skip
    if organisation is None:
        return None
    if Membership.objects.filter(person=person, organisation=organisation).exists():
        return None
    return _open_membership(
        person=person, organisation=organisation, role=Role.EMPLOYEE, unit=None, job_title="",
        actor=actor, at=at,
    )  # fmt: skip


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
    return _open_membership(
        person=person, organisation=organisation, role=role, unit=unit, job_title=job_title,
        actor=actor, at=at,
    )  # fmt: skip


def _open_membership(
    *,
    person: Person,
    organisation: Organisation,
    role: str,
    unit: Unit | None,
    job_title: str,
    actor: Actor,
    at: datetime,
) -> Membership:
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
    yesterday = at.date() - timedelta(days=1)
    if membership.from_date > yesterday:
        membership.delete()  # it lasted less than a day: only the account tells of it
        return membership
    membership.to_date = yesterday
    membership.save(update_fields=["to_date"])
    return membership
