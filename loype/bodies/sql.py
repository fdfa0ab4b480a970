"""Promises about councils that the database keeps, run by the first migration."""

PROMISES = """
CREATE FUNCTION bodies_has_federation_seat(body bigint, day date) RETURNS boolean LANGUAGE sql AS $$
    SELECT EXISTS (SELECT 1 FROM bodies_seat s JOIN bodies_term t ON t.seat_id = s.id
        WHERE s.body_id = body AND s.kind = 'federation' AND s.closed_date IS NULL
          AND NOT t.is_deputy AND (t.to_date IS NULL OR t.to_date >= day))
$$;

CREATE FUNCTION bodies_body_complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM bodies_body b WHERE b.id = NEW.id AND b.state = 'active'
               AND b.kind = 'innovation_council')
       AND NOT bodies_has_federation_seat(NEW.id, NEW.established_date) THEN
        RAISE EXCEPTION 'an active council needs its federation seat filled'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'council_has_federation_seat';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER council_has_federation_seat AFTER INSERT OR UPDATE ON bodies_body
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bodies_body_complete();

CREATE FUNCTION bodies_term_leaves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE council bodies_body%ROWTYPE;
BEGIN
    SELECT b.* INTO council FROM bodies_body b JOIN bodies_seat s ON s.body_id = b.id
        WHERE s.id = OLD.seat_id AND s.kind = 'federation';
    IF council.state = 'active' AND council.kind = 'innovation_council'
       AND NOT bodies_has_federation_seat(council.id, council.established_date) THEN
        RAISE EXCEPTION 'an active council needs its federation seat filled'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'council_keeps_federation_seat';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER council_keeps_federation_seat AFTER UPDATE OR DELETE ON bodies_term
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bodies_term_leaves();

CREATE FUNCTION bodies_meeting_called() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state IN ('called', 'held', 'approved') AND NOT EXISTS (
        SELECT 1 FROM bodies_meetingcall c JOIN bodies_seat s ON s.id = c.seat_id
        WHERE c.meeting_id = NEW.id AND s.kind = 'federation') THEN
        RAISE EXCEPTION 'a meeting cannot be called without the federation seat'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_calls_federation_seat';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER meeting_calls_federation_seat AFTER INSERT OR UPDATE ON bodies_meeting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bodies_meeting_called();
"""

UNPROMISE = """
DROP TRIGGER meeting_calls_federation_seat ON bodies_meeting;
DROP FUNCTION bodies_meeting_called();
DROP TRIGGER council_keeps_federation_seat ON bodies_term;
DROP FUNCTION bodies_term_leaves();
DROP TRIGGER council_has_federation_seat ON bodies_body;
DROP FUNCTION bodies_body_complete();
DROP FUNCTION bodies_has_federation_seat(bigint, date);
"""

SEATS_STAY = """
CREATE FUNCTION bodies_seat_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.kind = 'federation' AND EXISTS (SELECT 1 FROM bodies_body b WHERE b.id = OLD.body_id
           AND b.state = 'active' AND b.kind = 'innovation_council')
       AND NOT EXISTS (SELECT 1 FROM bodies_seat s WHERE s.body_id = OLD.body_id
           AND s.kind = 'federation' AND s.closed_date IS NULL) THEN
        RAISE EXCEPTION 'an active council keeps its federation seat'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'federation_seat_stays';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER federation_seat_stays AFTER UPDATE OR DELETE ON bodies_seat
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bodies_seat_stays();

CREATE FUNCTION bodies_call_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM bodies_meeting m WHERE m.id = OLD.meeting_id
           AND m.state IN ('called', 'held', 'approved'))
       AND NOT EXISTS (SELECT 1 FROM bodies_meetingcall c JOIN bodies_seat s ON s.id = c.seat_id
           WHERE c.meeting_id = OLD.meeting_id AND s.kind = 'federation') THEN
        RAISE EXCEPTION 'the federation seat stays called to the meeting'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'federation_stays_called';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER federation_stays_called AFTER UPDATE OR DELETE ON bodies_meetingcall
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bodies_call_stays();

CREATE FUNCTION bodies_meeting_seat_is_held() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE day date;
BEGIN
    IF NEW.state <> 'called' OR (TG_OP = 'UPDATE' AND OLD.state = 'called') THEN
        RETURN NULL;
    END IF;
    day := (greatest(NEW.starts_at, NEW.called_at) AT TIME ZONE 'UTC')::date;
    IF NOT EXISTS (SELECT 1 FROM bodies_meetingcall c JOIN bodies_seat s ON s.id = c.seat_id
           JOIN bodies_term t ON t.seat_id = s.id
           WHERE c.meeting_id = NEW.id AND s.kind = 'federation' AND s.closed_date IS NULL
             AND NOT t.is_deputy AND t.from_date <= day
             AND (t.to_date IS NULL OR t.to_date >= day)) THEN
        RAISE EXCEPTION 'a meeting cannot be called while nobody holds the federation seat'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'called_federation_seat_is_held';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER called_federation_seat_is_held AFTER INSERT OR UPDATE ON bodies_meeting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bodies_meeting_seat_is_held();
"""

SEATS_GO = """
DROP TRIGGER called_federation_seat_is_held ON bodies_meeting;
DROP FUNCTION bodies_meeting_seat_is_held();
DROP TRIGGER federation_stays_called ON bodies_meetingcall;
DROP FUNCTION bodies_call_stays();
DROP TRIGGER federation_seat_stays ON bodies_seat;
DROP FUNCTION bodies_seat_stays();
"""
