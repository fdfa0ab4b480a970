from django.db import migrations

from loype.portfolio.running_sql import RUN_ALONE, RUN_TOGETHER


class Migration(migrations.Migration):
    """Nothing runs alone that is to be run together: see `loype/portfolio/running_sql.py`."""

    dependencies = [("councils", "0004_joint_cases"), ("portfolio", "0008_parts_of_owners")]

    operations = [migrations.RunSQL(RUN_TOGETHER, RUN_ALONE)]
