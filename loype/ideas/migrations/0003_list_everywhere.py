"""Lists across organisations, newest first, without reading and sorting everything."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ideas", "0002_form_sent_once"),
        ("organisations", "0002_promises"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="idea",
            index=models.Index(
                models.OrderBy(models.F("submitted_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("submitted_at__isnull", False)),
                name="idea_list_everywhere",
            ),
        ),
    ]
