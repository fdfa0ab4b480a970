"""Promises about meetings that the database keeps."""

MEETINGS_STAY = """
CREATE FUNCTION bodies_meeting_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'approved' AND (TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD) THEN
        RAISE EXCEPTION 'the minutes of meeting % are approved: correct by a later decision', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approved_meeting_stays';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF OLD.state <> 'planned' AND (NEW.quorum_needed, NEW.decides_by, NEW.casting_vote)
       IS DISTINCT FROM (OLD.quorum_needed, OLD.decides_by, OLD.casting_vote) THEN
        RAISE EXCEPTION 'meeting % keeps the rules it was called by', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_keeps_its_rules';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approved_meeting_stays BEFORE UPDATE OR DELETE ON bodies_meeting
    FOR EACH ROW EXECUTE FUNCTION bodies_meeting_stays();

CREATE FUNCTION bodies_attendance_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE old_meeting bigint; new_meeting bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN old_meeting := OLD.meeting_id; END IF;
    IF TG_OP <> 'DELETE' THEN new_meeting := NEW.meeting_id; END IF;
    IF EXISTS (SELECT 1 FROM bodies_meeting m
               WHERE m.id IN (old_meeting, new_meeting) AND m.state = 'approved') THEN
        RAISE EXCEPTION 'who came to an approved meeting is written down for good'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_stays';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attendance_stays BEFORE INSERT OR UPDATE OR DELETE ON bodies_meetingcall
    FOR EACH ROW EXECUTE FUNCTION bodies_attendance_stays();
"""

MEETINGS_GO = """
DROP TRIGGER attendance_stays ON bodies_meetingcall;
DROP FUNCTION bodies_attendance_stays();
DROP TRIGGER approved_meeting_stays ON bodies_meeting;
DROP FUNCTION bodies_meeting_stays();
"""
