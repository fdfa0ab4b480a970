from django.db import migrations

from loype.councils.meetings_sql import NO_QUORUM, NO_VOTES, QUORUM, VOTES


class Migration(migrations.Migration):
    """What the database itself keeps about meetings: see `loype/councils/meetings_sql.py`."""

    dependencies = [
        ("bodies", "0006_meeting_promises"),
        ("councils", "0011_citations"),
    ]

    operations = [
        migrations.RunSQL(QUORUM, NO_QUORUM),
        migrations.RunSQL(VOTES, NO_VOTES),
    ]
