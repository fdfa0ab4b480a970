from django.db import migrations

from loype.councils.keeping_sql import ANY_ANSWER, IN_WRITING, REWRITTEN, WRITTEN_ONCE


class Migration(migrations.Migration):
    """What the database itself keeps: see `loype/councils/keeping_sql.py`."""

    dependencies = [
        ("bodies", "0011_federation_always_sits"),
        ("councils", "0017_decisions_everywhere"),
        ("files", "0001_begin"),
    ]

    operations = [
        migrations.RunSQL(WRITTEN_ONCE, REWRITTEN),
        migrations.RunSQL(IN_WRITING, ANY_ANSWER),
    ]
