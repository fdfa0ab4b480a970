"""Promises that what a council decided stays, and that in writing only answers count, kept by the
database."""

from loype.councils.meetings_sql import QUORUM
from loype.councils.sql import PROMISES

WRITTEN_ONCE = """
CREATE OR REPLACE FUNCTION councils_decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE same councils_decision;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a decision is never deleted: correct it by a new one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_stays';
    END IF;
    same := NEW;
    same.in_force := OLD.in_force;
    IF OLD.locked_at IS NOT NULL AND same IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'decision % is locked: correct it by a new one', OLD.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_locked';
    END IF;
    same.locked_at := OLD.locked_at;
    IF same IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'decision % was written down: correct it by a new one', OLD.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_written_once';
    END IF;
    IF NEW.in_force AND NOT OLD.in_force THEN
        RAISE EXCEPTION 'decision % was replaced and cannot come into force again', OLD.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_replaced';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION councils_decision_is_replaced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM councils_decision d WHERE d.corrects_id = NEW.id
                   AND d.case_id = NEW.case_id) THEN
        RAISE EXCEPTION 'decision % stands until a later one replaces it', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_is_replaced';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER decision_is_replaced AFTER INSERT OR UPDATE ON councils_decision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT NEW.in_force)
    EXECUTE FUNCTION councils_decision_is_replaced();

CREATE FUNCTION councils_minutes_file_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM councils_minutes m WHERE OLD.id IN (m.pdf_id, m.docx_id)) THEN
        RAISE EXCEPTION 'approved minutes are never changed: correct by a later decision'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_file_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER minutes_file_stays BEFORE UPDATE ON files_storedfile
    FOR EACH ROW EXECUTE FUNCTION councils_minutes_file_stays();
"""

IN_WRITING = """
CREATE OR REPLACE FUNCTION councils_present(the_meeting bigint, the_item bigint) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT count(*) FROM bodies_meetingcall c JOIN bodies_meeting m ON m.id = c.meeting_id
    WHERE c.meeting_id = the_meeting AND c.has_vote AND c.attended AND c.left_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM councils_interest i WHERE i.item_id = the_item
          AND i.call_id = c.id AND i.withdrawn_at IS NULL AND i.stand_in_id IS NULL)
      AND (m.answer_by IS NULL OR EXISTS (SELECT 1 FROM councils_vote v
          JOIN councils_proposal p ON p.id = v.proposal_id
          WHERE p.item_id = the_item AND v.call_id = c.id))
$$;
"""


def _as_before(source: str, name: str, *, end: str) -> str:
    """A function as an earlier migration made it, to go back to."""
    rest = source.partition(f"CREATE FUNCTION {name}(")[2]
    return f"CREATE OR REPLACE FUNCTION {name}({rest[: rest.index(end)]}{end}"


REWRITTEN = f"""
DROP TRIGGER minutes_file_stays ON files_storedfile;
DROP FUNCTION councils_minutes_file_stays();
DROP TRIGGER decision_is_replaced ON councils_decision;
DROP FUNCTION councils_decision_is_replaced();
{_as_before(PROMISES, "councils_decision_stays", end="END $$;")}
"""
ANY_ANSWER = _as_before(QUORUM, "councils_present", end="\n$$;")
