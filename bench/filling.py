"""Filling a database in bulk: 100 organisations in 20 federations, and everything on the trail."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from bench.afterwards import AFTERWARDS
from bench.council_life import COUNCIL_LIFE, COUNCIL_TABLES, report_all_months
from bench.texts import texts
from loype.accounts.models import Person
from loype.bodies.models import Body, Meeting, MeetingCall, Seat, Term
from loype.organisations.models import (
    Federation,
    FederationMembership,
    Membership,
    Organisation,
    Unit,
)

ORGANISATIONS, MEMBERS, PEOPLE = 100, 5, 20
NOW = datetime.now(UTC)
STATES = (
    ("submitted", 15),
    ("taken_up", 10),
    ("going_on", 35),
    ("parked", 14),
    ("rejected", 16),
    ("returned", 4),
    ("needs_information", 4),
    ("draft", 2),
)
VISIBILITIES = (("organisation", 60), ("federation", 25), ("public", 13), ("confidential", 2))
TABLES = (
    "history_event", "organisations_membership", "bodies_body", "bodies_term", "bodies_meeting",
    "councils_decision", "portfolio_activity", *COUNCIL_TABLES,
)  # fmt: skip


def fill(count: int) -> None:
    """Fill an empty database with `count` ideas and what belongs to them."""
    chance = random.Random(20_261)
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        _found()
        _copy_ideas(count, chance=chance)
        for statement in (*AFTERWARDS, *COUNCIL_LIFE):
            cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    report_all_months()


def _found() -> None:
    organisations = Organisation.objects.bulk_create(
        Organisation(
            name=f"Kommune {number:03d}", short_name=f"K{number:03d}", kind="municipality",
            language="nb", created_at=NOW,
        )
        for number in range(ORGANISATIONS)
    )  # fmt: skip
    people = Person.objects.bulk_create(
        Person(email=f"p{one}.{two}@bench.example", name=f"Person {two}", mail_wish="none")
        for one in range(ORGANISATIONS)
        for two in range(PEOPLE)
    )
    units = Unit.objects.bulk_create(
        Unit(organisation=organisation, name=f"Enhet {number}")
        for organisation in organisations
        for number in range(5)
    )
    began = (NOW - timedelta(days=900)).date()
    memberships = []
    for number, person in enumerate(people):
        organisation = organisations[number // PEOPLE]
        roles = ["employee"]
        if number % PEOPLE == 0:
            roles += ["administrator", "decider", "council_secretary"]
        memberships += [
            Membership(
                person=person, organisation=organisation, role=role, from_date=began,
                unit=units[(number // PEOPLE) * 5 + number % 5],
            )
            for role in roles
        ]  # fmt: skip
    Membership.objects.bulk_create(memberships)
    _federate(organisations, people)


def _federate(organisations: list[Organisation], people: list[Person]) -> None:
    began = (NOW - timedelta(days=900)).date()
    federations = Federation.objects.bulk_create(
        Federation(name=f"Samarbeid {first}", coordinator=organisations[first], created_at=NOW)
        for first in range(0, ORGANISATIONS, MEMBERS)
    )
    FederationMembership.objects.bulk_create(
        FederationMembership(
            federation=federations[number // MEMBERS], organisation=organisation, from_date=began
        )
        for number, organisation in enumerate(organisations)
    )
    bodies = Body.objects.bulk_create(
        Body(
            organisation=organisation, kind="innovation_council", name="Innovasjonsrådet",
            federation=federations[number // MEMBERS], state="active", established_date=began,
        )
        for number, organisation in enumerate(organisations)
    )  # fmt: skip
    leaders = Seat.objects.bulk_create(
        Seat(body=body, kind="municipality", is_leader=True) for body in bodies
    )
    others = Seat.objects.bulk_create(Seat(body=body, kind="federation") for body in bodies)
    Term.objects.bulk_create(
        [
            Term(seat=seat, person=people[number * PEOPLE + 1], from_date=began)
            for number, seat in enumerate(leaders)
        ]
        + [
            Term(
                seat=seat,
                person=people[(number // MEMBERS) * MEMBERS * PEOPLE + 2],
                from_date=began,
            )
            for number, seat in enumerate(others)
        ]
    )
    meetings = Meeting.objects.bulk_create(
        Meeting(
            body=body, organisation_id=body.organisation_id, state="called", called_at=NOW,
            starts_at=NOW + timedelta(days=3), quorum_needed=1,
        )
        for body in bodies
    )  # fmt: skip
    MeetingCall.objects.bulk_create(
        MeetingCall(meeting=meeting, seat=seat, attended=True)
        for pair in (leaders, others)
        for meeting, seat in zip(meetings, pair, strict=True)
    )


COLUMNS = (
    "source", "external_id", "source_address", "source_licence", "organisation_id", "unit_id",
    "giver_id", "anonymity", "kind", "title", "text", "language", "digital_element", "visibility",
    "state", "case_number", "version", "created_at", "submitted_at", "taken_up_at", "settled_at",
    "support_count", "helps_count", "comment_count", "form_key",
)  # fmt: skip
DECIDED = {"going_on", "parked", "rejected", "returned"}


def _copy_ideas(count: int, *, chance: random.Random) -> None:
    """Ideas by COPY, spread over organisations, people, states and two and a half years."""
    organisations = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    people = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    units = list(Unit.objects.order_by("pk").values_list("pk", flat=True))
    states = [state for state, share in STATES for _ in range(share)]
    visibilities = [one for one, share in VISIBILITIES for _ in range(share)]
    statement = f"COPY ideas_idea ({', '.join(COLUMNS)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for number, (title, text, language) in enumerate(texts(count)):
            home = number % ORGANISATIONS
            state = chance.choice(states)
            submitted = NOW - timedelta(seconds=chance.randrange(900 * 86_400))
            sent = state != "draft"
            taken = submitted + timedelta(days=chance.randrange(1, 20))
            copy.write_row(
                (
                    "", "", "", "", organisations[home], units[home * 5 + number % 5],
                    people[home * PEOPLE + chance.randrange(PEOPLE)], "open",
                    chance.choice(("idea", "idea", "need", "wish")), title, text, language,
                    chance.choice(("", "none", "some", "main")), chance.choice(visibilities),
                    state, f"K{home:03d}-2026-{number:06d}" if sent else None, 1, submitted,
                    submitted if sent else None, taken if state not in ("draft", "submitted")
                    else None,
                    taken + timedelta(days=chance.randrange(60)) if state in DECIDED else None,
                    0, 0, 0, "",
                )
            )  # fmt: skip
