"""What a solution's writer alone may find is found no longer once they have left."""

from django.db import migrations

from loype.search import sql
from loype.search.sources import ADOPTIONS, SOLUTIONS

MADE_ANEW = "\n".join(sql.install(source) + sql.gather(source) for source in (SOLUTIONS, ADOPTIONS))


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0012_owners_at_work"),
        ("portfolio", "0004_co_owners"),
        ("spread", "0004_what_it_is_about"),
    ]

    operations = [migrations.RunSQL(MADE_ANEW, migrations.RunSQL.noop)]
