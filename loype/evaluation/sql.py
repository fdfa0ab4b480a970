"""The promise "small scale first", kept by the database; run by the first migration."""

PROMISES = """
CREATE FUNCTION evaluation_small_scale_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.scale = 'full' AND NEW.trial_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM portfolio_activity t JOIN evaluation_evaluation e ON e.activity_id = t.id
        WHERE t.id = NEW.trial_id AND t.scale = 'small' AND t.state = 'finished'
          AND e.state = 'concluded') THEN
        RAISE EXCEPTION 'full scale needs a finished small-scale trial with a concluded evaluation'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'small_scale_first';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER small_scale_first BEFORE INSERT OR UPDATE OF scale, trial_id ON portfolio_activity
    FOR EACH ROW EXECUTE FUNCTION evaluation_small_scale_first();
"""

UNPROMISE = """
DROP TRIGGER small_scale_first ON portfolio_activity;
DROP FUNCTION evaluation_small_scale_first();
"""
