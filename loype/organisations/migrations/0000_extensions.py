from django.db import migrations

from loype.organisations.sql import EXTENSIONS


class Migration(migrations.Migration):
    """The extensions of PostgreSQL that the tables lean on."""

    dependencies = []

    operations = [migrations.RunSQL(EXTENSIONS, migrations.RunSQL.noop)]
