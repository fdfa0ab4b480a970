from django.db import migrations

from loype.bodies.chairs_sql import CHAIRS, NO_CHAIRS


class Migration(migrations.Migration):
    """The chair is bound and approves the minutes: see `loype/bodies/chairs_sql.py`."""

    dependencies = [("bodies", "0009_limits")]

    operations = [migrations.RunSQL(CHAIRS, NO_CHAIRS)]
