"""What is withheld of a decision is found by nobody outside its organisation."""

from django.db import migrations

from loype.search import sql
from loype.search.sources import DECISIONS


class Migration(migrations.Migration):
    dependencies = [("search", "0008_contact_requests"), ("councils", "0009_openness")]

    operations = [migrations.RunSQL(sql.install(DECISIONS), migrations.RunSQL.noop)]
