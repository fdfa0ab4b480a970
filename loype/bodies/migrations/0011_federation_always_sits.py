from django.db import migrations, models

from loype.bodies.federation_sql import ALWAYS_SITS, ANY_COURSE, COURSE, NOT_ALWAYS


class Migration(migrations.Migration):
    """What the database itself keeps: see `loype/bodies/federation_sql.py`."""

    dependencies = [
        ("bodies", "0010_chairs"),
        ("organisations", "0005_units_kind_and_employees"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "called"), _negated=True),
                    ("quorum_needed__gte", 1),
                    _connector="OR",
                ),
                name="nobody_is_no_quorum",
            ),
        ),
        migrations.RunSQL(ALWAYS_SITS, NOT_ALWAYS),
        migrations.RunSQL(COURSE, ANY_COURSE),
    ]
