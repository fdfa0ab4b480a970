"""What the database itself keeps for the trail's figures, put there by migrations."""

# Monday to Friday after `since` up to and including `until`, without the closed days: whole weeks
# by arithmetic, the rest of the last week day by day, so that a long wait costs no more.
WORKING_DAYS = """
CREATE FUNCTION loype_working_days(since date, until date, closed date[]) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN until <= since THEN 0 ELSE
        (until - since) / 7 * 5
        + (SELECT count(*)::integer FROM generate_series(1, (until - since) % 7) AS step
           WHERE extract(isodow FROM since + step) < 6)
        - (SELECT count(*)::integer FROM unnest(closed) AS day
           WHERE day > since AND day <= until AND extract(isodow FROM day) < 6)
    END
$$;
"""
NO_WORKING_DAYS = "DROP FUNCTION loype_working_days(date, date, date[]);"

FIGURES_STAY = """
CREATE FUNCTION trail_monthlyfigures_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'monthly figures stay as they were reported: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'monthly_figures_stay';
END $$;
CREATE TRIGGER monthly_figures_stay BEFORE UPDATE OR DELETE ON trail_monthlyfigures
    FOR EACH ROW EXECUTE FUNCTION trail_monthlyfigures_stay();
CREATE TRIGGER monthly_figures_not_emptied BEFORE TRUNCATE ON trail_monthlyfigures
    FOR EACH STATEMENT EXECUTE FUNCTION trail_monthlyfigures_stay();
"""
FIGURES_GO = """
DROP TRIGGER monthly_figures_not_emptied ON trail_monthlyfigures;
DROP TRIGGER monthly_figures_stay ON trail_monthlyfigures;
DROP FUNCTION trail_monthlyfigures_stay();
"""
