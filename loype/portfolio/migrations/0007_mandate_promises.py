"""From now on every activity hangs on a mandate, and the database keeps the rules about them."""

import django.db.models.deletion
from django.db import migrations, models

from loype.portfolio.sql import MANDATE_PROMISES, MANDATE_UNPROMISE


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0006_mandates_not_named_yet")]

    operations = [
        migrations.AlterField(
            model_name="activity",
            name="mandate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="activities",
                to="portfolio.politicalmandate",
            ),
        ),
        migrations.RunSQL(MANDATE_PROMISES, MANDATE_UNPROMISE),
    ]
