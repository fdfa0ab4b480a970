"""Promises that the database keeps about the same need elsewhere and about joint terms."""

PROMISES = """
CREATE FUNCTION councils_decision_after_seeing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM councils_needelsewhere n
        WHERE n.case_id = NEW.case_id AND n.ended_at IS NULL AND n.seen_at IS NULL) THEN
        RAISE EXCEPTION 'the same need stands elsewhere, and nobody who decides has seen it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'same_need_is_seen_first';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_after_seeing BEFORE INSERT ON councils_decision
    FOR EACH ROW EXECUTE FUNCTION councils_decision_after_seeing();

CREATE FUNCTION councils_joint_terms_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE same councils_jointterms;
DECLARE parts record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.agreed_at IS NOT NULL THEN
            RAISE EXCEPTION 'agreed terms are never deleted'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'joint_terms_frozen';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.agreed_at IS NOT NULL THEN
        same := NEW;
        same.ended_at := OLD.ended_at;
        IF same IS DISTINCT FROM OLD OR OLD.ended_at IS NOT NULL AND NEW.ended_at IS NULL THEN
            RAISE EXCEPTION 'agreed terms are frozen: propose new ones'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'joint_terms_frozen';
        END IF;
    ELSIF NEW.agreed_at IS NOT NULL THEN
        SELECT count(*) AS count, count(*) FILTER (WHERE s.agreed_at IS NULL) AS silent,
               coalesce(sum(s.amount), 0) AS whole,
               coalesce(bool_or(s.organisation_id = NEW.lead_id), false) AS leads
            INTO parts FROM councils_jointshare s WHERE s.terms_id = NEW.id;
        IF parts.count < 2 OR parts.silent > 0 OR parts.whole <> NEW.amount
            OR NOT parts.leads THEN
            RAISE EXCEPTION 'terms are agreed when at least two agree, the shares add up and '
                'one of them leads'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'joint_terms_add_up';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER joint_terms_stay BEFORE INSERT OR UPDATE OR DELETE ON councils_jointterms
    FOR EACH ROW EXECUTE FUNCTION councils_joint_terms_stay();

CREATE FUNCTION councils_joint_shares_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE same councils_jointshare;
DECLARE frozen boolean;
BEGIN
    SELECT t.agreed_at IS NOT NULL INTO frozen FROM councils_jointterms t
        WHERE t.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.terms_id ELSE NEW.terms_id END;
    IF frozen AND TG_OP = 'UPDATE' THEN
        same := NEW;
        same.leaving_date := OLD.leaving_date;
        same.leaving_reason := OLD.leaving_reason;
        frozen := same IS DISTINCT FROM OLD;
    END IF;
    IF frozen THEN
        RAISE EXCEPTION 'the shares of agreed terms are frozen: propose new terms'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'joint_shares_frozen';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER joint_shares_stay BEFORE INSERT OR UPDATE OR DELETE ON councils_jointshare
    FOR EACH ROW EXECUTE FUNCTION councils_joint_shares_stay();
"""

UNPROMISE = """
DROP TRIGGER joint_shares_stay ON councils_jointshare;
DROP FUNCTION councils_joint_shares_stay();
DROP TRIGGER joint_terms_stay ON councils_jointterms;
DROP FUNCTION councils_joint_terms_stay();
DROP TRIGGER decision_after_seeing ON councils_decision;
DROP FUNCTION councils_decision_after_seeing();
"""
