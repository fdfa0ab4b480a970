"""A solution that is no longer offered says since when and why."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("spread", "0001_begin")]

    operations = [
        migrations.AddField(
            model_name="solution", name="retired_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="solution", name="retire_reason", field=models.TextField(blank=True)
        ),
        migrations.AddConstraint(
            model_name="solution",
            constraint=models.CheckConstraint(
                condition=~Q(state="retired") | Q(retired_at__isnull=False) & ~Q(retire_reason=""),
                name="retired_solution_says_why",
            ),
        ),
    ]
