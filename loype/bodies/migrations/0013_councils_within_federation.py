from django.db import migrations

from loype.bodies.company_sql import WITHIN, WITHOUT


class Migration(migrations.Migration):
    """What the database itself keeps: see `loype/bodies/company_sql.py`."""

    dependencies = [
        ("bodies", "0012_referral_amounts"),
        ("organisations", "0006_closed_days"),
    ]

    operations = [migrations.RunSQL(WITHIN, WITHOUT)]
