"""The legal bases of the default pack, and the promise that assessments stay as they were made."""

from django.db import migrations

from loype.councils.openness.packs import legal_bases
from loype.councils.openness.sql import ACCESS_PROMISES, ACCESS_UNPROMISE


def take_in(apps, schema_editor):
    LegalBasis = apps.get_model("councils", "LegalBasis")
    for row in legal_bases():
        LegalBasis.objects.get_or_create(code=row["code"], defaults=row)


class Migration(migrations.Migration):
    dependencies = [("councils", "0009_openness")]

    operations = [
        migrations.RunPython(take_in, migrations.RunPython.noop),
        migrations.RunSQL(ACCESS_PROMISES, ACCESS_UNPROMISE),
    ]
