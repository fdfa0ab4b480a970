"""What the public may know of each decision, the legal bases, and dossiers asked for."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import loype.councils.openness.models


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0008_assessing_promises"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LegalBasis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True)),
                ("country", models.CharField(max_length=2)),
                ("reference", models.CharField(max_length=160, verbose_name="legal basis")),
                ("words", models.CharField(max_length=240, verbose_name="what it protects")),
                ("from_date", models.DateField(null=True)),
                ("to_date", models.DateField(null=True)),
            ],
            options={
                "ordering": ("country", "id"),
            },
        ),
        migrations.CreateModel(
            name="LoggedDecision",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("councils.decision",),
        ),
        migrations.CreateModel(
            name="DossierOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("for_public", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "being made"),
                            ("ready", "ready"),
                            ("failed", "could not be made"),
                            ("expired", "cleared away"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(null=True)),
                (
                    "content",
                    models.FileField(
                        blank=True, max_length=120, upload_to=loype.councils.openness.models._place
                    ),
                ),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("rights", models.CharField(max_length=64)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossier_orders",
                        to="councils.case",
                    ),
                ),
            ],
            options={
                "ordering": ("-asked_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("case"),
                        models.F("asked_by"),
                        models.F("for_public"),
                        condition=models.Q(("state", "waiting")),
                        name="dossier_made_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            models.Q(
                                ("made_at__isnull", False),
                                models.Q(("sha256", ""), _negated=True),
                                models.Q(("content", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ready_dossier_is_there",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionAccess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "access_class",
                    models.CharField(
                        choices=[
                            ("open", "open to everyone"),
                            ("partly", "open, with something left out"),
                            ("withheld", "withheld"),
                        ],
                        max_length=10,
                        verbose_name="access",
                    ),
                ),
                (
                    "public_title",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="title for the public"
                    ),
                ),
                (
                    "public_reasons",
                    models.TextField(blank=True, verbose_name="reasons for the public"),
                ),
                ("reasons", models.TextField(blank=True, verbose_name="why it is withheld")),
                ("review_date", models.DateField(null=True, verbose_name="look again on")),
                ("set_at", models.DateTimeField()),
                ("in_force", models.BooleanField(default=True)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accesses",
                        to="councils.decision",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "legal_basis",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.legalbasis",
                    ),
                ),
            ],
            options={
                "ordering": ("-set_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("decision"),
                        condition=models.Q(("in_force", True)),
                        name="one_access_in_force_a_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("access_class", "open"), ("legal_basis__isnull", True)),
                            models.Q(
                                ("access_class__in", ("partly", "withheld")),
                                ("legal_basis__isnull", False),
                                models.Q(("reasons", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="withheld_names_its_legal_basis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("access_class", "withheld"),
                                ("public_reasons", ""),
                                ("public_title", ""),
                            ),
                            models.Q(
                                ("access_class", "partly"),
                                models.Q(("public_title", ""), _negated=True),
                                models.Q(("public_reasons", ""), _negated=True),
                            ),
                            models.Q(
                                ("access_class", "open"),
                                models.Q(("public_title", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="access_tells_as_much_as_its_class",
                    ),
                ],
            },
        ),
    ]
