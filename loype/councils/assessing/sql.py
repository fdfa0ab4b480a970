"""Promises about assessing that the database keeps."""

PROMISES = """
CREATE FUNCTION councils_assessment_is_open(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE found record;
BEGIN
    SELECT a.handed_in_at, r.state INTO found FROM councils_assessment a
        JOIN councils_round r ON r.id = a.round_id WHERE a.id = wanted;
    IF found.handed_in_at IS NOT NULL THEN
        RAISE EXCEPTION 'an assessment that is handed in stays as it is'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'handed_in_stays';
    END IF;
    IF found.state <> 'open' THEN
        RAISE EXCEPTION 'the round is closed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_round_stays';
    END IF;
END $$;

CREATE FUNCTION councils_own_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM councils_assessment_is_open(
        CASE WHEN TG_OP = 'DELETE' THEN OLD.assessment_id ELSE NEW.assessment_id END);
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER own_part BEFORE INSERT OR UPDATE OR DELETE ON councils_sheet
    FOR EACH ROW EXECUTE FUNCTION councils_own_part();
CREATE TRIGGER own_part BEFORE INSERT OR UPDATE OR DELETE ON councils_comparison
    FOR EACH ROW EXECUTE FUNCTION councils_own_part();
CREATE TRIGGER own_part BEFORE INSERT OR UPDATE OR DELETE ON councils_criterionweight
    FOR EACH ROW EXECUTE FUNCTION councils_own_part();

CREATE FUNCTION councils_score_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found record;
BEGIN
    SELECT s.has_interest, s.assessment_id, r.profile_id, p.lowest, p.highest INTO found
        FROM councils_sheet s
        JOIN councils_assessment a ON a.id = s.assessment_id
        JOIN councils_round r ON r.id = a.round_id
        JOIN councils_profile p ON p.id = r.profile_id
        WHERE s.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.sheet_id ELSE NEW.sheet_id END;
    PERFORM councils_assessment_is_open(found.assessment_id);
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF found.has_interest THEN
        RAISE EXCEPTION 'who has an interest in a case does not assess it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_score_with_interest';
    END IF;
    IF NEW.value NOT BETWEEN found.lowest AND found.highest THEN
        RAISE EXCEPTION 'points lie between % and %', found.lowest, found.highest
            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_on_the_scale';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM councils_criterion c
        WHERE c.id = NEW.criterion_id AND c.profile_id = found.profile_id) THEN
        RAISE EXCEPTION 'everybody in a round assesses on its own criteria'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'same_criteria_for_all';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER score_rules BEFORE INSERT OR UPDATE OR DELETE ON councils_score
    FOR EACH ROW EXECUTE FUNCTION councils_score_rules();

CREATE FUNCTION councils_assessment_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    round councils_round;
    lacking bigint;
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.handed_in_at IS NOT NULL THEN
        RAISE EXCEPTION 'an assessment that is handed in stays as it is'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'handed_in_stays';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    SELECT * INTO round FROM councils_round WHERE id = NEW.round_id;
    IF round.state <> 'open' THEN
        RAISE EXCEPTION 'the round is closed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_round_stays';
    END IF;
    IF NEW.handed_in_at IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT count(*) INTO lacking FROM councils_roundcase rc
        WHERE rc.round_id = NEW.round_id AND NOT EXISTS (
            SELECT 1 FROM councils_sheet s
            WHERE s.assessment_id = NEW.id AND s.round_case_id = rc.id);
    IF round.method = 'criteria' THEN
        SELECT lacking + count(*) INTO lacking FROM councils_sheet s
            JOIN councils_criterion c ON c.profile_id = round.profile_id
            WHERE s.assessment_id = NEW.id AND NOT s.has_interest AND NOT EXISTS (
                SELECT 1 FROM councils_score x WHERE x.sheet_id = s.id AND x.criterion_id = c.id);
    END IF;
    IF lacking > 0 THEN
        RAISE EXCEPTION 'an assessment is handed in whole: % answers are missing', lacking
            USING ERRCODE = 'check_violation', CONSTRAINT = 'handed_in_whole';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assessment_rules BEFORE INSERT OR UPDATE OR DELETE ON councils_assessment
    FOR EACH ROW EXECUTE FUNCTION councils_assessment_rules();

CREATE FUNCTION councils_round_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE same councils_round;
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state = 'closed' THEN
        RAISE EXCEPTION 'a closed round stays as it is, and no round is deleted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_round_stays';
    END IF;
    same := NEW;
    same.state := OLD.state;
    same.closed_at := OLD.closed_at;
    same.closed_by_id := OLD.closed_by_id;
    same.hand_in_by := OLD.hand_in_by;
    IF same IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'criteria, order and method of a round stay the same for everybody'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'same_form_for_all';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER round_rules BEFORE UPDATE OR DELETE ON councils_round
    FOR EACH ROW EXECUTE FUNCTION councils_round_rules();

CREATE FUNCTION councils_round_profile() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.organisation_id IS DISTINCT FROM
        (SELECT organisation_id FROM councils_profile WHERE id = NEW.profile_id) THEN
        RAISE EXCEPTION 'a council assesses by its own profile'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'round_of_own_profile';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER round_profile BEFORE INSERT ON councils_round
    FOR EACH ROW EXECUTE FUNCTION councils_round_profile();

CREATE FUNCTION councils_roundcase_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wanted bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.round_id ELSE NEW.round_id END;
BEGIN
    IF (SELECT state FROM councils_round WHERE id = wanted) <> 'open' THEN
        RAISE EXCEPTION 'the round is closed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_round_stays';
    END IF;
    IF TG_OP <> 'UPDATE' AND EXISTS (SELECT 1 FROM councils_assessment WHERE round_id = wanted) THEN
        RAISE EXCEPTION 'everybody in a round assesses the same cases'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'same_cases_for_all';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.case_id, NEW.round_id, NEW.position)
        IS DISTINCT FROM (OLD.case_id, OLD.round_id, OLD.position) THEN
        RAISE EXCEPTION 'everybody in a round assesses the same cases'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'same_cases_for_all';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER roundcase_rules BEFORE INSERT OR UPDATE OR DELETE ON councils_roundcase
    FOR EACH ROW EXECUTE FUNCTION councils_roundcase_rules();

CREATE FUNCTION councils_criterion_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.profile_id ELSE NEW.profile_id END;
BEGIN
    IF EXISTS (SELECT 1 FROM councils_round WHERE profile_id = wanted) THEN
        RAISE EXCEPTION 'a profile that is used stays as it is: make a new one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'used_profile_stays';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF TG_TABLE_NAME = 'councils_criterion' THEN
        IF NEW.plan_item_id IS NOT NULL AND
            (SELECT organisation_id FROM strategy_planitem WHERE id = NEW.plan_item_id)
            IS DISTINCT FROM (SELECT organisation_id FROM councils_profile WHERE id = wanted) THEN
            RAISE EXCEPTION 'a profile asks about the aims of its own organisation'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'criterion_of_own_plan';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER criterion_rules BEFORE INSERT OR UPDATE OR DELETE ON councils_criterion
    FOR EACH ROW EXECUTE FUNCTION councils_criterion_rules();
CREATE TRIGGER limit_rules BEFORE INSERT OR UPDATE OR DELETE ON councils_prioritylimit
    FOR EACH ROW EXECUTE FUNCTION councils_criterion_rules();

CREATE FUNCTION councils_result_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was ranked, moved, proposed or decided for stays: make a new one'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'result_stays';
END $$;
CREATE TRIGGER result_stays BEFORE UPDATE OR DELETE ON councils_rankedcase
    FOR EACH ROW EXECUTE FUNCTION councils_result_stays();
CREATE TRIGGER result_stays BEFORE UPDATE OR DELETE ON councils_manualmove
    FOR EACH ROW EXECUTE FUNCTION councils_result_stays();
CREATE TRIGGER result_stays BEFORE UPDATE OR DELETE ON councils_proposedcase
    FOR EACH ROW EXECUTE FUNCTION councils_result_stays();
CREATE TRIGGER result_stays BEFORE UPDATE OR DELETE ON councils_decisionaim
    FOR EACH ROW EXECUTE FUNCTION councils_result_stays();

CREATE FUNCTION councils_ranking_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE same councils_ranking;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        same := NEW;
        same.shared_at := OLD.shared_at;
        IF same IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a ranking stays as it was computed: make a new one'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'ranking_stays';
END $$;
CREATE TRIGGER ranking_stays BEFORE UPDATE OR DELETE ON councils_ranking
    FOR EACH ROW EXECUTE FUNCTION councils_ranking_stays();

CREATE FUNCTION councils_aim_rules() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT organisation_id FROM strategy_planitem WHERE id = NEW.item_id)
        IS DISTINCT FROM (SELECT organisation_id FROM councils_case WHERE id = NEW.case_id) THEN
        RAISE EXCEPTION 'a case serves the aims of its own organisation'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'aim_of_own_plan';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER aim_rules BEFORE INSERT OR UPDATE ON councils_caseaim
    FOR EACH ROW EXECUTE FUNCTION councils_aim_rules();

CREATE FUNCTION councils_selection_names_aim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.outcome = 'go_on'
        AND EXISTS (SELECT 1 FROM strategy_period p
            WHERE p.organisation_id = NEW.organisation_id AND p.state = 'adopted'
              AND daterange(p.from_date, p.to_date, '[]')
                  @> (NEW.decided_at AT TIME ZONE 'UTC')::date)
        AND NOT EXISTS (SELECT 1 FROM councils_caseaim a WHERE a.case_id = NEW.case_id) THEN
        RAISE EXCEPTION 'a selection names the aim it serves'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'selection_names_its_aim';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER selection_names_aim BEFORE INSERT ON councils_decision
    FOR EACH ROW EXECUTE FUNCTION councils_selection_names_aim();
"""

UNPROMISE = """
DROP TRIGGER selection_names_aim ON councils_decision;
DROP FUNCTION councils_selection_names_aim();
DROP TRIGGER aim_rules ON councils_caseaim;
DROP FUNCTION councils_aim_rules();
DROP TRIGGER ranking_stays ON councils_ranking;
DROP FUNCTION councils_ranking_stays();
DROP TRIGGER result_stays ON councils_decisionaim;
DROP TRIGGER result_stays ON councils_proposedcase;
DROP TRIGGER result_stays ON councils_manualmove;
DROP TRIGGER result_stays ON councils_rankedcase;
DROP FUNCTION councils_result_stays();
DROP TRIGGER limit_rules ON councils_prioritylimit;
DROP TRIGGER criterion_rules ON councils_criterion;
DROP FUNCTION councils_criterion_rules();
DROP TRIGGER roundcase_rules ON councils_roundcase;
DROP FUNCTION councils_roundcase_rules();
DROP TRIGGER round_profile ON councils_round;
DROP FUNCTION councils_round_profile();
DROP TRIGGER round_rules ON councils_round;
DROP FUNCTION councils_round_rules();
DROP TRIGGER assessment_rules ON councils_assessment;
DROP FUNCTION councils_assessment_rules();
DROP TRIGGER score_rules ON councils_score;
DROP FUNCTION councils_score_rules();
DROP TRIGGER own_part ON councils_criterionweight;
DROP TRIGGER own_part ON councils_comparison;
DROP TRIGGER own_part ON councils_sheet;
DROP FUNCTION councils_own_part();
DROP FUNCTION councils_assessment_is_open(bigint);
"""
