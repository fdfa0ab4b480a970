from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    """Decisions of many organisations, newest first: the public log and the federation's register."""

    dependencies = [("councils", "0016_limits")]

    operations = [
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                F("decided_at").desc(), F("id").desc(), name="decision_list_everywhere"
            ),
        ),
    ]
