"""Loading an Actor: memberships, seats and federations in one statement."""

from __future__ import annotations

from datetime import date

from django.db import connection

from loype.organisations.actor import Actor, RoleHeld, SeatHeld

_LOAD = """
WITH mine AS (
    SELECT m.organisation_id, o.name, m.role, m.unit_id, o.colour, o.logo_id, m.position,
        u.kind AS unit_kind
    FROM organisations_membership m JOIN organisations_organisation o ON o.id = m.organisation_id
    LEFT JOIN organisations_unit u ON u.id = m.unit_id
    WHERE m.person_id = %(person)s AND m.from_date <= %(day)s
      AND (m.to_date IS NULL OR m.to_date >= %(day)s)
    ORDER BY m.id
), federations AS (
    SELECT DISTINCT f.federation_id FROM organisations_federationmembership f
    WHERE f.organisation_id IN (SELECT organisation_id FROM mine)
      AND f.from_date <= %(day)s AND (f.to_date IS NULL OR f.to_date >= %(day)s)
), seats AS (
    SELECT s.body_id, b.organisation_id, s.kind, s.is_leader, t.is_deputy,
        b.kind AS body_kind, s.has_vote
    FROM bodies_term t JOIN bodies_seat s ON s.id = t.seat_id JOIN bodies_body b ON b.id = s.body_id
    LEFT JOIN organisations_federation f ON f.id = b.federation_id
    WHERE CASE WHEN s.kind = 'federation' THEN f.coordinator_id
        ELSE coalesce(s.party_id, b.organisation_id) END
      IN (SELECT organisation_id FROM mine)
      AND t.person_id = %(person)s AND t.from_date <= %(day)s
      AND (t.to_date IS NULL OR t.to_date >= %(day)s)
      AND b.state <> 'closed' AND s.closed_date IS NULL
      AND (s.from_date IS NULL OR s.from_date <= %(day)s)
)
SELECT
    (SELECT json_agg(json_build_array(organisation_id, name, role, unit_id, colour, logo_id,
      position, unit_kind))
      FROM mine),
    (SELECT json_agg(json_build_array(body_id, organisation_id, kind, is_leader, is_deputy,
      body_kind, has_vote))
      FROM seats),
    (SELECT array_agg(federation_id) FROM federations),
    (SELECT array_agg(DISTINCT n.organisation_id) FROM organisations_federationmembership n
      WHERE n.federation_id IN (SELECT federation_id FROM federations)
        AND n.from_date <= %(day)s AND (n.to_date IS NULL OR n.to_date >= %(day)s)),
    (SELECT array_agg(c.id) FROM organisations_federation c WHERE c.coordinator_id IN
      (SELECT organisation_id FROM mine WHERE role IN ('administrator', 'coordinator')))
"""


def load_actor(
    person_id: int, *, name: str, day: date, chosen_organisation_id: int | None = None
) -> Actor:
    """The person with everything the rules need, as it stands on a day; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, {"person": person_id, "day": day})
        roles, seats, federations, neighbours, coordinated = cursor.fetchone()
    held = tuple(RoleHeld(*row) for row in roles or ())
    return Actor(
        person_id=person_id,
        name=name,
        roles_held=held,
        seats_held=tuple(SeatHeld(*row) for row in seats or ()),
        neighbour_ids=frozenset(neighbours or ()) | {role.organisation_id for role in held},
        federation_ids=frozenset(federations or ()),
        coordinated_federation_ids=frozenset(coordinated or ()),
        chosen_organisation_id=chosen_organisation_id,
    )
