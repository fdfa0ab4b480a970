"""Promises about weights that the database keeps."""

PROMISES = """
CREATE FUNCTION strategy_weight_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before strategy_period;
    after strategy_period;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT * INTO before FROM strategy_period WHERE id = OLD.period_id;
        IF before.state = 'adopted' THEN
            RAISE EXCEPTION 'the weights of an adopted period stay: adopt a new period'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'adopted_weights_stay';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    SELECT * INTO after FROM strategy_period WHERE id = NEW.period_id;
    IF after.state = 'adopted' THEN
        RAISE EXCEPTION 'the weights of an adopted period stay: adopt a new period'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'adopted_weights_stay';
    END IF;
    IF after.organisation_id IS DISTINCT FROM
        (SELECT organisation_id FROM strategy_planitem WHERE id = NEW.item_id) THEN
        RAISE EXCEPTION 'an organisation weighs the aims of its own plans'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'weight_of_own_item';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER weight_stays BEFORE INSERT OR UPDATE OR DELETE ON strategy_itemweight
    FOR EACH ROW EXECUTE FUNCTION strategy_weight_stays();

CREATE FUNCTION strategy_period_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE same strategy_period;
BEGIN
    IF OLD.state <> 'adopted' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an adopted period is never deleted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'adopted_period_stays';
    END IF;
    same := NEW;
    same.to_date := OLD.to_date;
    same.version := OLD.version;
    IF same IS DISTINCT FROM OLD OR NEW.to_date IS NULL AND OLD.to_date IS NOT NULL
        OR NEW.to_date > OLD.to_date THEN
        RAISE EXCEPTION 'an adopted period only ends earlier'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'adopted_period_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER period_stays BEFORE UPDATE OR DELETE ON strategy_period
    FOR EACH ROW EXECUTE FUNCTION strategy_period_stays();
"""

UNPROMISE = """
DROP TRIGGER period_stays ON strategy_period;
DROP FUNCTION strategy_period_stays();
DROP TRIGGER weight_stays ON strategy_itemweight;
DROP FUNCTION strategy_weight_stays();
"""

INVOLVEMENT = """
CREATE FUNCTION strategy_refuse_unsaid() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'say first how the employees'' organisations are involved, or why not'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'adopted_aims_say_who_is_involved';
END $$;

CREATE FUNCTION strategy_period_says_who() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'adopted' AND (TG_OP = 'INSERT' OR OLD.state <> 'adopted')
       AND EXISTS (SELECT 1 FROM strategy_itemweight w
            JOIN strategy_planitem i ON i.id = w.item_id
            WHERE w.period_id = NEW.id AND i.involvement = '') THEN
        PERFORM strategy_refuse_unsaid();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER period_says_who BEFORE INSERT OR UPDATE OF state ON strategy_period
    FOR EACH ROW EXECUTE FUNCTION strategy_period_says_who();

CREATE FUNCTION strategy_plan_says_who() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.decision_reference <> '' AND OLD.decision_reference = ''
       AND EXISTS (SELECT 1 FROM strategy_planitem i WHERE i.plan_id = NEW.id
            AND i.retired_date IS NULL AND i.involvement = '') THEN
        PERFORM strategy_refuse_unsaid();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plan_says_who BEFORE UPDATE OF decision_reference ON strategy_plan
    FOR EACH ROW EXECUTE FUNCTION strategy_plan_says_who();

CREATE FUNCTION strategy_item_says_who() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.involvement = '' AND (TG_OP = 'UPDATE' AND OLD.involvement <> ''
       OR TG_OP = 'INSERT' AND EXISTS (SELECT 1 FROM strategy_plan p
            WHERE p.id = NEW.plan_id AND p.decision_reference <> '')) THEN
        PERFORM strategy_refuse_unsaid();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER item_says_who BEFORE INSERT OR UPDATE OF involvement ON strategy_planitem
    FOR EACH ROW EXECUTE FUNCTION strategy_item_says_who();
"""

NO_INVOLVEMENT = """
DROP TRIGGER item_says_who ON strategy_planitem;
DROP FUNCTION strategy_item_says_who();
DROP TRIGGER plan_says_who ON strategy_plan;
DROP FUNCTION strategy_plan_says_who();
DROP TRIGGER period_says_who ON strategy_period;
DROP FUNCTION strategy_period_says_who();
DROP FUNCTION strategy_refuse_unsaid();
"""
