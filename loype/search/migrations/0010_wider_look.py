"""The graph is followed more widely: with a million texts 200 places lost one of ten neighbours."""

from django.db import migrations

SET = """
ALTER FUNCTION search_near(halfvec, integer[], bigint, integer, boolean, jsonb)
    SET hnsw.ef_search = {};
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0009_withheld_decisions")]

    operations = [migrations.RunSQL(SET.format(400), SET.format(200))]
