from django.db import migrations

from loype.councils.joining_sql import ALONE, JOINING


class Migration(migrations.Migration):
    """What the database itself keeps: see `loype/councils/joining_sql.py`."""

    dependencies = [("councils", "0020_joining")]

    operations = [migrations.RunSQL(JOINING, ALONE)]
