from django.db import migrations

from loype.evaluation.sql import PROMISES, UNPROMISE


class Migration(migrations.Migration):
    """What the database itself keeps: see `loype/evaluation/sql.py`."""

    dependencies = [("evaluation", "0001_begin")]

    operations = [migrations.RunSQL(PROMISES, UNPROMISE)]
