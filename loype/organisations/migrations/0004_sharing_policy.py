import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What an organisation tells those it works with, field by field."""

    dependencies = [
        ("organisations", "0003_search_settings"),
    ]

    operations = [
        migrations.CreateModel(
            name="SharingPolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("idea", "ideas"),
                            ("decision", "decisions"),
                            ("activity", "activities"),
                            ("solution", "solutions"),
                        ],
                        max_length=10,
                    ),
                ),
                ("tells_internal", models.BooleanField(default=False)),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("title", "title"),
                                ("form", "what sort it is"),
                                ("state", "where it stands"),
                                ("since", "since when"),
                                ("unit", "which unit"),
                                ("summary", "in a few words"),
                            ],
                            max_length=10,
                        ),
                        size=None,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sharing_policies",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organisation"), models.F("kind"), name="one_sharing_policy_a_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["idea", "decision", "activity", "solution"])
                        ),
                        name="shared_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "fields__contained_by",
                                ["title", "form", "state", "since", "unit", "summary"],
                            ),
                            ("fields__len__gt", 0),
                        ),
                        name="shared_fields_are_known",
                    ),
                ],
            },
        ),
    ]
