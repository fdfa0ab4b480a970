"""Working days on which an organisation is closed; the clocks do not count them."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Func, Q

from loype.organisations.sql import CLOSED_DAYS, NO_CLOSED_DAYS


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_units_kind_and_employees"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="closed_dates",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.DateField(),
                db_default=[],
                default=list,
                editable=False,
                size=None,
            ),
        ),
        migrations.CreateModel(
            name="ClosedDays",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="why")),
                ("from_date", models.DateField(verbose_name="first day")),
                ("to_date", models.DateField(verbose_name="last day")),
                ("recorded_date", models.DateField()),
                ("taken_back_date", models.DateField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closed_days",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("from_date", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(to_date__gte=F("from_date")),
                        name="closed_days_end_after_they_begin",
                    ),
                    models.CheckConstraint(
                        condition=Q(from_date__gte=F("recorded_date")),
                        name="closed_days_said_before",
                    ),
                    models.CheckConstraint(
                        condition=Q(taken_back_date=None) | Q(taken_back_date__lt=F("from_date")),
                        name="closed_days_taken_back_before",
                    ),
                    models.CheckConstraint(condition=~Q(name=""), name="closed_days_say_why"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        name="closed_days_once",
                        expressions=[
                            ("organisation", "="),
                            (
                                Func(
                                    F("from_date"),
                                    F("to_date"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(True, True),
                                    function="DATERANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        condition=Q(taken_back_date=None),
                    ),
                ],
            },
        ),
        migrations.RunSQL(CLOSED_DAYS, NO_CLOSED_DAYS),
    ]
