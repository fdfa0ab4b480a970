import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Kinds of bodies, seats with parties, composition rules, and what a body goes by."""

    dependencies = [
        ("bodies", "0006_meeting_promises"),
        ("organisations", "0004_sharing_policy"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CompositionRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("each_municipality", "each municipality of the federation"),
                            ("seats_of_kind", "seats that speak for somebody"),
                            ("seats_of_party", "seats of one party"),
                            ("leader_speaks_for", "who the leader speaks for"),
                            ("leader_of_party", "which party leads"),
                            ("discipline", "one discipline"),
                            ("disciplines", "different disciplines"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "seat_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("municipality", "the organisation itself"),
                            ("federation", "the federation"),
                            ("union", "a union"),
                            ("management", "the management"),
                            ("employee", "the employees"),
                            ("party", "a party behind the body"),
                            ("consultative", "someone who is heard"),
                        ],
                        max_length=20,
                    ),
                ),
                ("discipline", models.CharField(blank=True, max_length=80)),
                ("least", models.PositiveSmallIntegerField(default=1)),
                ("most", models.PositiveSmallIntegerField(null=True)),
                (
                    "strength",
                    models.CharField(
                        choices=[
                            ("always", "no beginning and no meeting without it"),
                            ("to_begin", "no beginning without it"),
                            ("told", "said, but nothing stops"),
                        ],
                        default="always",
                        max_length=10,
                    ),
                ),
                ("from_date", models.DateField()),
                ("to_date", models.DateField(null=True)),
                ("decision_reference", models.CharField(blank=True, max_length=160)),
            ],
            options={
                "ordering": ("from_date", "id"),
            },
        ),
        migrations.CreateModel(
            name="Instruction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("from_date", models.DateField(verbose_name="in force from")),
                ("to_date", models.DateField(null=True)),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "decision_reference",
                    models.CharField(blank=True, max_length=160, verbose_name="decision reference"),
                ),
                ("adopted_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-from_date", "-id"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Introduction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("whom", models.CharField(max_length=200, verbose_name="who is introduced")),
                ("to_whom", models.CharField(max_length=200, verbose_name="to whom")),
                ("purpose", models.TextField(blank=True, verbose_name="what for")),
                ("due_date", models.DateField(verbose_name="by")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("promised", "promised"),
                            ("made", "made"),
                            ("dropped", "dropped"),
                        ],
                        default="promised",
                        max_length=10,
                    ),
                ),
                ("settled_date", models.DateField(null=True)),
                ("outcome", models.TextField(blank=True, verbose_name="what came of it")),
            ],
            options={
                "ordering": ("due_date", "id"),
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("from_date", models.DateField(verbose_name="in force from")),
                ("to_date", models.DateField(null=True)),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "decision_reference",
                    models.CharField(blank=True, max_length=160, verbose_name="decision reference"),
                ),
                ("adopted_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-from_date", "-id"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MandatePoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="Power",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("matter", models.CharField(max_length=120, verbose_name="matter")),
                (
                    "holder",
                    models.CharField(
                        choices=[
                            ("head", "the head of the organisation"),
                            ("leader", "the body's leader"),
                            ("body", "the body itself"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "up_to",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, null=True, verbose_name="up to"
                    ),
                ),
                ("currency", models.CharField(blank=True, max_length=3)),
            ],
            options={
                "ordering": ("matter", models.OrderBy(models.F("up_to"), nulls_last=True), "id"),
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("matter", models.CharField(max_length=120, verbose_name="matter")),
                ("title", models.CharField(max_length=200, verbose_name="what")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, null=True, verbose_name="amount"
                    ),
                ),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("reasons", models.TextField(verbose_name="reasons")),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("decided", "decided"),
                            ("with_the_body", "waits for the body"),
                            ("agreed", "agreed by the body"),
                            ("refused", "refused by the body"),
                        ],
                        max_length=14,
                    ),
                ),
                ("why_here", models.TextField(blank=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, verbose_name="the body's reasons")),
            ],
            options={
                "ordering": ("-asked_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="RulesOfProcedure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("from_date", models.DateField(verbose_name="in force from")),
                ("to_date", models.DateField(null=True)),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "decision_reference",
                    models.CharField(blank=True, max_length=160, verbose_name="decision reference"),
                ),
                ("adopted_at", models.DateTimeField()),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(default=0, verbose_name="days of notice"),
                ),
                (
                    "paper_days",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="days the papers are out before"
                    ),
                ),
                (
                    "quorum",
                    models.CharField(
                        choices=[
                            ("half", "at least half"),
                            ("two_thirds", "at least two thirds"),
                            ("all", "all"),
                            ("number", "a fixed number"),
                            ("none", "no lower limit"),
                        ],
                        default="half",
                        max_length=12,
                        verbose_name="quorum",
                    ),
                ),
                (
                    "quorum_number",
                    models.PositiveSmallIntegerField(default=0, verbose_name="fixed number"),
                ),
                (
                    "decides_by",
                    models.CharField(
                        choices=[("vote", "by vote"), ("consensus", "by consensus")],
                        default="vote",
                        max_length=10,
                        verbose_name="decides",
                    ),
                ),
                (
                    "casting_vote",
                    models.BooleanField(
                        default=True, verbose_name="the leader's vote settles a tie"
                    ),
                ),
                (
                    "allows_written",
                    models.BooleanField(default=False, verbose_name="may decide in writing"),
                ),
                (
                    "allows_urgent",
                    models.BooleanField(default=False, verbose_name="may meet at short notice"),
                ),
                (
                    "urgent_notice_days",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="days of notice when urgent"
                    ),
                ),
                (
                    "least_meetings",
                    models.PositiveSmallIntegerField(
                        null=True, verbose_name="fewest meetings a year"
                    ),
                ),
                (
                    "most_meetings",
                    models.PositiveSmallIntegerField(
                        null=True, verbose_name="most meetings a year"
                    ),
                ),
            ],
            options={
                "ordering": ("-from_date", "-id"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WheelItem",
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
                            ("evaluation", "overall evaluation"),
                            ("mandate_review", "review of the mandate"),
                            ("plan", "plan"),
                            ("budget", "budget"),
                            ("report", "report"),
                            ("other", "something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="what")),
                ("due_date", models.DateField(verbose_name="by")),
                ("questions", models.TextField(blank=True, verbose_name="questions it answers")),
                ("method", models.TextField(blank=True, verbose_name="how")),
                (
                    "evaluator",
                    models.CharField(blank=True, max_length=200, verbose_name="who does it"),
                ),
                (
                    "involvement",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("takes_part", "they take part"),
                            ("not_concerned", "it does not concern them"),
                        ],
                        max_length=20,
                    ),
                ),
                ("involvement_reason", models.TextField(blank=True)),
                ("done_date", models.DateField(null=True)),
                ("result", models.TextField(blank=True, verbose_name="what came of it")),
                ("follow_up", models.TextField(blank=True, verbose_name="what is done about it")),
            ],
            options={
                "ordering": ("due_date", "id"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="body",
            name="one_active_council",
        ),
        migrations.RemoveConstraint(
            model_name="seat",
            name="leader_is_from_the_municipality",
        ),
        migrations.AddField(
            model_name="body",
            name="commission",
            field=models.TextField(blank=True, db_default="", verbose_name="commission"),
        ),
        migrations.AddField(
            model_name="body",
            name="delivery",
            field=models.TextField(blank=True, db_default="", verbose_name="what it delivers"),
        ),
        migrations.AddField(
            model_name="body",
            name="ends_date",
            field=models.DateField(null=True, verbose_name="last day"),
        ),
        migrations.AddField(
            model_name="seat",
            name="appointing_role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("decider", "the named decider alone"),
                    ("administrator", "an administrator alone"),
                ],
                db_default="",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="from_date",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="seat",
            name="has_vote",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="seat",
            name="party",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="term",
            name="appointed_date",
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name="body",
            name="kind",
            field=models.CharField(
                choices=[
                    ("innovation_council", "innovation council"),
                    ("portfolio_board", "portfolio board"),
                    ("steering_group", "steering group"),
                    ("subject_group", "subject group"),
                    ("task_committee", "task committee"),
                    ("forum", "forum"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="seat",
            name="kind",
            field=models.CharField(
                choices=[
                    ("municipality", "the organisation itself"),
                    ("federation", "the federation"),
                    ("union", "a union"),
                    ("management", "the management"),
                    ("employee", "the employees"),
                    ("party", "a party behind the body"),
                    ("consultative", "someone who is heard"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.UniqueConstraint(
                models.F("organisation"),
                condition=models.Q(("kind", "innovation_council"), ("state", "active")),
                name="one_active_council",
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "innovation_council",
                            "portfolio_board",
                            "steering_group",
                            "subject_group",
                            "task_committee",
                            "forum",
                        ],
                    )
                ),
                name="body_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "task_committee"), _negated=True),
                    models.Q(
                        ("ends_date__isnull", False), models.Q(("commission", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="committee_has_task_and_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_leader", False),
                    models.Q(
                        ("has_vote", True),
                        models.Q(("kind__in", ("federation", "consultative")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="leader_is_no_guest",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "consultative"), _negated=True),
                    ("has_vote", False),
                    _connector="OR",
                ),
                name="consultative_seat_has_no_vote",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "party"), _negated=True),
                    ("party__isnull", False),
                    _connector="OR",
                ),
                name="party_seat_names_party",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "federation"), _negated=True),
                    ("party__isnull", True),
                    _connector="OR",
                ),
                name="federation_seat_has_no_party",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "municipality",
                            "federation",
                            "union",
                            "management",
                            "employee",
                            "party",
                            "consultative",
                        ],
                    )
                ),
                name="seat_kind_is_known",
            ),
        ),
        migrations.AddField(
            model_name="compositionrule",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="composition_rules",
                to="bodies.body",
            ),
        ),
        migrations.AddField(
            model_name="compositionrule",
            name="party",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="instruction",
            name="adopted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="instruction",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="instructions",
                to="bodies.body",
            ),
        ),
        migrations.AddField(
            model_name="introduction",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="introductions",
                to="bodies.body",
            ),
        ),
        migrations.AddField(
            model_name="introduction",
            name="meeting",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="introductions",
                to="bodies.meeting",
            ),
        ),
        migrations.AddField(
            model_name="introduction",
            name="promised_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="adopted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mandates",
                to="bodies.body",
            ),
        ),
        migrations.AddField(
            model_name="mandatepoint",
            name="mandate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="points",
                to="bodies.mandate",
            ),
        ),
        migrations.AddField(
            model_name="power",
            name="instruction",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="powers",
                to="bodies.instruction",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referrals",
                to="bodies.body",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="meeting",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referrals",
                to="bodies.meeting",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="settled_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rulesofprocedure",
            name="adopted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rulesofprocedure",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rules_of_procedure",
                to="bodies.body",
            ),
        ),
        migrations.AddField(
            model_name="power",
            name="rules",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="powers",
                to="bodies.rulesofprocedure",
            ),
        ),
        migrations.AddField(
            model_name="wheelitem",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="wheel_items",
                to="bodies.body",
            ),
        ),
        migrations.AddField(
            model_name="wheelitem",
            name="mandate",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="bodies.mandate",
            ),
        ),
        migrations.AddConstraint(
            model_name="compositionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "rule__in",
                        [
                            "each_municipality",
                            "seats_of_kind",
                            "seats_of_party",
                            "leader_speaks_for",
                            "leader_of_party",
                            "discipline",
                            "disciplines",
                        ],
                    ),
                    ("strength__in", ["always", "to_begin", "told"]),
                ),
                name="composition_rule_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="compositionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("rule__in", ("seats_of_kind", "leader_speaks_for")),
                        models.Q(("seat_kind", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(
                            ("rule__in", ("seats_of_kind", "leader_speaks_for")), _negated=True
                        ),
                        ("seat_kind", ""),
                    ),
                    _connector="OR",
                ),
                name="composition_rule_names_its_seats",
            ),
        ),
        migrations.AddConstraint(
            model_name="compositionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("party__isnull", False),
                        ("rule__in", ("seats_of_party", "leader_of_party")),
                    ),
                    models.Q(
                        models.Q(
                            ("rule__in", ("seats_of_party", "leader_of_party")), _negated=True
                        ),
                        ("party__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="composition_rule_names_its_party",
            ),
        ),
        migrations.AddConstraint(
            model_name="compositionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("rule", "discipline"), models.Q(("discipline", ""), _negated=True)),
                    models.Q(models.Q(("rule", "discipline"), _negated=True), ("discipline", "")),
                    _connector="OR",
                ),
                name="composition_rule_names_its_discipline",
            ),
        ),
        migrations.AddConstraint(
            model_name="compositionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("most__isnull", True), ("most__gte", models.F("least")), _connector="OR"
                ),
                name="composition_most_is_not_below_least",
            ),
        ),
        migrations.AddConstraint(
            model_name="compositionrule",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("body", "="),
                    ("rule", "="),
                    ("seat_kind", "="),
                    ("discipline", "="),
                    (django.db.models.functions.comparison.Coalesce("party", models.Value(0)), "="),
                    (
                        models.Func(
                            models.F("from_date"),
                            models.F("to_date"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="composition_rule_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="instruction",
            constraint=models.UniqueConstraint(
                models.F("body"), models.F("number"), name="instruction_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="instruction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_date__isnull", True),
                    ("to_date__gte", models.F("from_date")),
                    _connector="OR",
                ),
                name="instruction_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="instruction",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("body", "="),
                    (
                        models.Func(
                            models.F("from_date"),
                            models.F("to_date"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="instruction_one_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_date__isnull", True), ("state", "promised")),
                    models.Q(
                        ("settled_date__isnull", False),
                        ("state__in", ("made", "dropped")),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="introduction_settled_tells",
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("whom", ""), _negated=True), models.Q(("to_whom", ""), _negated=True)
                ),
                name="introduction_names_both",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(
                models.F("body"), models.F("number"), name="mandate_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_date__isnull", True),
                    ("to_date__gte", models.F("from_date")),
                    _connector="OR",
                ),
                name="mandate_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("body", "="),
                    (
                        models.Func(
                            models.F("from_date"),
                            models.F("to_date"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="mandate_one_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandatepoint",
            constraint=models.UniqueConstraint(
                models.F("mandate"), models.F("number"), name="mandate_point_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandatepoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="mandate_point_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reasons", ""), _negated=True),
                    models.Q(("title", ""), _negated=True),
                    models.Q(("matter", ""), _negated=True),
                ),
                name="referral_gives_reasons",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__isnull", True), ("currency", "")),
                    models.Q(("amount__gte", 0), models.Q(("currency", ""), _negated=True)),
                    _connector="OR",
                ),
                name="referral_amount_has_currency",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("meeting__isnull", True),
                        ("state__in", ("decided", "with_the_body")),
                        ("settled_at__isnull", True),
                    ),
                    models.Q(
                        ("meeting__isnull", False),
                        ("state__in", ("agreed", "refused")),
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="referral_settled_in_a_meeting",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesofprocedure",
            constraint=models.UniqueConstraint(
                models.F("body"), models.F("number"), name="rulesofprocedure_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesofprocedure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_date__isnull", True),
                    ("to_date__gte", models.F("from_date")),
                    _connector="OR",
                ),
                name="rulesofprocedure_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesofprocedure",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("body", "="),
                    (
                        models.Func(
                            models.F("from_date"),
                            models.F("to_date"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="rulesofprocedure_one_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesofprocedure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decides_by__in", ["vote", "consensus"]),
                    ("quorum__in", ["half", "two_thirds", "all", "number", "none"]),
                ),
                name="procedure_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesofprocedure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quorum", "number"), _negated=True),
                    ("quorum_number__gte", 1),
                    _connector="OR",
                ),
                name="procedure_quorum_has_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesofprocedure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("allows_urgent", False),
                    ("urgent_notice_days__lte", models.F("notice_days")),
                    _connector="OR",
                ),
                name="urgent_is_not_slower",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesofprocedure",
            constraint=models.CheckConstraint(
                condition=models.Q(("paper_days__lte", models.F("notice_days"))),
                name="papers_not_before_the_call",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesofprocedure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("least_meetings__isnull", True), ("most_meetings__isnull", True)),
                    models.Q(
                        ("least_meetings__isnull", False),
                        ("most_meetings__gte", models.F("least_meetings")),
                    ),
                    _connector="OR",
                ),
                name="meetings_a_year_are_a_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="power",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("instruction__isnull", True), ("rules__isnull", False)),
                    models.Q(("instruction__isnull", False), ("rules__isnull", True)),
                    _connector="OR",
                ),
                name="power_stands_in_one_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="power",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("currency", ""), ("up_to__isnull", True)),
                    models.Q(("up_to__isnull", False), models.Q(("currency", ""), _negated=True)),
                    _connector="OR",
                ),
                name="power_limit_has_currency",
            ),
        ),
        migrations.AddConstraint(
            model_name="power",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("holder__in", ["head", "leader", "body"]),
                    models.Q(("matter", ""), _negated=True),
                ),
                name="power_holder_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="power",
            constraint=models.UniqueConstraint(
                models.F("instruction"),
                models.F("rules"),
                models.F("matter"),
                models.F("holder"),
                name="power_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="wheelitem",
            index=models.Index(models.F("body"), models.F("due_date"), name="wheel_by_day"),
        ),
        migrations.AddConstraint(
            model_name="wheelitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    (
                        "kind__in",
                        ["evaluation", "mandate_review", "plan", "budget", "report", "other"],
                    ),
                ),
                name="wheel_item_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="wheelitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "evaluation"), _negated=True),
                    models.Q(
                        models.Q(("questions", ""), _negated=True),
                        models.Q(("method", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="evaluation_says_what_and_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="wheelitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "mandate_review"), _negated=True),
                    ("mandate__isnull", False),
                    _connector="OR",
                ),
                name="review_names_its_mandate",
            ),
        ),
        migrations.AddConstraint(
            model_name="wheelitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_date__isnull", True),
                    models.Q(("result", ""), _negated=True),
                    _connector="OR",
                ),
                name="wheel_item_done_tells",
            ),
        ),
        migrations.AddConstraint(
            model_name="wheelitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("involvement", ""),
                    models.Q(("involvement_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="involvement_says_why",
            ),
        ),
    ]
