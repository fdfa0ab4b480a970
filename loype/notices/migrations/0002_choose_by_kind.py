import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mail", "0002_dropped"),
        ("notices", "0001_begin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KindWish",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("at_once", "by mail, soon"),
                            ("daily", "by mail, once a day"),
                            ("weekly", "by mail, once a week"),
                            ("app", "only in the app"),
                            ("never", "not at all"),
                        ],
                        max_length=8,
                    ),
                ),
                ("before", models.CharField(blank=True, max_length=8)),
                ("chosen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="NoticeRhythm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("time_zone", models.CharField(blank=True, max_length=40)),
                ("digest_time", models.TimeField(default=datetime.time(7, 30))),
                ("digest_weekday", models.PositiveSmallIntegerField(default=0)),
                ("quiet_from", models.TimeField(null=True)),
                ("quiet_to", models.TimeField(null=True)),
                (
                    "quiet_days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=6
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.AddField(
            model_name="notice",
            name="also",
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddField(
            model_name="notice",
            name="kind",
            field=models.CharField(db_default="mine", default="mine", max_length=12),
        ),
        migrations.AddField(
            model_name="notice",
            name="mail",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="notices",
                to="mail.outgoingmail",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="mail_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="notice",
            name="withheld_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                models.F("mail_at"),
                models.F("person"),
                condition=models.Q(("mail_at", None), _negated=True),
                name="notice_to_mail",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("withheld_at", None), ("mail_at", None), _connector="OR"),
                name="withheld_is_not_mailed",
            ),
        ),
        migrations.AddField(
            model_name="kindwish",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="kind_wishes",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="noticerhythm",
            name="person",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notice_rhythm",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="kindwish",
            constraint=models.UniqueConstraint(
                models.F("person"), models.F("kind"), name="one_wish_a_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="kindwish",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how", "never"), _negated=True),
                    models.Q(("kind__in", ["mine", "waits"]), _negated=True),
                    _connector="OR",
                ),
                name="what_concerns_one_stays_in_the_app",
            ),
        ),
        migrations.AddConstraint(
            model_name="kindwish",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("how__in", ["at_once", "daily", "weekly", "app", "never"]),
                    ("before__in", ["", "usual", "at_once", "daily", "weekly", "app", "never"]),
                ),
                name="kind_wish_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticerhythm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quiet_from", None), ("quiet_to", None)),
                    models.Q(
                        ("quiet_from__isnull", False),
                        ("quiet_to__isnull", False),
                        models.Q(
                            ("quiet_from__lt", models.F("quiet_to")),
                            ("quiet_from__gt", models.F("quiet_to")),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="quiet_hours_begin_and_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticerhythm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("digest_weekday__lte", 6),
                    ("quiet_days__contained_by", [0, 1, 2, 3, 4, 5, 6]),
                    ("quiet_days__len__lte", 6),
                ),
                name="a_week_has_a_day_for_mail",
            ),
        ),
    ]
