"""Who may find a text, as numbers: a row may be read where its numbers meet the reader's.

A row carries the numbers of everybody who may read it; a reader carries their own. Each number is
an organisation's or a person's id times eight, plus what sort of reader it stands for. The rule is
the same as `visible_to` of each kind of thing, which a test holds it to; written as numbers it can
stand inside an index, so that permission comes before ranking.
"""

from __future__ import annotations

from loype.organisations.actor import Actor

EVERYBODY = 0
SIGNED_IN = 1

INSIDER, NEIGHBOUR, COUNCIL_ROOM, PERSON, PARTNER = 2, 3, 4, 5, 6
"""What is added to an id times eight."""


def codes_of(actor: Actor) -> list[int]:
    """The numbers a reader carries. The house reads everything and asks without numbers."""
    codes = {EVERYBODY}
    if actor.is_signed_in:
        codes |= {SIGNED_IN, (actor.person_id or 0) * 8 + PERSON}
    for organisation in actor.organisation_ids:
        codes |= {organisation * 8 + INSIDER, organisation * 8 + PARTNER}
    codes |= {organisation * 8 + NEIGHBOUR for organisation in neighbours_of(actor)}
    codes |= {organisation * 8 + COUNCIL_ROOM for organisation in actor.council_room_ids}
    return sorted(codes)


def neighbours_of(actor: Actor) -> frozenset[int]:
    """The other organisations the reader's own work together with."""
    return actor.neighbour_ids - actor.organisation_ids


SQL = f"""
CREATE FUNCTION search_audience(organisation bigint, visibility text) RETURNS integer[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE visibility
        WHEN 'public' THEN ARRAY[{EVERYBODY}]
        WHEN 'federation' THEN ARRAY[(organisation * 8 + {INSIDER})::integer,
            (organisation * 8 + {NEIGHBOUR})::integer, (organisation * 8 + {COUNCIL_ROOM})::integer]
        WHEN 'organisation' THEN ARRAY[(organisation * 8 + {INSIDER})::integer,
            (organisation * 8 + {COUNCIL_ROOM})::integer]
        WHEN 'confidential' THEN ARRAY[(organisation * 8 + {COUNCIL_ROOM})::integer]
        ELSE ARRAY[]::integer[] END
$$;
CREATE FUNCTION search_persons(persons bigint[]) RETURNS integer[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT COALESCE(array_agg((person * 8 + {PERSON})::integer ORDER BY person), '{{}}')
    FROM unnest(persons) AS person WHERE person IS NOT NULL
$$;
"""
