"""Promises about who leads a body and approves its minutes, kept by the database."""

CHAIRS = """
CREATE FUNCTION bodies_leader_approves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE day date := (NEW.approved_at AT TIME ZONE 'UTC')::date;
BEGIN
    -- A day more on either side: the leader's own day is that of the organisation's clock.
    IF NEW.state = 'approved' AND NOT EXISTS (
        SELECT 1 FROM bodies_term t JOIN bodies_seat s ON s.id = t.seat_id
        WHERE s.body_id = NEW.body_id AND s.is_leader AND t.person_id = NEW.approved_by_id
          AND t.from_date <= day + 1 AND (t.to_date IS NULL OR t.to_date >= day - 1)) THEN
        RAISE EXCEPTION 'only the leader of a body approves its minutes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_approved_by_the_leader';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER minutes_approved_by_the_leader BEFORE INSERT OR UPDATE OF state ON bodies_meeting
    FOR EACH ROW EXECUTE FUNCTION bodies_leader_approves();

CREATE FUNCTION bodies_chair_is_bound() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE day date := current_date;
BEGIN
    IF TG_OP = 'INSERT' THEN
        day := coalesce(NEW.from_date, current_date);
    END IF;
    IF NEW.is_leader AND NEW.closed_date IS NULL AND EXISTS (
        SELECT 1 FROM bodies_compositionrule r
        WHERE r.body_id = NEW.body_id AND r.from_date <= day
          AND (r.to_date IS NULL OR r.to_date >= day)
          AND (r.rule = 'leader_of_party' AND r.party_id IS DISTINCT FROM NEW.party_id
               OR r.rule = 'leader_speaks_for' AND r.seat_kind <> NEW.kind)) THEN
        RAISE EXCEPTION 'the rules bind the chair to somebody else'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'chair_is_bound';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER chair_is_bound BEFORE INSERT OR UPDATE OF party_id, kind, is_leader ON bodies_seat
    FOR EACH ROW EXECUTE FUNCTION bodies_chair_is_bound();
"""

NO_CHAIRS = """
DROP TRIGGER chair_is_bound ON bodies_seat;
DROP FUNCTION bodies_chair_is_bound();
DROP TRIGGER minutes_approved_by_the_leader ON bodies_meeting;
DROP FUNCTION bodies_leader_approves();
"""
