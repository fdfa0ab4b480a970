from django.db import migrations

from loype.bodies.composition_sql import (
    ALL_BODIES,
    ONLY_COUNCILS,
    PAPERS_GO,
    PAPERS_STAY,
    WHO_SAT,
    WHO_SITS,
)


class Migration(migrations.Migration):
    """Leaders come from home, seats are filled from home, and papers are not rewritten."""

    dependencies = [("bodies", "0007_papers_and_parties")]

    operations = [
        migrations.RunSQL(ONLY_COUNCILS, ALL_BODIES),
        migrations.RunSQL(WHO_SITS, WHO_SAT),
        migrations.RunSQL(PAPERS_STAY, PAPERS_GO),
    ]
