from django.db import migrations

from loype.strategy.sql import INVOLVEMENT, NO_INVOLVEMENT


class Migration(migrations.Migration):
    """What is adopted says how the employees' organisations are involved, or why not."""

    dependencies = [("strategy", "0003_involvement")]

    operations = [migrations.RunSQL(INVOLVEMENT, NO_INVOLVEMENT)]
