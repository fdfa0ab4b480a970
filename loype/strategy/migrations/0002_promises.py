"""The triggers of strategy/sql.py."""

from django.db import migrations

from loype.strategy.sql import PROMISES, UNPROMISE


class Migration(migrations.Migration):
    dependencies = [("strategy", "0001_begin")]

    operations = [migrations.RunSQL(PROMISES, UNPROMISE)]
