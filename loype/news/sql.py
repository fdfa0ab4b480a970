"""What the database itself keeps of news."""

PROMISES = """
CREATE FUNCTION news_width(width text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT array_position(ARRAY['confidential', 'organisation', 'federation', 'public'], width)
$$;

CREATE FUNCTION news_widest(item news_newsitem) RETURNS integer LANGUAGE sql STABLE AS $$
    SELECT least(
        (SELECT news_width(CASE WHEN state IN ('draft', 'withdrawn') THEN 'confidential'
                ELSE visibility END)
           FROM ideas_idea WHERE id = item.idea_id AND item.decision_id IS NOT NULL),
        (SELECT news_width('organisation') FROM councils_decisionaccess
          WHERE decision_id = item.decision_id AND in_force AND access_class <> 'open'),
        (SELECT news_width(visibility) FROM portfolio_activity WHERE id = item.activity_id),
        (SELECT news_width(CASE WHEN state = 'draft' THEN 'confidential' ELSE visibility END)
           FROM spread_solution WHERE id = item.solution_id))
$$;

CREATE FUNCTION news_item_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE same news_newsitem;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'news is left out or withdrawn, never deleted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'news_stays';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE EXCEPTION 'news begins as a draft'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'news_begins_as_draft';
        END IF;
        RETURN NEW;
    END IF;
    same := NEW;
    same.version := OLD.version;
    same.state := OLD.state;
    same.ended_at := OLD.ended_at;
    same.end_reason := OLD.end_reason;
    IF OLD.state = 'draft' THEN
        same.headline := OLD.headline;
        same.text := OLD.text;
        same.visibility := OLD.visibility;
        same.published_at := OLD.published_at;
        same.published_by_id := OLD.published_by_id;
    END IF;
    IF same IS DISTINCT FROM OLD
        OR OLD.state = 'draft' AND NEW.state = 'withdrawn'
        OR OLD.state = 'published' AND NEW.state NOT IN ('published', 'withdrawn')
        OR OLD.state IN ('left_out', 'withdrawn') AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'published news stays as it is: correct it or withdraw it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'published_news_stays';
    END IF;
    IF OLD.state = 'draft' AND NEW.state = 'published'
        AND news_width(NEW.visibility) > news_widest(NEW) THEN
        RAISE EXCEPTION 'news is never wider than what it is about'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'news_not_wider';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER news_item_stays BEFORE INSERT OR UPDATE OR DELETE ON news_newsitem
    FOR EACH ROW EXECUTE FUNCTION news_item_stays();

CREATE FUNCTION news_correction_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'a correction stays as it was made'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'correction_stays';
    END IF;
    IF (SELECT state FROM news_newsitem WHERE id = NEW.item_id) <> 'published' THEN
        RAISE EXCEPTION 'only published news is corrected'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'published_is_corrected';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER news_correction_stays BEFORE INSERT OR UPDATE OR DELETE ON news_newscorrection
    FOR EACH ROW EXECUTE FUNCTION news_correction_stays();
"""

UNPROMISE = """
DROP TRIGGER news_correction_stays ON news_newscorrection;
DROP FUNCTION news_correction_stays();
DROP TRIGGER news_item_stays ON news_newsitem;
DROP FUNCTION news_item_stays();
DROP FUNCTION news_widest(news_newsitem);
DROP FUNCTION news_width(text);
"""
