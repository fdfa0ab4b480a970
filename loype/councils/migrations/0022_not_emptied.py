from django.db import migrations

from loype.bodies.emptying_sql import emptied, not_emptied
from loype.councils.emptying_sql import TABLES


class Migration(migrations.Migration):
    """What the database itself keeps: see `loype/councils/emptying_sql.py`."""

    dependencies = [("bodies", "0014_not_emptied"), ("councils", "0021_joining_promise")]

    operations = [migrations.RunSQL(not_emptied(TABLES), emptied(TABLES))]
