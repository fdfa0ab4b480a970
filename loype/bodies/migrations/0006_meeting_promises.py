from django.db import migrations, models

from loype.bodies.meetings_sql import MEETINGS_GO, MEETINGS_STAY


class Migration(migrations.Migration):
    """What the database itself keeps about meetings: see `loype/bodies/meetings_sql.py`."""

    dependencies = [("bodies", "0005_meeting_quorum")]

    operations = [
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("planned", "cancelled")),
                    ("quorum_needed__isnull", False),
                    _connector="OR",
                ),
                name="called_meeting_knows_its_quorum",
            ),
        ),
        migrations.RunSQL(MEETINGS_STAY, MEETINGS_GO),
    ]
