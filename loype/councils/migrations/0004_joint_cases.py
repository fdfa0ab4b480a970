import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What councils run together on which terms, and the same need elsewhere that they are told of."""

    dependencies = [
        ("councils", "0003_following_up"),
        ("organisations", "0004_sharing_policy"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="JointCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asking", "being agreed"),
                            ("agreed", "agreed"),
                            ("ended", "ended"),
                        ],
                        default="asking",
                        max_length=8,
                    ),
                ),
                ("answer_by", models.DateField()),
                ("opened_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joint_case",
                        to="councils.decision",
                    ),
                ),
                (
                    "federation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organisations.federation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joint_cases",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("-opened_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="JointTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "cost_key",
                    models.CharField(
                        choices=[
                            ("equal", "equal parts"),
                            ("inhabitants", "by inhabitants"),
                            ("users", "by users"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount"),
                ),
                ("currency", models.CharField(default="NOK", max_length=3)),
                ("exit_terms", models.TextField(verbose_name="how one leaves")),
                ("exit_days", models.PositiveSmallIntegerField(verbose_name="days of notice")),
                ("proposed_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("decline_reason", models.TextField(blank=True)),
                (
                    "declined_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "joint_case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="councils.jointcase",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="JointShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weight", models.PositiveIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("leaving_date", models.DateField(null=True)),
                ("leaving_reason", models.TextField(blank=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="councils.jointterms",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="NeedElsewhere",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("told_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs_elsewhere",
                        to="councils.case",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.case",
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("told_at", "id"),
            },
        ),
        migrations.AddIndex(
            model_name="jointcase",
            index=models.Index(
                models.F("federation"), models.F("state"), name="joint_case_of_federation"
            ),
        ),
        migrations.AddConstraint(
            model_name="jointcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asking", "agreed", "ended"])),
                name="joint_case_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("state", "ended")),
                    models.Q(
                        models.Q(("state", "ended"), _negated=True), ("ended_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="joint_case_ended_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointterms",
            constraint=models.UniqueConstraint(
                models.F("joint_case"), models.F("number"), name="joint_terms_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="jointterms",
            constraint=models.UniqueConstraint(
                models.F("joint_case"),
                condition=models.Q(("agreed_at__isnull", True), ("ended_at__isnull", True)),
                name="one_open_proposal_of_terms",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointterms",
            constraint=models.UniqueConstraint(
                models.F("joint_case"),
                condition=models.Q(("agreed_at__isnull", False), ("ended_at__isnull", True)),
                name="one_terms_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointterms",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost_key__in", ["equal", "inhabitants", "users"])),
                name="cost_key_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointterms",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)), name="joint_amount_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="jointterms",
            constraint=models.CheckConstraint(
                condition=models.Q(("exit_terms", ""), _negated=True),
                name="joint_terms_say_how_to_leave",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointterms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decline_reason", ""), ("declined_for__isnull", True)),
                    models.Q(
                        ("agreed_at__isnull", True),
                        ("declined_for__isnull", False),
                        ("ended_at__isnull", False),
                        models.Q(("decline_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="declined_terms_have_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointshare",
            constraint=models.UniqueConstraint(
                models.F("terms"), models.F("organisation"), name="one_share_an_organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="jointshare",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)), name="share_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="jointshare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                    models.Q(("agreed_at__isnull", False), ("agreed_by__isnull", False)),
                    _connector="OR",
                ),
                name="share_agreed_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointshare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("leaving_date__isnull", True), ("leaving_reason", "")),
                    models.Q(
                        ("leaving_date__isnull", False),
                        models.Q(("leaving_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="leaving_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="needelsewhere",
            constraint=models.UniqueConstraint(
                models.F("case"), models.F("other"), name="need_elsewhere_told_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="needelsewhere",
            constraint=models.CheckConstraint(
                condition=models.Q(("case", models.F("other")), _negated=True),
                name="need_elsewhere_is_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="needelsewhere",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("seen_at__isnull", True), ("seen_by__isnull", True)),
                    models.Q(("seen_at__isnull", False), ("seen_by__isnull", False)),
                    _connector="OR",
                ),
                name="need_elsewhere_seen_by_someone",
            ),
        ),
    ]
