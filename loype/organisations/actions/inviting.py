"""Inviting somebody by mail, and joining by the letter."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _, pgettext

from loype.accounts.actions import change_settings, hash_secret
from loype.accounts.models import LANGUAGES, Person
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotFound, WrongMoment
from loype.kernel.words import clean_line
from loype.mail.actions import queue_mail
from loype.organisations.actions.organisations import refuse_unless_managing
from loype.organisations.actions.people import open_membership
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
    _check_invitation(organisation, email=email, roles=roles, unit=unit, at=at)
    # Two administrators who invite the same address at once take turns.
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    Invitation.objects.filter(organisation=organisation, email__iexact=email).open().update(
        withdrawn_at=at
    )
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
    organisation: Organisation, *, email: str, roles: Sequence[str], unit: Unit | None, at: datetime
) -> None:
    problems = {}
    try:
        validate_email(email)
    except ValidationError:
        problems["email"] = _("Write a whole e-mail address.")
    if len(email) > 254:
        problems["email"] = _("Write a whole e-mail address.")
    if not set(roles) <= set(Role.values):
        problems["roles"] = _("Choose roles from the list.")
    if unit is not None and (unit.organisation_id != organisation.pk or unit.closed_date):
        problems["unit"] = _("Choose an open unit of this organisation.")
    here = Membership.objects.filter(organisation=organisation, person__email__iexact=email)
    if not problems and here.on(at.date()).exists():
        problems["email"] = _("This person already belongs to the organisation.")
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
            "until": date_format(invitation.expires_at.date(), pgettext("a date", "j F Y")),
            "address": f"{settings.SITE_ADDRESS}/join/{secret}/",
        }
    queue_mail(
        key=f"invitation-{invitation.pk}", to=invitation.email, subject=subject, body=body, at=at
    )


@transaction.atomic
def resend_invitation(
    invitation: Invitation, *, actor: Actor, at: datetime
) -> tuple[Invitation, str]:
    """Send the same invitation anew: with a new secret and a new last day."""
    refuse_unless_managing(actor, invitation.organisation_id)
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise WrongMoment(_("This invitation was already used or withdrawn."))
    unit = invitation.unit
    return invite_person(
        invitation.organisation,
        email=invitation.email,
        roles=invitation.roles,
        unit=unit if unit and not unit.closed_date else None,
        job_title=invitation.job_title,
        actor=actor,
        at=at,
    )


def find_invitation(secret: str, *, at: datetime) -> Invitation:
    """The invitation behind a secret, while it works; else NotFound or WrongMoment say why."""
    invitation = (
        Invitation.objects.select_related("organisation", "unit", "invited_by")
        .filter(secret_hash=hash_secret(secret))
        .first()
    )
    if invitation is None:
        raise NotFound(_("There is no such invitation."))
    _refuse_unless_open(invitation, at=at)
    return invitation


def _refuse_unless_open(invitation: Invitation, *, at: datetime) -> None:
    if invitation.accepted_at:
        raise WrongMoment(_("This invitation was already used."))
    if invitation.withdrawn_at or invitation.expires_at <= at:
        raise WrongMoment(_("This invitation no longer works; ask for a new one."))


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
    if invitation is None:
        raise WrongMoment(_("This invitation no longer works; ask for a new one."))
    _refuse_unless_open(invitation, at=at)
    invitation.accepted_at, invitation.accepted_by = at, person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record(
        "accept_invitation", thing=invitation, actor=actor, at=at,
        organisation_id=invitation.organisation_id, follow=False,
    )  # fmt: skip
    speak_as_organisation(person, organisation=invitation.organisation, actor=actor, at=at)
    return [
        open_membership(
            person=person, organisation=invitation.organisation, role=role,
            unit=invitation.unit, job_title=invitation.job_title, actor=actor, at=at,
        )
        for role in invitation.roles
    ]  # fmt: skip


def speak_as_organisation(
    person: Person, *, organisation: Organisation, actor: Actor, at: datetime
) -> None:
    """Somebody who never chose a language reads the organisation's."""
    if not person.language and organisation.language in LANGUAGES:
        change_settings(person, language=organisation.language, actor=actor, at=at)


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
def join_by_domain(
    person: Person, *, actor: Actor, at: datetime, email: str = ""
) -> Membership | None:
    """Join the organisation that welcomes everybody with this (verified) e-mail domain.

    Whoever calls this has checked that the address is the person's; somebody who left stays out.
    """
    domain = (email or person.email).rsplit("@", 1)[-1].lower()
    organisation = Organisation.objects.active().filter(
        join_by_domain=True, email_domain__iexact=domain
    ).first()  # fmt: skip
    if organisation is None:
        return None
    if Membership.objects.filter(person=person, organisation=organisation).exists():
        return None
    speak_as_organisation(person, organisation=organisation, actor=actor, at=at)
    return open_membership(
        person=person, organisation=organisation, role=Role.EMPLOYEE, unit=None, job_title="",
        actor=actor, at=at,
    )  # fmt: skip
