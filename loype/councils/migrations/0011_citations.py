import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from loype.councils.citing_sql import CITING, NOT_CITING


class Migration(migrations.Migration):
    """Decisions cite points of the mandate, and only innovation councils decide cases."""

    dependencies = [
        ("bodies", "0008_who_sits"),
        ("councils", "0010_legal_bases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Citation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cited_at", models.DateTimeField()),
                (
                    "cited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="councils.decision",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="bodies.mandatepoint",
                    ),
                ),
            ],
            options={
                "ordering": ("point__number", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("decision"), models.F("point"), name="point_cited_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(CITING, NOT_CITING),
    ]
