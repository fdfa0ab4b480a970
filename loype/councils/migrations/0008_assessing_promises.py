from django.db import migrations

from loype.councils.assessing.sql import PROMISES, UNPROMISE


class Migration(migrations.Migration):
    """What the database itself keeps of assessing: see `loype/councils/assessing/sql.py`."""

    dependencies = [("councils", "0007_assessing"), ("strategy", "0002_promises")]

    operations = [migrations.RunSQL(PROMISES, UNPROMISE)]
