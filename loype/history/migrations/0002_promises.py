from django.db import migrations

from loype.history.sql import CHAIN, UNCHAIN


class Migration(migrations.Migration):
    """What the database itself keeps: see `loype/history/sql.py`."""

    dependencies = [("history", "0001_begin")]

    operations = [migrations.RunSQL(CHAIN, UNCHAIN)]
