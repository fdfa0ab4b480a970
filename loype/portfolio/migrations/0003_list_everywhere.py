"""Lists across organisations, newest first, without reading and sorting everything."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0002_promises"),
        ("ideas", "0003_list_everywhere"),
        ("organisations", "0002_promises"),
        ("portfolio", "0002_find_by_title"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                models.OrderBy(models.F("opened_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="activity_list_everywhere",
            ),
        ),
    ]
