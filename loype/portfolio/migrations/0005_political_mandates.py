"""What activities hang on politically, the elections that question it, and the answers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_search_settings"),
        ("portfolio", "0004_co_owners"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MandateSitting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("issuing_body", models.CharField(max_length=160, verbose_name="who sits")),
                ("held_date", models.DateField(verbose_name="day")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("closed", "closed")],
                        default="open",
                        max_length=6,
                    ),
                ),
                (
                    "decision_reference",
                    models.CharField(blank=True, max_length=160, verbose_name="decision reference"),
                ),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandate_sittings",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("-held_date", "-id"),
            },
        ),
        migrations.CreateModel(
            name="PoliticalMandate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_named", models.BooleanField(default=True)),
                (
                    "title",
                    models.CharField(blank=True, max_length=200, verbose_name="what it asks for"),
                ),
                ("text", models.TextField(blank=True, verbose_name="in the body's own words")),
                (
                    "issuing_body",
                    models.CharField(blank=True, max_length=160, verbose_name="issuing body"),
                ),
                (
                    "decision_reference",
                    models.CharField(blank=True, max_length=160, verbose_name="decision reference"),
                ),
                ("decided_date", models.DateField(null=True, verbose_name="decided")),
                ("from_date", models.DateField(null=True, verbose_name="valid from")),
                ("to_date", models.DateField(null=True, verbose_name="valid to")),
                (
                    "election_date",
                    models.DateField(
                        null=True, verbose_name="the election after which it is asked anew"
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="political_mandates",
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
                "ordering": ("-decided_date", "-id"),
            },
        ),
        migrations.CreateModel(
            name="MandateQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_date", models.DateField()),
                ("asked_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "confirmed"),
                            ("changed", "hung on another mandate"),
                            ("ended", "ended"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reasons", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandate_questions",
                        to="portfolio.activity",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="portfolio.mandatesitting",
                    ),
                ),
                (
                    "mandate_after",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portfolio.politicalmandate",
                    ),
                ),
                (
                    "mandate_before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portfolio.politicalmandate",
                    ),
                ),
            ],
            options={
                "ordering": ("-due_date", "id"),
            },
        ),
        migrations.AddField(
            model_name="activity",
            name="mandate",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="activities",
                to="portfolio.politicalmandate",
            ),
        ),
        migrations.CreateModel(
            name="StoppingCost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="cost of stopping"
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        choices=[("NOK", "NOK"), ("DKK", "DKK"), ("SEK", "SEK"), ("EUR", "EUR")],
                        max_length=3,
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="what would be lost")),
                ("said_at", models.DateTimeField()),
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stopping_cost",
                        to="portfolio.activity",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Commitment",
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
                            ("contract", "contract"),
                            ("employment", "people employed for it"),
                            ("grant", "grant or funding agreement"),
                            ("law", "duty by law"),
                            ("promise", "agreement with others"),
                        ],
                        max_length=12,
                        verbose_name="what kind",
                    ),
                ),
                ("words", models.CharField(max_length=200, verbose_name="what binds")),
                ("bound_until", models.DateField(null=True, verbose_name="bound until")),
                ("recorded_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="portfolio.activity",
                    ),
                ),
            ],
            options={
                "ordering": (models.OrderBy(models.F("bound_until"), nulls_last=True), "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="commitment_says_what_binds",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Election",
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
                            ("election", "election"),
                            ("change_of_body", "another body takes over"),
                        ],
                        default="election",
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("election_date", models.DateField(verbose_name="day")),
                ("recorded_at", models.DateTimeField()),
                ("called_off_date", models.DateField(null=True)),
                ("called_off_reason", models.TextField(blank=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="elections",
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
                "ordering": ("election_date", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organisation"),
                        models.F("election_date"),
                        condition=models.Q(("called_off_date", None)),
                        name="election_once_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("called_off_date", None),
                            models.Q(
                                ("called_off_date__lte", models.F("election_date")),
                                models.Q(("called_off_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="election_called_off_in_time_with_reason",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="mandatesitting",
            constraint=models.UniqueConstraint(
                models.F("organisation"),
                condition=models.Q(("state", "open")),
                name="one_open_mandate_sitting",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandatesitting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_by", None), ("state", "open")),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                        ("state", "closed"),
                        models.Q(("decision_reference", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="closed_sitting_says_when_and_by_which_decision",
            ),
        ),
        migrations.AddIndex(
            model_name="politicalmandate",
            index=models.Index(
                models.F("organisation"),
                models.OrderBy(models.F("decided_date"), descending=True),
                name="mandate_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="politicalmandate",
            constraint=models.UniqueConstraint(
                models.F("organisation"),
                condition=models.Q(("is_named", False)),
                name="one_mandate_not_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="politicalmandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_date", None),
                        ("from_date", None),
                        ("is_named", False),
                        ("to_date", None),
                        ("election_date", None),
                    ),
                    models.Q(
                        ("decided_date__isnull", False),
                        ("from_date__isnull", False),
                        ("is_named", True),
                        models.Q(("title", ""), _negated=True),
                        models.Q(("issuing_body", ""), _negated=True),
                        models.Q(("decision_reference", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="mandate_says_who_when_and_by_which_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="politicalmandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_date", None), ("to_date__gte", models.F("from_date")), _connector="OR"
                ),
                name="mandate_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="politicalmandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("election_date", None),
                    ("election_date__gte", models.F("decided_date")),
                    _connector="OR",
                ),
                name="mandate_election_after_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandatequestion",
            constraint=models.UniqueConstraint(
                models.F("activity"), models.F("due_date"), name="mandate_asked_once_a_shift"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandatequestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer", ""),
                        ("answered_at", None),
                        ("answered_by", None),
                        ("sitting", None),
                    ),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        ("mandate_before__isnull", False),
                        ("sitting__isnull", False),
                        models.Q(("reasons", ""), _negated=True),
                        ("answer__in", ["confirmed", "changed", "ended"]),
                    ),
                    _connector="OR",
                ),
                name="mandate_answer_has_reasons_and_sitting",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandatequestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer", "changed"),
                        ("mandate_after__isnull", False),
                        models.Q(("mandate_after", models.F("mandate_before")), _negated=True),
                    ),
                    models.Q(
                        models.Q(("answer", "changed"), _negated=True), ("mandate_after", None)
                    ),
                    _connector="OR",
                ),
                name="changed_mandate_says_to_which",
            ),
        ),
        migrations.AddConstraint(
            model_name="stoppingcost",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)), name="stopping_cost_not_negative"
            ),
        ),
    ]
