from django.db import migrations

from loype.bodies.powers_sql import LIMITS, NO_LIMITS


class Migration(migrations.Migration):
    """Nobody decides above their limit: see `loype/bodies/powers_sql.py`."""

    dependencies = [("bodies", "0008_who_sits")]

    operations = [migrations.RunSQL(LIMITS, NO_LIMITS)]
