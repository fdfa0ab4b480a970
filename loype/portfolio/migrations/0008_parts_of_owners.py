"""Each owner's part of an activity hangs on a mandate of its own and is confirmed by its council."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from loype.portfolio.sql import PART_PROMISES, PART_UNPROMISE, PARTS_NOT_NAMED


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0014_open_joint_cases"),
        ("portfolio", "0007_mandate_promises"),
    ]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="mandate",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="portfolio.politicalmandate",
            ),
        ),
        migrations.RunSQL(PARTS_NOT_NAMED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=Q(is_owner=True, mandate__isnull=False)
                | Q(is_owner=False, mandate__isnull=True),
                name="part_of_an_owner_hangs_on_a_mandate",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="mandatequestion", name="mandate_asked_once_a_shift"
        ),
        migrations.AddField(
            model_name="mandatequestion",
            name="participant",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mandate_questions",
                to="portfolio.participant",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandatequestion",
            constraint=models.UniqueConstraint(
                fields=("activity", "participant", "due_date"),
                nulls_distinct=False,
                name="mandate_asked_once_a_part_and_shift",
            ),
        ),
        migrations.RunSQL(PART_PROMISES, PART_UNPROMISE),
    ]
