"""What the database must know before the first table is made."""

EXTENSIONS = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS vector;
"""

WORDS = """
CREATE FUNCTION loype_words(language text, title text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(to_tsvector(c.name, left(title, 1000)), 'A')
        || setweight(to_tsvector(c.name, left(body, 100000)), 'B')
    FROM (SELECT CASE language
        WHEN 'da' THEN 'pg_catalog.danish'::regconfig
        WHEN 'nb' THEN 'pg_catalog.norwegian'::regconfig
        WHEN 'nn' THEN 'pg_catalog.norwegian'::regconfig
        WHEN 'sv' THEN 'pg_catalog.swedish'::regconfig
        WHEN 'en' THEN 'pg_catalog.english'::regconfig
        WHEN 'fi' THEN 'pg_catalog.finnish'::regconfig
        WHEN 'es' THEN 'pg_catalog.spanish'::regconfig
        WHEN 'de' THEN 'pg_catalog.german'::regconfig
        WHEN 'fr' THEN 'pg_catalog.french'::regconfig
        ELSE 'pg_catalog.simple'::regconfig END AS name) c
$$;
"""

UNWORDS = "DROP FUNCTION loype_words(text, text, text);"

LAST_ADMINISTRATOR = """
CREATE FUNCTION organisations_keeps_administrator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.role = 'administrator' AND OLD.to_date IS NULL AND NOT EXISTS (
        SELECT 1 FROM organisations_membership m WHERE m.organisation_id = OLD.organisation_id
          AND m.role = 'administrator' AND m.to_date IS NULL) THEN
        RAISE EXCEPTION 'the last administrator cannot leave'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'organisation_keeps_administrator';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER organisation_keeps_administrator
    AFTER UPDATE OR DELETE ON organisations_membership
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION organisations_keeps_administrator();
"""

NO_LAST_ADMINISTRATOR = """
DROP TRIGGER organisation_keeps_administrator ON organisations_membership;
DROP FUNCTION organisations_keeps_administrator();
"""

# Closed days are said beforehand and never rewritten; whatever is written into the sum of them, it
# is what the rows say.
CLOSED_DAYS = """
CREATE FUNCTION organisations_closed_days_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.taken_back_date IS NOT NULL
       OR (NEW.organisation_id, NEW.name, NEW.from_date, NEW.to_date, NEW.recorded_date)
          IS DISTINCT FROM
          (OLD.organisation_id, OLD.name, OLD.from_date, OLD.to_date, OLD.recorded_date) THEN
        RAISE EXCEPTION 'closed days are taken back before they begin, never rewritten'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_days_stay';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER closed_days_stay BEFORE UPDATE OR DELETE ON organisations_closeddays
    FOR EACH ROW EXECUTE FUNCTION organisations_closed_days_stay();

CREATE FUNCTION organisations_sum_closed_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.closed_dates := coalesce((
        SELECT array_agg(day::date ORDER BY day)
          FROM organisations_closeddays c,
               generate_series(c.from_date, c.to_date, interval '1 day') AS day
         WHERE c.organisation_id = NEW.id AND c.taken_back_date IS NULL
           AND extract(isodow FROM day) < 6), '{}');
    RETURN NEW;
END $$;
CREATE TRIGGER closed_dates_are_the_sum BEFORE INSERT OR UPDATE OF closed_dates
    ON organisations_organisation
    FOR EACH ROW EXECUTE FUNCTION organisations_sum_closed_days();

CREATE FUNCTION organisations_tell_closed_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE organisations_organisation SET closed_dates = '{}' WHERE id = NEW.organisation_id;
    RETURN NULL;
END $$;
CREATE TRIGGER closed_days_are_summed AFTER INSERT OR UPDATE ON organisations_closeddays
    FOR EACH ROW EXECUTE FUNCTION organisations_tell_closed_days();
"""

NO_CLOSED_DAYS = """
DROP TRIGGER closed_days_are_summed ON organisations_closeddays;
DROP FUNCTION organisations_tell_closed_days();
DROP TRIGGER closed_dates_are_the_sum ON organisations_organisation;
DROP FUNCTION organisations_sum_closed_days();
DROP TRIGGER closed_days_stay ON organisations_closeddays;
DROP FUNCTION organisations_closed_days_stay();
"""
