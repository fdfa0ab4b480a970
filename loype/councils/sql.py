"""Promises about decisions that the database keeps, run by the first migration."""

PROMISES = """
CREATE FUNCTION councils_decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE same councils_decision;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a decision is never deleted: correct it by a new one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_stays';
    END IF;
    same := NEW;
    same.in_force := OLD.in_force;
    IF OLD.locked_at IS NOT NULL AND same IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'decision % is locked: correct it by a new one', OLD.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_locked';
    END IF;
    IF NEW.in_force AND NOT OLD.in_force THEN
        RAISE EXCEPTION 'decision % was replaced and cannot come into force again', OLD.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_replaced';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_stays BEFORE UPDATE OR DELETE ON councils_decision
    FOR EACH ROW EXECUTE FUNCTION councils_decision_stays();

CREATE FUNCTION councils_decision_in_called_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.body_id IS NULL AND EXISTS (SELECT 1 FROM bodies_body b
        WHERE b.organisation_id = NEW.organisation_id AND b.state = 'active'
          AND b.kind = 'innovation_council') THEN
        RAISE EXCEPTION 'the active council decides, not somebody else'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'council_decides';
    END IF;
    IF NEW.body_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM councils_agendaitem i
        JOIN bodies_meeting m ON m.id = i.meeting_id
        WHERE i.meeting_id = NEW.meeting_id AND i.case_id = NEW.case_id AND i.removed_at IS NULL
          AND m.body_id = NEW.body_id AND m.state = 'called') THEN
        RAISE EXCEPTION 'a council decides what is on the agenda of a called meeting'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_on_agenda';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_on_agenda BEFORE INSERT ON councils_decision
    FOR EACH ROW EXECUTE FUNCTION councils_decision_in_called_meeting();
"""

UNPROMISE = """
DROP TRIGGER decision_on_agenda ON councils_decision;
DROP FUNCTION councils_decision_in_called_meeting();
DROP TRIGGER decision_stays ON councils_decision;
DROP FUNCTION councils_decision_stays();
"""
