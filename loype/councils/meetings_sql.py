"""Promises about what happens in a meeting that the database keeps."""

QUORUM = """
CREATE FUNCTION councils_present(the_meeting bigint, the_item bigint) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT count(*) FROM bodies_meetingcall c
    WHERE c.meeting_id = the_meeting AND c.has_vote AND c.attended AND c.left_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM councils_interest i WHERE i.item_id = the_item
          AND i.call_id = c.id AND i.withdrawn_at IS NULL AND i.stand_in_id IS NULL)
$$;

CREATE FUNCTION councils_ready_to_decide(the_meeting bigint, the_item bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF councils_present(the_meeting, the_item)
       < (SELECT m.quorum_needed FROM bodies_meeting m WHERE m.id = the_meeting) THEN
        RAISE EXCEPTION 'too few are present to decide'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_has_quorum';
    END IF;
    IF EXISTS (SELECT 1 FROM councils_proposal p WHERE p.item_id = the_item AND p.outcome = '') THEN
        RAISE EXCEPTION 'a proposal about it is not settled yet'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_after_proposals';
    END IF;
    IF EXISTS (SELECT 1 FROM bodies_meeting m WHERE m.id = the_meeting
               AND m.decides_by = 'vote' AND m.rules_version IS NOT NULL)
       AND NOT EXISTS (SELECT 1 FROM councils_proposal p
               WHERE p.item_id = the_item AND p.outcome IN ('adopted', 'rejected')) THEN
        RAISE EXCEPTION 'the rules of procedure ask for a vote'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_is_voted';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION councils_decision_in_called_meeting() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE the_item bigint;
BEGIN
    IF NEW.body_id IS NULL THEN
        IF EXISTS (SELECT 1 FROM bodies_body b
            WHERE b.organisation_id = NEW.organisation_id AND b.state = 'active'
              AND b.kind = 'innovation_council') THEN
            RAISE EXCEPTION 'the active council decides, not somebody else'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'council_decides';
        END IF;
        RETURN NEW;
    END IF;
    SELECT i.id INTO the_item
        FROM councils_agendaitem i JOIN bodies_meeting m ON m.id = i.meeting_id
        WHERE i.meeting_id = NEW.meeting_id AND i.case_id = NEW.case_id AND i.removed_at IS NULL
          AND m.body_id = NEW.body_id AND m.state = 'called';
    IF the_item IS NULL THEN
        RAISE EXCEPTION 'a council decides what is on the agenda of a called meeting'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_on_agenda';
    END IF;
    PERFORM councils_ready_to_decide(NEW.meeting_id, the_item);
    RETURN NEW;
END $$;

CREATE FUNCTION councils_item_concluded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind = 'decision' AND NEW.concluded_at IS NOT NULL AND OLD.concluded_at IS NULL THEN
        PERFORM councils_ready_to_decide(NEW.meeting_id, NEW.id);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER item_concluded_with_quorum BEFORE UPDATE ON councils_agendaitem
    FOR EACH ROW EXECUTE FUNCTION councils_item_concluded();

CREATE FUNCTION councils_attendance_carries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.attended AND (TG_OP = 'DELETE' OR NEW.attended IS NOT TRUE
           OR NEW.has_vote IS DISTINCT FROM OLD.has_vote)
       AND (EXISTS (SELECT 1 FROM councils_decision d WHERE d.meeting_id = OLD.meeting_id)
            OR EXISTS (SELECT 1 FROM councils_agendaitem i WHERE i.meeting_id = OLD.meeting_id
                       AND i.concluded_at IS NOT NULL)) THEN
        RAISE EXCEPTION 'something was decided while this seat was present'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decided_with_those_present';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decided_with_those_present BEFORE UPDATE OR DELETE ON bodies_meetingcall
    FOR EACH ROW EXECUTE FUNCTION councils_attendance_carries();
"""

NO_QUORUM = """
DROP TRIGGER decided_with_those_present ON bodies_meetingcall;
DROP FUNCTION councils_attendance_carries();
DROP TRIGGER item_concluded_with_quorum ON councils_agendaitem;
DROP FUNCTION councils_item_concluded();
CREATE OR REPLACE FUNCTION councils_decision_in_called_meeting() RETURNS trigger
LANGUAGE plpgsql AS $$
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
DROP FUNCTION councils_ready_to_decide(bigint, bigint);
DROP FUNCTION councils_present(bigint, bigint);
"""

VOTES = """
CREATE FUNCTION councils_vote_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM councils_proposal p
        JOIN councils_agendaitem i ON i.id = p.item_id
        JOIN bodies_meeting m ON m.id = i.meeting_id
        JOIN bodies_meetingcall c ON c.id = NEW.call_id AND c.meeting_id = i.meeting_id
        WHERE p.id = NEW.proposal_id AND p.outcome = '' AND m.state = 'called'
          AND c.has_vote AND c.attended AND c.left_at IS NULL) THEN
        RAISE EXCEPTION 'only a seat with a vote that is present votes, before it is settled'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_of_a_present_seat';
    END IF;
    IF EXISTS (SELECT 1 FROM councils_proposal p JOIN councils_interest i ON i.item_id = p.item_id
        WHERE p.id = NEW.proposal_id AND i.call_id = NEW.call_id AND i.withdrawn_at IS NULL
          AND i.stand_in_id IS NULL) THEN
        RAISE EXCEPTION 'a member with an interest in the item does not vote'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'interested_member_does_not_vote';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER vote_counts BEFORE INSERT OR UPDATE ON councils_vote
    FOR EACH ROW EXECUTE FUNCTION councils_vote_counts();

CREATE FUNCTION councils_refuse_approved(the_meeting bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM bodies_meeting m
               WHERE m.id = the_meeting AND m.state = 'approved') THEN
        RAISE EXCEPTION 'the minutes are approved: correct by a later decision'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approved_minutes_stay';
    END IF;
END $$;

CREATE FUNCTION councils_item_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM councils_refuse_approved(OLD.meeting_id); END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    PERFORM councils_refuse_approved(NEW.meeting_id);
    RETURN NEW;
END $$;
CREATE TRIGGER item_locked BEFORE INSERT OR UPDATE OR DELETE ON councils_agendaitem
    FOR EACH ROW EXECUTE FUNCTION councils_item_locked();

CREATE FUNCTION councils_part_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM councils_refuse_approved(i.meeting_id)
            FROM councils_agendaitem i WHERE i.id = OLD.item_id;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    PERFORM councils_refuse_approved(i.meeting_id)
        FROM councils_agendaitem i WHERE i.id = NEW.item_id;
    RETURN NEW;
END $$;
CREATE TRIGGER paper_locked BEFORE INSERT OR UPDATE OR DELETE ON councils_decisionpaper
    FOR EACH ROW EXECUTE FUNCTION councils_part_locked();
CREATE TRIGGER interest_locked BEFORE INSERT OR UPDATE OR DELETE ON councils_interest
    FOR EACH ROW EXECUTE FUNCTION councils_part_locked();
CREATE TRIGGER proposal_locked BEFORE INSERT OR UPDATE OR DELETE ON councils_proposal
    FOR EACH ROW EXECUTE FUNCTION councils_part_locked();
CREATE TRIGGER dissent_locked BEFORE INSERT OR UPDATE OR DELETE ON councils_dissent
    FOR EACH ROW EXECUTE FUNCTION councils_part_locked();

CREATE FUNCTION councils_vote_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM councils_refuse_approved(i.meeting_id) FROM councils_proposal p
        JOIN councils_agendaitem i ON i.id = p.item_id WHERE p.id = OLD.proposal_id;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER vote_locked BEFORE UPDATE OR DELETE ON councils_vote
    FOR EACH ROW EXECUTE FUNCTION councils_vote_locked();

CREATE FUNCTION councils_minutes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'approved minutes are never changed: correct by a later decision'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_stay';
END $$;
CREATE TRIGGER minutes_stay BEFORE UPDATE OR DELETE ON councils_minutes
    FOR EACH ROW EXECUTE FUNCTION councils_minutes_stay();
"""

NO_VOTES = """
DROP TRIGGER minutes_stay ON councils_minutes;
DROP FUNCTION councils_minutes_stay();
DROP TRIGGER vote_locked ON councils_vote;
DROP FUNCTION councils_vote_locked();
DROP TRIGGER dissent_locked ON councils_dissent;
DROP TRIGGER proposal_locked ON councils_proposal;
DROP TRIGGER interest_locked ON councils_interest;
DROP TRIGGER paper_locked ON councils_decisionpaper;
DROP FUNCTION councils_part_locked();
DROP TRIGGER item_locked ON councils_agendaitem;
DROP FUNCTION councils_item_locked();
DROP FUNCTION councils_refuse_approved(bigint);
DROP TRIGGER vote_counts ON councils_vote;
DROP FUNCTION councils_vote_counts();
"""
