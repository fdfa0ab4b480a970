"""The triggers of news/sql.py."""

from django.db import migrations

from loype.news.sql import PROMISES, UNPROMISE


class Migration(migrations.Migration):
    dependencies = [("news", "0001_begin"), ("councils", "0016_limits")]

    operations = [migrations.RunSQL(PROMISES, UNPROMISE)]
