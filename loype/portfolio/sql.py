"""Promises about political mandates that the database keeps, run by the migrations."""

MANDATES_STAY = """
CREATE FUNCTION portfolio_activity_hangs_on_own_mandate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE hung portfolio_politicalmandate; before portfolio_politicalmandate;
BEGIN
    SELECT * INTO hung FROM portfolio_politicalmandate WHERE id = NEW.mandate_id;
    IF hung.organisation_id IS DISTINCT FROM NEW.organisation_id THEN
        RAISE EXCEPTION 'activity % hangs on a mandate of another organisation', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'activity_hangs_on_own_mandate';
    END IF;
    IF TG_OP = 'UPDATE' AND NOT hung.is_named THEN
        SELECT * INTO before FROM portfolio_politicalmandate WHERE id = OLD.mandate_id;
        IF before.is_named THEN
            RAISE EXCEPTION 'activity % has a named mandate and keeps one', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'activity_keeps_named_mandate';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER activity_hangs_on_own_mandate
    BEFORE INSERT OR UPDATE OF mandate_id, organisation_id ON portfolio_activity
    FOR EACH ROW EXECUTE FUNCTION portfolio_activity_hangs_on_own_mandate();

CREATE FUNCTION portfolio_mandate_is_not_stretched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a political mandate is never deleted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_stays';
    END IF;
    IF (NEW.organisation_id, NEW.is_named, NEW.decided_date, NEW.from_date)
        IS DISTINCT FROM (OLD.organisation_id, OLD.is_named, OLD.decided_date, OLD.from_date)
       OR coalesce(NEW.to_date, 'infinity') > coalesce(OLD.to_date, 'infinity')
       OR coalesce(NEW.election_date, 'infinity') > coalesce(OLD.election_date, 'infinity') THEN
        RAISE EXCEPTION 'mandate % is not stretched: record a new one', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_is_not_stretched';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER mandate_is_not_stretched BEFORE UPDATE OR DELETE ON portfolio_politicalmandate
    FOR EACH ROW EXECUTE FUNCTION portfolio_mandate_is_not_stretched();

CREATE FUNCTION portfolio_election_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.organisation_id <> OLD.organisation_id
       OR NEW.election_date <> OLD.election_date
       OR OLD.called_off_date IS NOT NULL
          AND NEW.called_off_date IS DISTINCT FROM OLD.called_off_date THEN
        RAISE EXCEPTION 'an election is not moved or deleted: call it off and record another'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'election_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER election_stays BEFORE UPDATE OR DELETE ON portfolio_election
    FOR EACH ROW EXECUTE FUNCTION portfolio_election_stays();

"""

ANSWER_STAYS = """
CREATE FUNCTION portfolio_mandate_answer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stands record;
BEGIN
    IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND OLD.answer <> '' THEN
        RAISE EXCEPTION 'the answer of a sitting stays as it was given'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_answer_stays';
    END IF;
    SELECT a.state, a.mandate_id, a.organisation_id, m.is_named, s.organisation_id AS sits,
           s.state AS sitting_state
      INTO stands FROM portfolio_activity a
      JOIN portfolio_politicalmandate m ON m.id = a.mandate_id
      LEFT JOIN portfolio_mandatesitting s ON s.id = NEW.sitting_id
     WHERE a.id = NEW.activity_id;
    IF NEW.answer <> '' AND (stands.sits IS DISTINCT FROM stands.organisation_id
                             OR stands.sitting_state <> 'open') THEN
        RAISE EXCEPTION 'only an open sitting of the same organisation answers'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_answered_in_open_sitting';
    END IF;
    IF NEW.answer = 'ended' AND stands.state NOT IN ('finished', 'stopped') THEN
        RAISE EXCEPTION 'activity % still runs, so its mandate has not ended', NEW.activity_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ended_mandate_ends_activity';
    END IF;
    IF NEW.answer IN ('confirmed', 'changed') AND (NOT stands.is_named
        OR stands.mandate_id <> coalesce(NEW.mandate_after_id, NEW.mandate_before_id)) THEN
        RAISE EXCEPTION 'activity % does not hang on the mandate that is answered', NEW.activity_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_answer_is_carried_out';
    END IF;
    RETURN NEW;
END $$;
"""

MANDATE_PROMISES = (
    MANDATES_STAY
    + ANSWER_STAYS
    + """
CREATE TRIGGER mandate_answer_stays BEFORE INSERT OR UPDATE OR DELETE ON portfolio_mandatequestion
    FOR EACH ROW EXECUTE FUNCTION portfolio_mandate_answer_stays();
"""
)

MANDATE_UNPROMISE = """
DROP TRIGGER mandate_answer_stays ON portfolio_mandatequestion;
DROP FUNCTION portfolio_mandate_answer_stays();
DROP TRIGGER election_stays ON portfolio_election;
DROP FUNCTION portfolio_election_stays();
DROP TRIGGER mandate_is_not_stretched ON portfolio_politicalmandate;
DROP FUNCTION portfolio_mandate_is_not_stretched();
DROP TRIGGER activity_hangs_on_own_mandate ON portfolio_activity;
DROP FUNCTION portfolio_activity_hangs_on_own_mandate();
"""

# The part of a co-owner hangs on a mandate of its own organisation and is answered in its sitting.
PART_PROMISES = """
CREATE OR REPLACE FUNCTION portfolio_mandate_answer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stands record;
BEGIN
    IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND OLD.answer <> '' THEN
        RAISE EXCEPTION 'the answer of a sitting stays as it was given'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_answer_stays';
    END IF;
    IF NEW.participant_id IS NULL THEN
        SELECT a.mandate_id AS hung, a.organisation_id AS home, true AS fits,
               a.state NOT IN ('finished', 'stopped') AS goes_on
          INTO stands FROM portfolio_activity a WHERE a.id = NEW.activity_id;
    ELSE
        SELECT p.mandate_id AS hung, p.organisation_id AS home,
               p.is_owner AND p.activity_id = NEW.activity_id AS fits,
               a.state NOT IN ('finished', 'stopped') AND p.left_date IS NULL
                   AND NOT EXISTS (
                     SELECT FROM councils_jointshare s
                     JOIN councils_jointterms t ON t.id = s.terms_id
                     JOIN councils_jointcase j ON j.id = t.joint_case_id
                     WHERE j.decision_id = a.current_decision_id AND t.agreed_at IS NOT NULL
                       AND t.ended_at IS NULL AND s.organisation_id = p.organisation_id
                       AND s.leaving_date IS NOT NULL) AS goes_on
          INTO stands FROM portfolio_participant p
          JOIN portfolio_activity a ON a.id = p.activity_id WHERE p.id = NEW.participant_id;
    END IF;
    IF stands.fits IS NOT TRUE THEN
        RAISE EXCEPTION 'only an owner of activity % has a part to confirm', NEW.activity_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'part_is_of_an_owner';
    END IF;
    IF NEW.answer <> '' AND NOT EXISTS (
        SELECT FROM portfolio_mandatesitting s WHERE s.id = NEW.sitting_id
           AND s.organisation_id = stands.home AND s.state = 'open') THEN
        RAISE EXCEPTION 'only an open sitting of the same organisation answers'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_answered_in_open_sitting';
    END IF;
    IF NEW.answer = 'ended' AND stands.goes_on THEN
        RAISE EXCEPTION 'activity % still runs, so its mandate has not ended', NEW.activity_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ended_mandate_ends_activity';
    END IF;
    IF NEW.answer IN ('confirmed', 'changed') AND (
        stands.hung IS DISTINCT FROM coalesce(NEW.mandate_after_id, NEW.mandate_before_id)
        OR NOT EXISTS (SELECT FROM portfolio_politicalmandate m
                        WHERE m.id = stands.hung AND m.is_named)) THEN
        RAISE EXCEPTION 'activity % does not hang on the mandate that is answered', NEW.activity_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_answer_is_carried_out';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION portfolio_part_hangs_on_own_mandate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE hung portfolio_politicalmandate; before portfolio_politicalmandate;
BEGIN
    IF NEW.mandate_id IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT * INTO hung FROM portfolio_politicalmandate WHERE id = NEW.mandate_id;
    IF hung.organisation_id IS DISTINCT FROM NEW.organisation_id THEN
        RAISE EXCEPTION 'part % hangs on a mandate of another organisation', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'part_hangs_on_own_mandate';
    END IF;
    IF TG_OP = 'UPDATE' AND NOT hung.is_named AND OLD.mandate_id IS NOT NULL THEN
        SELECT * INTO before FROM portfolio_politicalmandate WHERE id = OLD.mandate_id;
        IF before.is_named THEN
            RAISE EXCEPTION 'part % has a named mandate and keeps one', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'part_keeps_named_mandate';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER part_hangs_on_own_mandate
    BEFORE INSERT OR UPDATE OF mandate_id, organisation_id ON portfolio_participant
    FOR EACH ROW EXECUTE FUNCTION portfolio_part_hangs_on_own_mandate();
"""

PART_UNPROMISE = """
DROP TRIGGER part_hangs_on_own_mandate ON portfolio_participant;
DROP FUNCTION portfolio_part_hangs_on_own_mandate();
""" + ANSWER_STAYS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")

# Nobody has said yet what the parts of co-owners hang on.
PARTS_NOT_NAMED = """
INSERT INTO portfolio_politicalmandate (organisation_id, is_named, title, text, issuing_body,
    decision_reference, recorded_at)
SELECT DISTINCT p.organisation_id, false, '', '', '', '', now() FROM portfolio_participant p
WHERE p.is_owner AND NOT EXISTS (SELECT FROM portfolio_politicalmandate m
    WHERE m.organisation_id = p.organisation_id AND NOT m.is_named);
UPDATE portfolio_participant p SET mandate_id = m.id FROM portfolio_politicalmandate m
WHERE p.is_owner AND m.organisation_id = p.organisation_id AND NOT m.is_named;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
