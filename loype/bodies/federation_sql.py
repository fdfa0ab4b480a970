"""Promises that the federation always sits, and that a called meeting keeps its course, kept by the
database."""

from loype.bodies.meetings_sql import MEETINGS_STAY

ALWAYS_SITS = """
CREATE OR REPLACE FUNCTION bodies_has_federation_seat(body bigint, day date) RETURNS boolean
LANGUAGE sql AS $$
    SELECT coalesce(range_agg(daterange(t.from_date, t.to_date, '[]')) @> daterange(day, NULL),
                    false)
    FROM bodies_seat s JOIN bodies_term t ON t.seat_id = s.id
    WHERE s.body_id = body AND s.kind = 'federation' AND s.closed_date IS NULL AND NOT t.is_deputy
$$;

CREATE OR REPLACE FUNCTION bodies_body_complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM bodies_body b WHERE b.id = NEW.id AND b.state = 'active'
               AND b.kind = 'innovation_council'
               AND NOT bodies_has_federation_seat(b.id, b.established_date)) THEN
        RAISE EXCEPTION 'an active council needs its federation seat filled'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'council_has_federation_seat';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION bodies_federation_holder_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last_day date;
BEGIN
    last_day := CASE WHEN TG_OP = 'DELETE' THEN OLD.from_date - 1 ELSE NEW.to_date END;
    IF last_day IS NOT NULL AND EXISTS (SELECT 1 FROM bodies_term t
        JOIN bodies_seat s ON s.id = t.seat_id
        JOIN bodies_body b ON b.id = s.body_id
        JOIN organisations_federation f ON f.id = b.federation_id
        WHERE t.person_id = OLD.person_id AND NOT t.is_deputy AND s.kind = 'federation'
          AND s.closed_date IS NULL AND b.state = 'active' AND b.kind = 'innovation_council'
          AND f.coordinator_id = OLD.organisation_id
          AND (t.to_date IS NULL OR t.to_date > last_day)
          AND NOT EXISTS (SELECT 1 FROM organisations_membership m
              WHERE m.person_id = OLD.person_id AND m.organisation_id = f.coordinator_id
                AND (m.to_date IS NULL OR m.to_date >= coalesce(t.to_date, 'infinity')))) THEN
        RAISE EXCEPTION 'whoever holds the federation seat of an active council works there'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'federation_seat_holder_stays';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER federation_seat_holder_stays
    AFTER UPDATE OF person_id, organisation_id, to_date OR DELETE ON organisations_membership
    FOR EACH ROW EXECUTE FUNCTION bodies_federation_holder_stays();
"""

NOT_ALWAYS = """
DROP TRIGGER federation_seat_holder_stays ON organisations_membership;
DROP FUNCTION bodies_federation_holder_stays();
CREATE OR REPLACE FUNCTION bodies_has_federation_seat(body bigint, day date) RETURNS boolean
LANGUAGE sql AS $$
    SELECT EXISTS (SELECT 1 FROM bodies_seat s JOIN bodies_term t ON t.seat_id = s.id
        WHERE s.body_id = body AND s.kind = 'federation' AND s.closed_date IS NULL
          AND NOT t.is_deputy AND (t.to_date IS NULL OR t.to_date >= day))
$$;
CREATE OR REPLACE FUNCTION bodies_body_complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM bodies_body b WHERE b.id = NEW.id AND b.state = 'active'
               AND b.kind = 'innovation_council')
       AND NOT bodies_has_federation_seat(NEW.id, NEW.established_date) THEN
        RAISE EXCEPTION 'an active council needs its federation seat filled'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'council_has_federation_seat';
    END IF;
    RETURN NULL;
END $$;
"""

COURSE = """
CREATE OR REPLACE FUNCTION bodies_meeting_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'approved' AND (TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD) THEN
        RAISE EXCEPTION 'the minutes of meeting % are approved: correct by a later decision', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approved_meeting_stays';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (('planned', 'called'), ('planned', 'cancelled'),
            ('called', 'held'), ('called', 'cancelled'), ('held', 'approved'))
       AND NEW.state <> OLD.state THEN
        RAISE EXCEPTION 'meeting % is %, it cannot become %', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_goes_forward';
    END IF;
    IF OLD.state <> 'planned' AND (NEW.quorum_needed, NEW.decides_by, NEW.casting_vote,
            NEW.body_id, NEW.answer_by IS NULL) IS DISTINCT FROM (OLD.quorum_needed,
            OLD.decides_by, OLD.casting_vote, OLD.body_id, OLD.answer_by IS NULL) THEN
        RAISE EXCEPTION 'meeting % keeps the rules it was called by', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_keeps_its_rules';
    END IF;
    RETURN NEW;
END $$;
"""

_BEGIN = "FUNCTION bodies_meeting_stays()"
_AFTER = MEETINGS_STAY.partition(f"CREATE {_BEGIN}")[2]
ANY_COURSE = f"CREATE OR REPLACE {_BEGIN}{_AFTER[: _AFTER.index('END $$;')]}END $$;"
"""The function as an earlier migration made it, to go back to."""
