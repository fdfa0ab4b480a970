"""Organisations, people, the federation and its councils, as they were founded."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from loype.accounts.models import MailWish, Person
from loype.bodies.actions import activate_council, add_seat, appoint_to_seat, establish_council
from loype.bodies.models import Seat
from loype.demo.cast import PASSWORD
from loype.demo.reading import Row
from loype.demo.stage import Stage
from loype.organisations.actions import (
    add_unit,
    change_organisation,
    found_federation,
    found_organisation,
    give_role,
    join_federation,
)
from loype.organisations.actor import HOUSE

FOUNDED_DAYS_AGO = 500
TIME_ZONES = {"no": "Europe/Oslo", "dk": "Europe/Copenhagen", "se": "Europe/Stockholm"}


def found_everything(stage: Stage) -> None:
    """Who there is before the first idea."""
    at = stage.moment(FOUNDED_DAYS_AGO)
    for row in stage.tables["organisation"]:
        _found(stage, row, at=at)
    password = make_password(PASSWORD)
    for row in stage.tables["person"]:
        _welcome(stage, row, password=password, at=at)
    for row in stage.tables["federation"]:
        _federate(stage, row, at=at)
    for row in stage.tables["council"]:
        _seat_council(stage, row)
    stage.forget_actors()


def _found(stage: Stage, row: Row, *, at: datetime) -> None:
    organisation = found_organisation(
        name=row["name"],
        short_name=row["short"],
        kind=row["kind"],
        country=row["country"],
        language=row["language"],
        colour=row["colour"],
        email_domain=row["email_domain"],
        inhabitants=row.get("inhabitants"),
        time_zone=TIME_ZONES.get(row["country"], "Europe/Oslo"),
        actor=HOUSE,
        at=at,
    )
    targets = row["service_targets"]
    stage.organisations[row["key"]] = change_organisation(
        organisation,
        responsible_days=targets["take_up_days"],
        decision_days=targets["decision_days"],
        actor=HOUSE,
        at=at,
    )
    for unit in row["units"]:
        parent = stage.units.get((row["key"], unit.get("parent", "")))
        stage.units[row["key"], unit["key"]] = add_unit(
            organisation, name=unit["name"], parent=parent, actor=HOUSE, at=at
        )


def _welcome(stage: Stage, row: Row, *, password: str, at: datetime) -> None:
    person = Person(
        email=row["email"],
        name=row["first_name"],
        language=row["language"],
        password=password,
        mail_wish=MailWish.NONE,
    )
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    stage.people[row["key"]] = person
    roles = list(row["roles"])
    if row.get("cast") == "fia":
        roles.append("coordinator")
    for role in roles:
        give_role(
            person,
            organisation=stage.organisations[row["organisation"]],
            role=role,
            unit=stage.units.get((row["organisation"], row["unit"])),
            job_title=row["job_title"],
            actor=HOUSE,
            at=at,
        )


def _federate(stage: Stage, row: Row, *, at: datetime) -> None:
    coordinator = stage.organisations[row["coordinator"]]
    federation = found_federation(name=row["name"], coordinator=coordinator, actor=HOUSE, at=at)
    stage.federations[row["key"]] = federation
    for member in row["members"]:
        organisation = stage.organisations[member["organisation"]]
        if organisation.pk != coordinator.pk:
            join_federation(
                federation,
                organisation=organisation,
                from_date=min(_day(member["from"]), at.date()),
                actor=HOUSE,
                at=at,
            )


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _seat_council(stage: Stage, row: Row) -> None:
    key = row["organisation"]
    at = stage.moment(row["active_from_days_ago"])
    municipality = stage.actor(stage.holder_of("decider", key), at)
    federation = next(iter(stage.federations.values()))
    body = establish_council(
        stage.organisations[key], name=row["name"], federation=federation,
        actor=municipality, at=at,
    )  # fmt: skip
    coordinator_key = next(iter(stage.tables["federation"]))["coordinator"]
    coordinator = stage.actor(stage.holder_of("administrator", coordinator_key), at)
    for seat in (one for one in stage.tables["seat"] if one["organisation"] == key):
        who = coordinator if seat["kind"] == "federation" else municipality
        if seat["kind"] == "member":
            place = add_seat(body, discipline=seat["discipline"], actor=municipality, at=at)
        else:
            place = Seat.objects.get(
                body=body, is_leader=seat["kind"] == "leader",
                kind="federation" if seat["kind"] == "federation" else "municipality",
            )  # fmt: skip
        appoint_to_seat(
            place,
            person=stage.people[seat["person"]],
            from_date=stage.moment(seat["from_days_ago"]).date(),
            actor=who,
            at=at,
        )
    stage.councils[key] = activate_council(body, actor=municipality, at=at)
