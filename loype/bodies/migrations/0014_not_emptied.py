from django.db import migrations

from loype.bodies.emptying_sql import NO_REFUSAL, REFUSAL, TABLES, emptied, not_emptied


class Migration(migrations.Migration):
    """What the database itself keeps: see `loype/bodies/emptying_sql.py`."""

    dependencies = [("bodies", "0013_councils_within_federation")]

    operations = [migrations.RunSQL(REFUSAL + not_emptied(TABLES), emptied(TABLES) + NO_REFUSAL)]
