from django.db import migrations

from loype.councils.citing_sql import AGENDAS, NO_AGENDAS


class Migration(migrations.Migration):
    """Cases lie before innovation councils only, and a forum has nothing to decide."""

    dependencies = [("councils", "0012_meeting_promises"), ("bodies", "0008_who_sits")]

    operations = [migrations.RunSQL(AGENDAS, NO_AGENDAS)]
