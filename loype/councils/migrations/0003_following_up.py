import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """Who follows a case up: whether they took it on, who stands in, by which day, who was told."""

    dependencies = [
        ("councils", "0002_promises"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("case", "accepted_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "case", "declined_because", models.TextField(blank=True, default="", db_default="")
        ),
        migrations.AddField(
            "case",
            "deputy",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deputy_cases",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("case", "follow_up_by", models.DateField(null=True)),
        migrations.AddField("case", "receipt_at", models.DateTimeField(null=True)),
        migrations.AddField("case", "feedback_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "case",
            models.Index(F("deputy"), condition=Q(deputy__isnull=False), name="case_by_deputy"),
        ),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=Q(accepted_at=None)
                | Q(responsible__isnull=False, accepted_at__gte=F("responsible_since")),
                name="case_accepted_by_its_responsible",
            ),
        ),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=Q(declined_because="")
                | Q(responsible__isnull=False, accepted_at__isnull=True),
                name="case_declined_is_not_accepted",
            ),
        ),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=Q(deputy=None)
                | Q(responsible__isnull=False) & ~Q(deputy=F("responsible")),
                name="case_deputy_is_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=Q(follow_up_by=None) | Q(responsible__isnull=False),
                name="case_day_needs_responsible",
            ),
        ),
    ]
