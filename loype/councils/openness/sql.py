"""Promises about openness that the database keeps."""

ACCESS_PROMISES = """
CREATE FUNCTION councils_decisionaccess_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE same councils_decisionaccess;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an assessment is never deleted: make a new one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'access_stays';
    END IF;
    same := NEW;
    same.in_force := OLD.in_force;
    IF same IS DISTINCT FROM OLD OR NEW.in_force AND NOT OLD.in_force THEN
        RAISE EXCEPTION 'an assessment is never changed: make a new one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'access_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER access_stays BEFORE UPDATE OR DELETE ON councils_decisionaccess
    FOR EACH ROW EXECUTE FUNCTION councils_decisionaccess_stays();
"""

ACCESS_UNPROMISE = """
DROP TRIGGER access_stays ON councils_decisionaccess;
DROP FUNCTION councils_decisionaccess_stays();
"""
