"""Texts are gathered by triggers from now on, and once from what is there already."""

from django.db import migrations

from loype.search import audience, sql
from loype.search.sources import SOURCES

BEGIN = (
    audience.SQL
    + sql.PLAIN
    + sql.STALE
    + sql.NARROWING
    + sql.NEAR
    + "".join(map(sql.install, SOURCES))
)
END = (
    "".join(map(sql.remove, SOURCES))
    + """
DROP FUNCTION search_near(halfvec, integer[], bigint, integer, boolean, jsonb);
DROP FUNCTION search_narrowing(jsonb);
DROP TRIGGER text_changed ON search_text;
DROP FUNCTION search_text_changed();
DROP FUNCTION search_plain(text, text);
DROP FUNCTION search_persons(bigint[]);
DROP FUNCTION search_audience(bigint, text);
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_begin"),
        ("ideas", "0004_keywords"),
        ("councils", "0002_promises"),
        ("portfolio", "0001_begin"),
        ("evaluation", "0001_begin"),
        ("spread", "0004_what_it_is_about"),
    ]

    operations = [
        migrations.RunSQL([BEGIN], [END]),
        migrations.RunSQL([sql.gather(source) for source in SOURCES], migrations.RunSQL.noop),
    ]
