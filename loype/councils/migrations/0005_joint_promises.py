from django.db import migrations

from loype.councils.joint_sql import PROMISES, UNPROMISE


class Migration(migrations.Migration):
    """What the database itself keeps: see `loype/councils/joint_sql.py`."""

    dependencies = [("councils", "0004_joint_cases")]

    operations = [migrations.RunSQL(PROMISES, UNPROMISE)]
