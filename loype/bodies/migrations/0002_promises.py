from django.db import migrations

from loype.bodies.sql import PROMISES, UNPROMISE


class Migration(migrations.Migration):
    """What the database itself keeps: see `loype/bodies/sql.py`."""

    dependencies = [("bodies", "0001_begin")]

    operations = [migrations.RunSQL(PROMISES, UNPROMISE)]
