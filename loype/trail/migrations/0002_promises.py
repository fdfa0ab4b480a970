from django.db import migrations

from loype.trail.sql import FIGURES_GO, FIGURES_STAY, NO_WORKING_DAYS, WORKING_DAYS


class Migration(migrations.Migration):
    """What the database itself keeps: see `loype/trail/sql.py`."""

    dependencies = [("trail", "0001_begin")]

    operations = [
        migrations.RunSQL(WORKING_DAYS, NO_WORKING_DAYS),
        migrations.RunSQL(FIGURES_STAY, FIGURES_GO),
    ]
