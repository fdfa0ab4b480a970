"""The triggers that keep `search_text` true, made from `sources.py`, and how vectors are sought."""

from __future__ import annotations

from loype.search.sources import COLUMNS, Source, Touch

TEXT = "search_text"
LONGEST_BODY = 20_000  # of a text's characters: longer ones are files, not needs

_MOMENTS = ("insert", "update", "delete")


def install(source: Source) -> str:
    """SQL that makes (or makes anew) the refresh function and triggers of a source."""
    parts = [_refresh(source)]
    for number, touch in enumerate(source.touches):
        parts += [_trigger(source, touch, number=number, moment=moment) for moment in _MOMENTS]
    return "\n".join(parts)


def remove(source: Source) -> str:
    """SQL that takes the triggers and functions of a source away, and its rows."""
    parts = []
    for number, touch in enumerate(source.touches):
        for moment in _MOMENTS:
            name = _name(source, number=number, moment=moment)
            parts.append(f"DROP TRIGGER IF EXISTS {name} ON {touch.table};")
            parts.append(f"DROP FUNCTION IF EXISTS {name}();")
    parts.append(f"DROP FUNCTION IF EXISTS search_refresh_{source.kind}(bigint[]);")
    parts.append(f"DELETE FROM {TEXT} WHERE kind = '{source.kind}';")
    return "\n".join(parts)


def gather(source: Source) -> str:
    """SQL that reads every row of a source anew."""
    table = source.touches[0].table
    return f"SELECT search_refresh_{source.kind}(ARRAY(SELECT id::bigint FROM {table}));"


def _refresh(source: Source) -> str:
    columns = ", ".join(COLUMNS)
    fresh = ", ".join(f"EXCLUDED.{column}" for column in COLUMNS[1:])
    kept = ", ".join(f"t.{column}" for column in COLUMNS[1:])
    changes = ", ".join(f"{column} = EXCLUDED.{column}" for column in COLUMNS[1:])
    clean = ", ".join(
        {
            "audience": "ARRAY(SELECT DISTINCT code FROM unnest(f.audience) AS code ORDER BY code)",
            "body": f"left(f.body, {LONGEST_BODY})",
        }.get(column, f"f.{column}")
        for column in COLUMNS
    )
    return f"""
CREATE OR REPLACE FUNCTION search_refresh_{source.kind}(ids bigint[]) RETURNS void
LANGUAGE plpgsql AS $search$
BEGIN
    IF ids IS NULL OR cardinality(ids) = 0 THEN RETURN; END IF;
    WITH fresh({columns}) AS ({source.select.strip()}),
    gone AS (DELETE FROM {TEXT} g WHERE g.kind = '{source.kind}' AND g.thing_id = ANY(ids)
        AND NOT EXISTS (SELECT 1 FROM fresh f WHERE f.thing_id = g.thing_id))
    INSERT INTO {TEXT} AS t (kind, {columns}, concepts, tokens, analysed_by, embedded_by,
        changed_at)
    SELECT '{source.kind}', {clean}, ARRAY[]::text[], search_plain(f.title, f.body), '', 0, now()
    FROM fresh f ORDER BY f.thing_id
    ON CONFLICT (kind, thing_id) DO UPDATE SET {changes}
    WHERE ({kept}) IS DISTINCT FROM ({fresh});
END $search$;
"""


def _name(source: Source, *, number: int, moment: str) -> str:
    return f"search_{source.kind}_{number}_{moment}"


def _trigger(source: Source, touch: Touch, *, number: int, moment: str) -> str:
    name = _name(source, number=number, moment=moment)
    if moment == "insert":
        ids, when = touch.ids, ""
        each = "REFERENCING NEW TABLE AS changed FOR EACH STATEMENT"
    else:
        row = "NEW" if moment == "update" else "OLD"
        ids, each = f"WITH changed AS (SELECT {row}.*) {touch.ids}", "FOR EACH ROW"
        when = f" WHEN ({_differs(touch)})" if moment == "update" else ""
    trigger = (
        f"CREATE OR REPLACE TRIGGER {name} AFTER {moment.upper()} ON {touch.table}"
        f" {each}{when} EXECUTE FUNCTION {name}();"
    )
    if touch.came_later:
        there = f"to_regclass('{touch.table}') IS NOT NULL"
        trigger = f"DO $there$ BEGIN IF {there} THEN {trigger} END IF; END $there$;"
    return f"""
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $search$
BEGIN
    PERFORM search_refresh_{source.kind}(ARRAY({ids})::bigint[]);
    RETURN NULL;
END $search$;
{trigger}
"""


def _differs(touch: Touch) -> str:
    if not touch.columns:
        return "OLD.* IS DISTINCT FROM NEW.*"
    old = ", ".join(f"OLD.{column}" for column in touch.columns)
    new = ", ".join(f"NEW.{column}" for column in touch.columns)
    return f"ROW({old}) IS DISTINCT FROM ROW({new})"


PLAIN = """
CREATE FUNCTION search_plain(title text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(to_tsvector('pg_catalog.simple', left(title, 1000)), 'A')
        || setweight(to_tsvector('pg_catalog.simple', left(body, 20000)), 'B')
$$;
"""
"""What a text is found by until the worker has analysed it: its bare words."""

STALE = """
CREATE FUNCTION search_text_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.title, NEW.body, NEW.language) IS DISTINCT FROM (OLD.title, OLD.body, OLD.language) THEN
        NEW.tokens := search_plain(NEW.title, NEW.body);
        NEW.concepts := ARRAY[]::text[];
        NEW.analysed_by := '';
        NEW.embedded_by := 0;
        NEW.changed_at := now();
        DELETE FROM search_vector WHERE text_id = NEW.id;
    ELSIF (NEW.audience, NEW.is_comparable, NEW.organisation_id)
            IS DISTINCT FROM (OLD.audience, OLD.is_comparable, OLD.organisation_id) THEN
        UPDATE search_vector SET audience = NEW.audience, is_comparable = NEW.is_comparable,
            organisation_id = NEW.organisation_id WHERE text_id = NEW.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER text_changed BEFORE UPDATE ON search_text
    FOR EACH ROW EXECUTE FUNCTION search_text_changed();
"""
"""A changed text is found by its words alone until the worker has read it: an old meaning never
stands for new words. Who may read a vector changes with its text, in the same statement."""

NARROWING = """
CREATE FUNCTION search_narrowing(wanted jsonb) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT COALESCE(string_agg(' AND ' || CASE name
        WHEN 'kind' THEN format('t.kind = ANY(%L)', given)
        WHEN 'variant' THEN format('t.variant = ANY(%L)', given)
        WHEN 'state' THEN format('t.state = ANY(%L)', given)
        WHEN 'language' THEN format('t.language = ANY(%L)', given)
        WHEN 'organisation' THEN format('t.organisation_id::text = ANY(%L)', given)
        WHEN 'year' THEN format('to_char(t.happened_at AT TIME ZONE ''UTC'', ''FMYYYY'') = ANY(%L)',
            given)
        WHEN 'keyword' THEN format('(t.keywords && %1$L OR t.concepts && %1$L)', given)
        ELSE 'false' END, ''), '')
    FROM (SELECT f.key AS name, ARRAY(SELECT jsonb_array_elements_text(f.value)) AS given
        FROM jsonb_each(wanted) AS f) AS facets
$$;
"""
"""The filters as conditions on `search_text t`, every value quoted: the same as
`SearchTextQuerySet.that_fit`."""

NEAR = """
CREATE FUNCTION search_near(asked halfvec, codes integer[], embedder bigint, most integer,
    only_comparable boolean, wanted jsonb) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE
SET hnsw.ef_search = 400 SET hnsw.iterative_scan = relaxed_order SET hnsw.max_scan_tuples = 100000
SET enable_seqscan = off SET enable_sort = off AS $$
BEGIN
    RETURN QUERY EXECUTE format('SELECT v.text_id FROM search_vector v %s
            WHERE v.embedder_id = %s%s%s%s ORDER BY v.vector <=> $1 LIMIT $3',
        CASE WHEN wanted IS NULL THEN '' ELSE 'JOIN search_text t ON t.id = v.text_id' END,
        embedder,
        CASE WHEN codes IS NULL THEN '' ELSE ' AND v.audience && $2' END,
        CASE WHEN only_comparable THEN ' AND v.is_comparable' ELSE '' END,
        CASE WHEN wanted IS NULL THEN '' ELSE search_narrowing(wanted) END)
        USING asked, codes, most;
END $$;
"""
"""The nearest texts among those the reader may see, by the graph, which goes on until enough are
found. The embedder's number stands in the statement itself, so that its own partial index fits."""
