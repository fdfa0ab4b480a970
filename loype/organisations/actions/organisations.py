"""Founding an organisation and keeping its facts and units."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loype.files.actions import store_file
from loype.files.models import StoredFile
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed
from loype.kernel.words import clean_line
from loype.organisations.actor import Actor
from loype.organisations.labels import Language, OrganisationKind, UnitKind
from loype.organisations.models import Membership, Organisation, Unit
from loype.organisations.rules import can_found_organisation, can_manage_organisation

CHANGEABLE = (
    "name", "language", "colour", "email_domain", "join_by_domain", "time_zone",
    "receipt_days", "responsible_days", "decision_days", "inhabitants",
    "tells_of_likeness", "sends_text_outside",
)  # fmt: skip


LONGEST_NAME = 200
MOST_DAYS = 365
MOST_INHABITANTS = 100_000_000
MOST_EMPLOYEES = 1_000_000
DOMAIN = r"(?=.{3,120}$)([a-z0-9æøåäö]([a-z0-9æøåäö-]{0,61}[a-z0-9æøåäö])?\.)+[a-z]{2,63}"
# Addresses that anybody can have: joining by them would open the organisation to everyone.
ANYBODYS_DOMAINS = frozenset(
    {"gmail.com", "googlemail.com", "hotmail.com", "outlook.com", "live.com", "live.no", "live.dk",
     "live.se", "msn.com", "yahoo.com", "yahoo.no", "yahoo.dk", "yahoo.se", "icloud.com", "me.com",
     "mac.com", "online.no", "start.no", "broadpark.no", "telia.com", "mail.dk", "jubii.dk",
     "proton.me", "protonmail.com", "gmx.com", "gmx.net", "aol.com"}
)  # fmt: skip


def refuse_unless_managing(actor: Actor, organisation_id: int) -> None:
    """Stop anybody but the organisation's administrators."""
    if not can_manage_organisation(actor, organisation_id):
        raise NotAllowed(_("Only the organisation's administrators may do this."))


@transaction.atomic
def found_organisation(
    *, name: str, short_name: str, kind: str, actor: Actor, at: datetime, **facts: Any
) -> Organisation:
    """Take a new organisation in; done by the operator or by an import."""
    if not can_found_organisation(actor):
        raise NotAllowed(_("Organisations are founded by the operator of the installation."))
    if kind not in OrganisationKind.values:
        raise BadInput({"kind": _("Choose one from the list.")})
    organisation = Organisation(
        name=clean_line(name), short_name=short_name, kind=kind, created_at=at, **facts
    )
    try:
        with transaction.atomic():
            organisation.save(force_insert=True)
    except IntegrityError as problem:
        raise BadInput(
            {"short_name": _("There is already an organisation with this short name or code.")}
        ) from problem
    record(
        "found_organisation", thing=organisation, actor=actor, at=at,
        organisation_id=organisation.pk, follow=False,
    )  # fmt: skip
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation, *, actor: Actor, at: datetime, **wanted: Any
) -> Organisation:
    """Change the organisation's name, language, colour, joining by e-mail domain or targets."""
    refuse_unless_managing(actor, organisation.pk)
    wanted = _tidied(wanted)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    _check_facts(wanted, organisation)
    change = {}
    for key, value in wanted.items():
        before = getattr(organisation, key)
        if before != value:
            change[key] = [before, value]
            setattr(organisation, key, value)
    if change:
        try:
            with transaction.atomic():
                organisation.save(update_fields=list(change))
        except IntegrityError as problem:
            raise BadInput(
                {"email_domain": _("Another organisation already lets people join by this domain.")}
            ) from problem
        record(
            "change_organisation", thing=organisation, actor=actor, at=at,
            organisation_id=organisation.pk, change=change, follow=False,
        )  # fmt: skip
    return organisation


def _tidied(wanted: dict[str, Any]) -> dict[str, Any]:
    """Names on one line; domains and colours in small letters, the domain without its @."""
    tidied = dict(wanted)
    if "name" in tidied:
        tidied["name"] = clean_line(tidied["name"])
    if "email_domain" in tidied:
        tidied["email_domain"] = clean_line(tidied["email_domain"]).lower().lstrip("@")
    if "colour" in tidied:
        tidied["colour"] = tidied["colour"].strip().lower()
    return tidied


def _check_facts(wanted: dict[str, Any], organisation: Organisation) -> None:
    problems = {key: _("This cannot be changed.") for key in wanted if key not in CHANGEABLE}
    if "name" in wanted and not 0 < len(clean_line(wanted["name"])) <= LONGEST_NAME:
        problems["name"] = _("Write the organisation's name.")
    if "language" in wanted and wanted["language"] not in Language.values:
        problems["language"] = _("Choose one from the list.")
    if "time_zone" in wanted and wanted["time_zone"] not in available_timezones():
        problems["time_zone"] = _("Choose one from the list.")
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", wanted.get("colour", "#000000")):
        problems["colour"] = _("Write the colour as # and six digits, for example #005b6b.")
    for key in ("receipt_days", "responsible_days", "decision_days"):
        if not 1 <= wanted.get(key, 1) <= MOST_DAYS:
            problems[key] = _("From 1 to %(most)s days.") % {"most": MOST_DAYS}
    if not 0 <= (wanted.get("inhabitants") or 0) <= MOST_INHABITANTS:
        problems["inhabitants"] = _("Write a whole number.")
    problems |= _check_domain(
        wanted.get("email_domain", organisation.email_domain),
        joins=wanted.get("join_by_domain", organisation.join_by_domain),
    )
    if problems:
        raise BadInput(problems)


def _check_domain(domain: str, *, joins: bool) -> dict[str, str]:
    if domain and not re.fullmatch(DOMAIN, domain):
        return {"email_domain": _("Write what stands after the @, for example fjordvik.example.")}
    if joins and not domain:
        return {"email_domain": _("Write the e-mail domain people may join by.")}
    if joins and domain in ANYBODYS_DOMAINS:
        return {"email_domain": _("Anybody can get an address there; people cannot join by it.")}
    return {}


@transaction.atomic
def put_up_logo(
    organisation: Organisation,
    *,
    content: bytes,
    name: str,
    alt_text: str,
    actor: Actor,
    at: datetime,
) -> Organisation:
    """Keep a picture and show it as the organisation's logo."""
    refuse_unless_managing(actor, organisation.pk)
    logo = store_file(content, name=name, alt_text=alt_text, actor=actor, at=at, pictures_only=True)
    return set_logo(organisation, logo=logo, actor=actor, at=at)


@transaction.atomic
def set_logo(
    organisation: Organisation, *, logo: StoredFile | None, actor: Actor, at: datetime
) -> Organisation:
    """Put up or take down the organisation's logo."""
    refuse_unless_managing(actor, organisation.pk)
    if logo is not None and not logo.is_image:
        raise BadInput({"logo": _("The logo must be a picture.")})
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    organisation.logo = logo
    organisation.save(update_fields=["logo"])
    record(
        "set_logo", thing=organisation, actor=actor, at=at,
        organisation_id=organisation.pk, follow=False,
    )  # fmt: skip
    return organisation


@transaction.atomic
def add_unit(
    organisation: Organisation,
    *,
    name: str,
    actor: Actor,
    at: datetime,
    parent: Unit | None = None,
    kind: str = UnitKind.SERVICE,
    employees: int | None = None,
) -> Unit:
    """Add a unit to the organisation's tree."""
    refuse_unless_managing(actor, organisation.pk)
    if not (name := clean_line(name)):
        raise BadInput({"name": _("Write the unit's name.")})
    if parent is not None and parent.organisation_id != organisation.pk:
        raise BadInput({"parent": _("The unit above must be in the same organisation.")})
    _check_unit(kind, employees)
    unit = Unit(organisation=organisation, parent=parent, name=name, kind=kind, employees=employees)
    _save_unit(unit, force_insert=True)
    record(
        "add_unit", thing=unit, actor=actor, at=at, organisation_id=organisation.pk,
        change={"name": name}, follow=False,
    )  # fmt: skip
    return unit


@transaction.atomic
def rename_unit(unit: Unit, *, name: str, actor: Actor, at: datetime) -> Unit:
    """Give a unit another name."""
    refuse_unless_managing(actor, unit.organisation_id)
    if not (name := clean_line(name)):
        raise BadInput({"name": _("Write the unit's name.")})
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    before, unit.name = unit.name, name
    _save_unit(unit, update_fields=["name"])
    record(
        "rename_unit", thing=unit, actor=actor, at=at, organisation_id=unit.organisation_id,
        change={"name": [before, name]}, follow=False,
    )  # fmt: skip
    return unit


@transaction.atomic
def describe_unit(
    unit: Unit, *, kind: str, employees: int | None, actor: Actor, at: datetime
) -> Unit:
    """Say what a unit is there for, and how many work in it (without its parts)."""
    refuse_unless_managing(actor, unit.organisation_id)
    _check_unit(kind, employees)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    before = {"kind": unit.kind, "employees": unit.employees}
    after = {"kind": kind, "employees": employees}
    change = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
    if not change:
        return unit
    unit.kind, unit.employees = kind, employees
    unit.save(update_fields=list(change))
    record(
        "describe_unit", thing=unit, actor=actor, at=at, organisation_id=unit.organisation_id,
        change=change, follow=False,
    )  # fmt: skip
    return unit


def _check_unit(kind: str, employees: int | None) -> None:
    if kind not in UnitKind.values:
        raise BadInput({"kind": _("Choose one from the list.")})
    if not 0 <= (employees or 0) <= MOST_EMPLOYEES:
        raise BadInput({"employees": _("Write a whole number.")})


def _save_unit(unit: Unit, **how: Any) -> None:
    try:
        with transaction.atomic():
            unit.save(**how)
    except IntegrityError as problem:
        raise BadInput({"name": _("There is already a unit with this name there.")}) from problem


@transaction.atomic
def close_unit(unit: Unit, *, actor: Actor, at: datetime) -> Unit:
    """Close a unit from today; what it did stays, and its people must have moved first."""
    refuse_unless_managing(actor, unit.organisation_id)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if Membership.objects.filter(unit=unit).on(at.date()).exists():
        raise BadInput({"unit": _("People still belong to this unit; move them first.")})
    if unit.parts.filter(closed_date=None).exists():
        raise BadInput({"unit": _("The unit has open parts; close or move them first.")})
    unit.closed_date = at.date()
    unit.save(update_fields=["closed_date"])
    record(
        "close_unit", thing=unit, actor=actor, at=at, organisation_id=unit.organisation_id,
        follow=False,
    )  # fmt: skip
    return unit
