from django.db import migrations

from loype.organisations.sql import (
    LAST_ADMINISTRATOR,
    NO_LAST_ADMINISTRATOR,
    UNWORDS,
    WORDS,
)


class Migration(migrations.Migration):
    """What the database itself keeps and knows: see `loype/organisations/sql.py`."""

    dependencies = [("organisations", "0001_begin")]

    operations = [
        migrations.RunSQL(WORDS, UNWORDS),
        migrations.RunSQL(LAST_ADMINISTRATOR, NO_LAST_ADMINISTRATOR),
    ]
