"""What an activity's owner alone may find is found no longer once they have left."""

from django.db import migrations

from loype.search import sql
from loype.search.sources import ACTIVITIES, EVALUATIONS

MADE_ANEW = "\n".join(
    sql.install(source) + sql.gather(source) for source in (ACTIVITIES, EVALUATIONS)
)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0011_tell_of_same_needs"),
        ("organisations", "0005_units_kind_and_employees"),
    ]

    operations = [migrations.RunSQL(MADE_ANEW, migrations.RunSQL.noop)]
