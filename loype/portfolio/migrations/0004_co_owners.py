from django.db import migrations, models


class Migration(migrations.Migration):
    """Organisations that own an activity together, with their shares."""

    dependencies = [
        ("organisations", "0004_sharing_policy"),
        ("portfolio", "0003_list_everywhere"),
    ]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="currency",
            field=models.CharField(blank=True, db_default="", max_length=3),
        ),
        migrations.AddField(
            model_name="participant",
            name="is_lead",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="participant",
            name="is_owner",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="participant",
            name="share",
            field=models.DecimalField(decimal_places=2, max_digits=14, null=True),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(
                models.F("organisation"),
                condition=models.Q(("is_owner", True), ("left_date", None)),
                name="co_owned_by_organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                models.F("activity"),
                condition=models.Q(("is_lead", True), ("left_date", None)),
                name="one_lead_among_participants",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_owner", True),
                    models.Q(("currency", ""), ("is_lead", False), ("share__isnull", True)),
                    _connector="OR",
                ),
                name="only_owners_lead_and_pay",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("share__isnull", True),
                    models.Q(("share__gte", 0), models.Q(("currency", ""), _negated=True)),
                    _connector="OR",
                ),
                name="share_has_currency",
            ),
        ),
    ]
