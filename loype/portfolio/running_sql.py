"""Promises about activities that are run together, kept by the database."""

RUN_TOGETHER = """
CREATE FUNCTION portfolio_runs_together() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'running' OR TG_OP = 'UPDATE' AND OLD.state = 'running' THEN
        RETURN NEW;
    END IF;
    IF NEW.course = 'inter_municipal_shall' AND NOT EXISTS (
        SELECT 1 FROM councils_jointinvitation i
        WHERE i.decision_id = NEW.current_decision_id AND i.answer = 'yes') THEN
        RAISE EXCEPTION 'activity % shall be run together, and nobody else has said yes', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shall_is_run_together';
    END IF;
    IF NEW.course = 'inter_municipal_should' AND EXISTS (
        SELECT 1 FROM councils_jointinvitation i
        WHERE i.decision_id = NEW.current_decision_id AND i.answer = ''
          AND i.answer_by >= (NEW.started_at AT TIME ZONE 'UTC')::date) THEN
        RAISE EXCEPTION 'activity % waits for the answers of the other councils', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'should_waits_for_answers';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER runs_together BEFORE INSERT OR UPDATE OF state ON portfolio_activity
    FOR EACH ROW EXECUTE FUNCTION portfolio_runs_together();
"""

RUN_ALONE = """
DROP TRIGGER runs_together ON portfolio_activity;
DROP FUNCTION portfolio_runs_together();
"""
