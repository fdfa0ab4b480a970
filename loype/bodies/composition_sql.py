"""Promises about who sits on bodies and what they go by, kept by the database."""

from loype.bodies.sql import PROMISES, SEATS_STAY

ONLY_COUNCILS = """
CREATE OR REPLACE FUNCTION bodies_meeting_called() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state IN ('called', 'held', 'approved') AND EXISTS (SELECT 1 FROM bodies_body b
        WHERE b.id = NEW.body_id AND b.kind = 'innovation_council') AND NOT EXISTS (
        SELECT 1 FROM bodies_meetingcall c JOIN bodies_seat s ON s.id = c.seat_id
        WHERE c.meeting_id = NEW.id AND s.kind = 'federation') THEN
        RAISE EXCEPTION 'a meeting cannot be called without the federation seat'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_calls_federation_seat';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION bodies_call_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM bodies_meeting m JOIN bodies_body b ON b.id = m.body_id
           WHERE m.id = OLD.meeting_id AND b.kind = 'innovation_council'
             AND m.state IN ('called', 'held', 'approved'))
       AND NOT EXISTS (SELECT 1 FROM bodies_meetingcall c JOIN bodies_seat s ON s.id = c.seat_id
           WHERE c.meeting_id = OLD.meeting_id AND s.kind = 'federation') THEN
        RAISE EXCEPTION 'the federation seat stays called to the meeting'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'federation_stays_called';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION bodies_meeting_seat_is_held() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE day date;
BEGIN
    IF NEW.state <> 'called' OR (TG_OP = 'UPDATE' AND OLD.state = 'called')
       OR NOT EXISTS (SELECT 1 FROM bodies_body b
                      WHERE b.id = NEW.body_id AND b.kind = 'innovation_council') THEN
        RETURN NULL;
    END IF;
    day := (greatest(NEW.starts_at, NEW.called_at) AT TIME ZONE 'UTC')::date;
    IF NOT EXISTS (SELECT 1 FROM bodies_meetingcall c JOIN bodies_seat s ON s.id = c.seat_id
           JOIN bodies_term t ON t.seat_id = s.id
           WHERE c.meeting_id = NEW.id AND s.kind = 'federation' AND s.closed_date IS NULL
             AND NOT t.is_deputy AND t.from_date <= day
             AND (t.to_date IS NULL OR t.to_date >= day)) THEN
        RAISE EXCEPTION 'a meeting cannot be called while nobody holds the federation seat'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'called_federation_seat_is_held';
    END IF;
    RETURN NULL;
END $$;
"""


def _as_it_was(name: str) -> str:
    """A function as the first migrations made it, to go back to."""
    begin = f"FUNCTION {name}()"
    _before, _found, rest = (PROMISES + SEATS_STAY).partition(f"CREATE {begin}")
    return f"CREATE OR REPLACE {begin}{rest[: rest.index('END $$;')]}END $$;"


ALL_BODIES = "\n".join(
    _as_it_was(name)
    for name in ("bodies_meeting_called", "bodies_call_stays", "bodies_meeting_seat_is_held")
)

WHO_SITS = """
CREATE FUNCTION bodies_leader_is_at_home() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE body_kind text; home_kind text;
BEGIN
    IF NOT NEW.is_leader OR NEW.closed_date IS NOT NULL THEN
        RETURN NEW;
    END IF;
    SELECT b.kind, o.kind INTO body_kind, home_kind
        FROM bodies_body b
        JOIN organisations_organisation o ON o.id = coalesce(NEW.party_id, b.organisation_id)
        WHERE b.id = NEW.body_id;
    IF (body_kind = 'innovation_council'
           AND (NEW.kind <> 'municipality' OR NEW.party_id IS NOT NULL))
       OR (body_kind = 'subject_group'
           AND (NEW.kind <> 'municipality' OR home_kind <> 'municipality')) THEN
        RAISE EXCEPTION 'the leader comes from the municipality'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'leader_is_from_the_municipality';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER leader_is_from_the_municipality BEFORE INSERT OR UPDATE ON bodies_seat
    FOR EACH ROW EXECUTE FUNCTION bodies_leader_is_at_home();

CREATE FUNCTION bodies_seat_has_room() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE day date := coalesce(NEW.from_date, current_date); full_rule text;
BEGIN
    IF NEW.closed_date IS NOT NULL THEN
        RETURN NULL;
    END IF;
    SELECT r.rule INTO full_rule FROM bodies_compositionrule r
        WHERE r.body_id = NEW.body_id AND r.most IS NOT NULL
          AND r.from_date <= day AND (r.to_date IS NULL OR r.to_date >= day)
          AND (r.rule = 'seats_of_party' AND r.party_id = NEW.party_id
               OR r.rule = 'seats_of_kind' AND r.seat_kind = NEW.kind)
          AND r.most < (SELECT count(*) FROM bodies_seat s
              WHERE s.body_id = NEW.body_id AND s.closed_date IS NULL
                AND CASE r.rule WHEN 'seats_of_party' THEN s.party_id = NEW.party_id
                    ELSE s.kind = NEW.kind END)
        LIMIT 1;
    IF full_rule IS NOT NULL THEN
        RAISE EXCEPTION 'the rules have no room for another such seat'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'seat_has_room';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER seat_has_room AFTER INSERT ON bodies_seat
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION bodies_seat_has_room();

CREATE FUNCTION bodies_appointed_from_home() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE home bigint; roles text[]; day date;
BEGIN
    IF NEW.appointed_by_id IS NULL THEN
        RETURN NEW;
    END IF;
    day := coalesce(NEW.appointed_date, current_date);
    SELECT CASE WHEN s.kind = 'federation' THEN f.coordinator_id
                ELSE coalesce(s.party_id, b.organisation_id) END,
           CASE WHEN s.kind = 'federation' THEN ARRAY['administrator', 'coordinator']
                WHEN s.appointing_role <> '' THEN ARRAY[s.appointing_role]
                ELSE ARRAY['administrator', 'decider'] END
        INTO home, roles
        FROM bodies_seat s JOIN bodies_body b ON b.id = s.body_id
        LEFT JOIN organisations_federation f ON f.id = b.federation_id
        WHERE s.id = NEW.seat_id;
    IF NOT EXISTS (SELECT 1 FROM organisations_membership m
        WHERE m.person_id = NEW.appointed_by_id AND m.organisation_id = home
          AND m.role = ANY(roles) AND m.from_date <= day
          AND (m.to_date IS NULL OR m.to_date >= day)) THEN
        RAISE EXCEPTION 'a seat is filled by those it speaks for'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'seat_is_filled_from_home';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER seat_is_filled_from_home BEFORE INSERT OR UPDATE OF seat_id, person_id,
    appointed_by_id, appointed_date ON bodies_term
    FOR EACH ROW EXECUTE FUNCTION bodies_appointed_from_home();
"""

PAPERS_STAY = """
CREATE FUNCTION bodies_paper_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'to_date' IS DISTINCT FROM to_jsonb(OLD) - 'to_date' THEN
        RAISE EXCEPTION 'what a body goes by is not rewritten: adopt a new version'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paper_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER mandate_stays BEFORE UPDATE OR DELETE ON bodies_mandate
    FOR EACH ROW EXECUTE FUNCTION bodies_paper_stays();
CREATE TRIGGER mandate_point_stays BEFORE UPDATE OR DELETE ON bodies_mandatepoint
    FOR EACH ROW EXECUTE FUNCTION bodies_paper_stays();
CREATE TRIGGER rules_of_procedure_stay BEFORE UPDATE OR DELETE ON bodies_rulesofprocedure
    FOR EACH ROW EXECUTE FUNCTION bodies_paper_stays();
CREATE TRIGGER instruction_stays BEFORE UPDATE OR DELETE ON bodies_instruction
    FOR EACH ROW EXECUTE FUNCTION bodies_paper_stays();
CREATE TRIGGER power_stays BEFORE UPDATE OR DELETE ON bodies_power
    FOR EACH ROW EXECUTE FUNCTION bodies_paper_stays();
CREATE TRIGGER composition_rule_stays BEFORE UPDATE OR DELETE ON bodies_compositionrule
    FOR EACH ROW EXECUTE FUNCTION bodies_paper_stays();

CREATE FUNCTION bodies_referral_is_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM bodies_body b WHERE b.id = NEW.body_id AND b.kind = 'forum') THEN
        RAISE EXCEPTION 'a forum decides nothing'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'forum_decides_nothing';
    END IF;
    IF TG_OP = 'INSERT' AND NEW.state = 'decided' AND NOT EXISTS (SELECT 1 FROM bodies_power p
        JOIN bodies_instruction i ON i.id = p.instruction_id
        WHERE i.body_id = NEW.body_id AND i.from_date <= (NEW.asked_at AT TIME ZONE 'UTC')::date
          AND (i.to_date IS NULL OR i.to_date >= (NEW.asked_at AT TIME ZONE 'UTC')::date)
          AND lower(p.matter) = lower(NEW.matter) AND p.holder <> 'body'
          AND (p.up_to IS NULL OR (p.up_to >= NEW.amount AND p.currency = NEW.currency))) THEN
        RAISE EXCEPTION 'nobody below the body may decide this by the instruction'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decided_within_the_limit';
    END IF;
    IF NEW.meeting_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM bodies_meeting m
        WHERE m.id = NEW.meeting_id AND m.body_id = NEW.body_id) THEN
        RAISE EXCEPTION 'what is referred to a body is settled in its own meeting'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_in_own_meeting';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state <> 'with_the_body' THEN
        RAISE EXCEPTION 'what was decided stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER referral_is_settled BEFORE INSERT OR UPDATE ON bodies_referral
    FOR EACH ROW EXECUTE FUNCTION bodies_referral_is_settled();
"""

WHO_SAT = """
DROP TRIGGER seat_has_room ON bodies_seat;
DROP FUNCTION bodies_seat_has_room();
DROP TRIGGER seat_is_filled_from_home ON bodies_term;
DROP FUNCTION bodies_appointed_from_home();
DROP TRIGGER leader_is_from_the_municipality ON bodies_seat;
DROP FUNCTION bodies_leader_is_at_home();
"""

PAPERS_GO = """
DROP TRIGGER referral_is_settled ON bodies_referral;
DROP FUNCTION bodies_referral_is_settled();
DROP TRIGGER composition_rule_stays ON bodies_compositionrule;
DROP TRIGGER power_stays ON bodies_power;
DROP TRIGGER instruction_stays ON bodies_instruction;
DROP TRIGGER rules_of_procedure_stay ON bodies_rulesofprocedure;
DROP TRIGGER mandate_point_stays ON bodies_mandatepoint;
DROP TRIGGER mandate_stays ON bodies_mandate;
DROP FUNCTION bodies_paper_stays();
"""
