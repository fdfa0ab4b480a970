"""Titles are searched on the portfolio pages."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0000_extensions"),
        ("portfolio", "0001_begin"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=GinIndex(
                OpClass(Upper("title"), name="gin_trgm_ops"), name="activity_title_letters"
            ),
        ),
    ]
