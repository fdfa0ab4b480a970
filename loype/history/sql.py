"""The database's own keeping of the account, run by the first migration."""

CHAIN = """
CREATE FUNCTION history_event_told(e history_event) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT concat_ws(E'\\x1f', e.chain_id, e.number,
        (extract(epoch FROM e.at) * 1000000)::bigint,
        coalesce(e.person_id::text, '-'), e.acting_as, coalesce(e.organisation_id::text, '-'),
        e.thing_kind, e.thing_id, e.verb, e.change::text, e.reason, e.previous_hash)
$$;

CREATE FUNCTION history_event_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE chain history_chain%ROWTYPE;
BEGIN
    INSERT INTO history_chain AS c (id, length, head) VALUES (NEW.chain_id, 1, '')
        ON CONFLICT (id) DO UPDATE SET length = c.length + 1
        RETURNING * INTO chain;
    NEW.number := chain.length;
    NEW.previous_hash := chain.head;
    NEW.hash := encode(sha256(convert_to(history_event_told(NEW), 'UTF8')), 'hex');
    UPDATE history_chain SET head = NEW.hash WHERE id = NEW.chain_id;
    RETURN NEW;
END $$;

CREATE TRIGGER history_event_chain BEFORE INSERT ON history_event
    FOR EACH ROW EXECUTE FUNCTION history_event_chain();

CREATE FUNCTION history_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is append-only: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER history_event_stays BEFORE UPDATE OR DELETE ON history_event
    FOR EACH ROW EXECUTE FUNCTION history_event_stays();
CREATE TRIGGER history_event_not_emptied BEFORE TRUNCATE ON history_event
    FOR EACH STATEMENT EXECUTE FUNCTION history_event_stays();
"""

UNCHAIN = """
DROP TRIGGER history_event_not_emptied ON history_event;
DROP TRIGGER history_event_stays ON history_event;
DROP TRIGGER history_event_chain ON history_event;
DROP FUNCTION history_event_stays();
DROP FUNCTION history_event_chain();
DROP FUNCTION history_event_told(history_event);
"""
