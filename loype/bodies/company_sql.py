"""Promises that a council works only within its federation, kept by the database."""

WITHIN = """
CREATE FUNCTION bodies_worked_within(council bodies_body) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT coalesce(range_agg(daterange(m.from_date, m.to_date, '[]')) @> daterange(
               council.established_date,
               CASE WHEN council.state = 'closed' THEN council.closed_date END), false)
    FROM organisations_federationmembership m
    WHERE m.organisation_id = council.organisation_id
      AND m.federation_id = council.federation_id
$$;

CREATE FUNCTION bodies_council_within_federation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE council bodies_body;
BEGIN
    SELECT * INTO council FROM bodies_body b WHERE b.id = NEW.id;
    IF council.state IS DISTINCT FROM 'active' OR council.kind <> 'innovation_council' THEN
        RETURN NULL;
    END IF;
    -- Whoever ends a membership waits for this, and this for them.
    PERFORM FROM organisations_federationmembership m
        WHERE m.organisation_id = council.organisation_id
          AND m.federation_id = council.federation_id FOR SHARE;
    IF NOT bodies_worked_within(council) THEN
        RAISE EXCEPTION 'council % works outside its federation', council.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'council_is_within_federation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER council_is_within_federation
    AFTER INSERT OR UPDATE OF kind, state, established_date, organisation_id, federation_id
    ON bodies_body
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION bodies_council_within_federation();

CREATE FUNCTION bodies_member_stays_with_council() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE working text; worked text;
BEGIN
    SELECT string_agg(b.name, ', ' ORDER BY b.id) FILTER (WHERE b.state = 'active'),
           string_agg(b.name, ', ' ORDER BY b.id)
      INTO working, worked FROM bodies_body b
     WHERE b.organisation_id = OLD.organisation_id AND b.federation_id = OLD.federation_id
       AND b.kind = 'innovation_council' AND b.state IN ('active', 'closed')
       AND NOT bodies_worked_within(b);
    IF working IS NOT NULL THEN
        RAISE EXCEPTION 'a member stays while its council works with the federation'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'member_stays_with_council',
                  DETAIL = working;
    ELSIF worked IS NOT NULL THEN
        RAISE EXCEPTION 'a member was there while its council worked with the federation'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'member_was_there_with_council',
                  DETAIL = worked;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER member_stays_with_council
    AFTER UPDATE OR DELETE ON organisations_federationmembership
    FOR EACH ROW EXECUTE FUNCTION bodies_member_stays_with_council();
"""

WITHOUT = """
DROP TRIGGER member_stays_with_council ON organisations_federationmembership;
DROP FUNCTION bodies_member_stays_with_council();
DROP TRIGGER council_is_within_federation ON bodies_body;
DROP FUNCTION bodies_council_within_federation();
DROP FUNCTION bodies_worked_within(bodies_body);
"""
