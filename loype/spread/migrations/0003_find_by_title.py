"""Part of a word in a title is found as quickly as a whole one."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [("organisations", "0000_extensions"), ("spread", "0002_why_retired")]

    operations = [
        migrations.AddIndex(
            model_name="solution",
            index=GinIndex(
                OpClass(Upper("title"), name="gin_trgm_ops"), name="solution_title_letters"
            ),
        ),
    ]
