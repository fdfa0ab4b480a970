"""Promises about the instruction that the database keeps: nobody decides above their limit."""

LIMITS = """
CREATE FUNCTION bodies_powers_cover(
    the_body bigint, the_day date, the_matter text, the_amount numeric, the_currency text,
    the_holders text[]
) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM bodies_power p
        JOIN bodies_instruction i ON i.id = p.instruction_id
        WHERE i.body_id = the_body AND i.from_date <= the_day
          AND (i.to_date IS NULL OR i.to_date >= the_day)
          AND lower(p.matter) = lower(btrim(the_matter)) AND p.holder = ANY (the_holders)
          AND (p.up_to IS NULL OR the_amount <= p.up_to AND the_currency = p.currency))
$$;

CREATE FUNCTION bodies_body_may_decide(
    the_body bigint, the_day date, the_matter text, the_amount numeric, the_currency text
) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT bodies_powers_cover(
            the_body, the_day, the_matter, the_amount, the_currency, ARRAY['body'])
        OR NOT EXISTS (SELECT 1 FROM bodies_power p
            JOIN bodies_instruction i ON i.id = p.instruction_id
            WHERE i.body_id = the_body AND i.from_date <= the_day
              AND (i.to_date IS NULL OR i.to_date >= the_day)
              AND p.holder = 'body' AND p.up_to IS NOT NULL
              AND CASE WHEN btrim(the_matter) <> '' THEN lower(p.matter) = lower(btrim(the_matter))
                  ELSE the_amount IS NOT NULL
                      AND NOT (the_amount <= p.up_to AND the_currency = p.currency) END)
$$;

CREATE FUNCTION bodies_referral_within_limits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'decided' AND NOT bodies_powers_cover(NEW.body_id,
            (NEW.asked_at AT TIME ZONE 'UTC')::date, NEW.matter, NEW.amount, NEW.currency,
            ARRAY['head', 'leader']) THEN
        RAISE EXCEPTION 'the instruction lets nobody below the body decide this'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decided_within_the_instruction';
    END IF;
    IF NEW.state = 'agreed' AND NOT bodies_body_may_decide(NEW.body_id,
            (NEW.settled_at AT TIME ZONE 'UTC')::date, NEW.matter, NEW.amount, NEW.currency) THEN
        RAISE EXCEPTION 'the instruction does not let the body decide this'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decided_within_the_instruction';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decided_within_the_instruction BEFORE INSERT OR UPDATE ON bodies_referral
    FOR EACH ROW EXECUTE FUNCTION bodies_referral_within_limits();
"""

NO_LIMITS = """
DROP TRIGGER decided_within_the_instruction ON bodies_referral;
DROP FUNCTION bodies_referral_within_limits();
DROP FUNCTION bodies_body_may_decide(bigint, date, text, numeric, text);
DROP FUNCTION bodies_powers_cover(bigint, date, text, numeric, text, text[]);
"""
