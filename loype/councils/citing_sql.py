"""Promises about citations, and about which bodies decide cases, kept by the database."""

CITING = """
CREATE FUNCTION councils_citation_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM councils_decision d
        WHERE d.id = OLD.decision_id AND d.locked_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a locked decision keeps what it rests on'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'citation_stays';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF EXISTS (SELECT 1 FROM councils_decision d
        WHERE d.id = NEW.decision_id AND d.locked_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a locked decision keeps what it rests on'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'citation_stays';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM councils_decision d
        JOIN bodies_mandate m ON m.body_id = d.body_id
        JOIN bodies_mandatepoint p ON p.mandate_id = m.id
        WHERE d.id = NEW.decision_id AND p.id = NEW.point_id
          AND m.from_date <= (d.decided_at AT TIME ZONE 'UTC')::date
          AND (m.to_date IS NULL OR m.to_date >= (d.decided_at AT TIME ZONE 'UTC')::date)) THEN
        RAISE EXCEPTION 'a decision rests on the mandate its council had that day'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'citation_of_own_mandate';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER citation_fits BEFORE INSERT OR UPDATE OR DELETE ON councils_citation
    FOR EACH ROW EXECUTE FUNCTION councils_citation_fits();

CREATE FUNCTION councils_only_councils_decide() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.body_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM bodies_body b
        WHERE b.id = NEW.body_id AND b.kind = 'innovation_council') THEN
        RAISE EXCEPTION 'only an innovation council decides cases'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'only_councils_decide';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_council_decides_cases BEFORE INSERT ON councils_decision
    FOR EACH ROW EXECUTE FUNCTION councils_only_councils_decide();
"""

NOT_CITING = """
DROP TRIGGER a_council_decides_cases ON councils_decision;
DROP FUNCTION councils_only_councils_decide();
DROP TRIGGER citation_fits ON councils_citation;
DROP FUNCTION councils_citation_fits();
"""

AGENDAS = """
CREATE FUNCTION councils_item_fits_body() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE body_kind text;
BEGIN
    SELECT b.kind INTO body_kind FROM bodies_meeting m JOIN bodies_body b ON b.id = m.body_id
        WHERE m.id = NEW.meeting_id;
    IF NEW.kind = 'case' AND body_kind <> 'innovation_council' THEN
        RAISE EXCEPTION 'only an innovation council decides cases'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_before_councils';
    END IF;
    IF NEW.kind = 'decision' AND body_kind = 'forum' THEN
        RAISE EXCEPTION 'a forum decides nothing'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'forum_agenda_has_no_decisions';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER item_fits_body BEFORE INSERT OR UPDATE OF meeting_id, kind ON councils_agendaitem
    FOR EACH ROW EXECUTE FUNCTION councils_item_fits_body();
"""

NO_AGENDAS = """
DROP TRIGGER item_fits_body ON councils_agendaitem;
DROP FUNCTION councils_item_fits_body();
"""
