"""Promises about amounts, papers and referrals on agendas that the database keeps."""

AMOUNTS = """
CREATE FUNCTION councils_decision_within_limits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.body_id IS NOT NULL AND NOT bodies_body_may_decide(NEW.body_id,
            (NEW.decided_at AT TIME ZONE 'UTC')::date, NEW.matter, NEW.amount, NEW.currency) THEN
        RAISE EXCEPTION 'the instruction does not let the body decide this'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decided_within_the_instruction';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decided_within_the_instruction
    BEFORE INSERT OR UPDATE OF amount, currency, matter ON councils_decision
    FOR EACH ROW EXECUTE FUNCTION councils_decision_within_limits();

CREATE FUNCTION councils_item_within_limits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE the_body bigint;
BEGIN
    SELECT m.body_id INTO the_body FROM bodies_meeting m WHERE m.id = NEW.meeting_id;
    IF NEW.referral_id IS NOT NULL AND the_body IS DISTINCT FROM
            (SELECT r.body_id FROM bodies_referral r WHERE r.id = NEW.referral_id) THEN
        RAISE EXCEPTION 'a body treats what was referred to it, not to another'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_of_own_body';
    END IF;
    IF NEW.kind = 'decision' AND NEW.concluded_at IS NOT NULL
       AND NOT bodies_body_may_decide(the_body, (NEW.concluded_at AT TIME ZONE 'UTC')::date,
            NEW.matter, NEW.amount, NEW.currency) THEN
        RAISE EXCEPTION 'the instruction does not let the body decide this'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decided_within_the_instruction';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decided_within_the_instruction BEFORE INSERT OR UPDATE ON councils_agendaitem
    FOR EACH ROW EXECUTE FUNCTION councils_item_within_limits();

CREATE FUNCTION councils_paper_tells_when() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked int;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.added_date, NEW.days_before) IS DISTINCT FROM (OLD.added_date, OLD.days_before)
        THEN
            RAISE EXCEPTION 'when a paper was added is not rewritten'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'paper_tells_when';
        END IF;
        RETURN NEW;
    END IF;
    SELECT r.paper_days INTO asked FROM councils_agendaitem i
        JOIN bodies_meeting m ON m.id = i.meeting_id
        JOIN bodies_rulesofprocedure r ON r.body_id = m.body_id
        WHERE i.id = NEW.item_id AND CASE WHEN m.called_at IS NOT NULL
            THEN r.id = m.rules_version
            ELSE r.from_date <= coalesce(m.answer_by, (m.starts_at AT TIME ZONE 'UTC')::date)
                AND (r.to_date IS NULL
                    OR r.to_date >= coalesce(m.answer_by, (m.starts_at AT TIME ZONE 'UTC')::date))
            END;
    IF NEW.added_date IS NULL OR NEW.days_before IS DISTINCT FROM coalesce(asked, 0) THEN
        RAISE EXCEPTION 'a paper tells when it was added and by when it was due'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paper_tells_when';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paper_tells_when BEFORE INSERT OR UPDATE ON councils_decisionpaper
    FOR EACH ROW EXECUTE FUNCTION councils_paper_tells_when();
"""

NO_AMOUNTS = """
DROP TRIGGER paper_tells_when ON councils_decisionpaper;
DROP FUNCTION councils_paper_tells_when();
DROP TRIGGER decided_within_the_instruction ON councils_agendaitem;
DROP FUNCTION councils_item_within_limits();
DROP TRIGGER decided_within_the_instruction ON councils_decision;
DROP FUNCTION councils_decision_within_limits();
"""
