from django.db import migrations

from loype.councils.powers_sql import AMOUNTS, NO_AMOUNTS


class Migration(migrations.Migration):
    """Amounts within the instruction, papers that tell when: see `loype/councils/powers_sql.py`."""

    dependencies = [
        ("bodies", "0009_limits"),
        ("councils", "0015_amounts_papers_and_referrals"),
    ]

    operations = [migrations.RunSQL(AMOUNTS, NO_AMOUNTS)]
