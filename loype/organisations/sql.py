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
