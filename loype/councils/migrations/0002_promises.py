from django.db import migrations

from loype.councils.sql import PROMISES, UNPROMISE


class Migration(migrations.Migration):
    """What the database itself keeps: see `loype/councils/sql.py`."""

    dependencies = [("councils", "0001_begin")]

    operations = [migrations.RunSQL(PROMISES, UNPROMISE)]
