"""The promise that a case is closed by joining others only after one's own yes to them."""

JOINING = """
CREATE FUNCTION councils_decision_joins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM councils_jointinvitation i
        JOIN councils_decision d ON d.id = i.decision_id
        JOIN councils_needelsewhere n ON n.other_id = d.case_id
        WHERE i.id = NEW.joins_id AND i.organisation_id = NEW.organisation_id
          AND i.answer = 'yes' AND d.in_force
          AND n.case_id = NEW.case_id AND n.ended_at IS NULL) THEN
        RAISE EXCEPTION 'one joins what one''s own council said yes to, on the same need'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'joins_after_own_yes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_joins BEFORE INSERT ON councils_decision
    FOR EACH ROW WHEN (NEW.joins_id IS NOT NULL) EXECUTE FUNCTION councils_decision_joins();
"""

ALONE = """
DROP TRIGGER decision_joins ON councils_decision;
DROP FUNCTION councils_decision_joins();
"""
