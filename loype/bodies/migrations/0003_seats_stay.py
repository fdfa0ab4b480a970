from django.db import migrations

from loype.bodies.sql import SEATS_GO, SEATS_STAY


class Migration(migrations.Migration):
    """The federation's seat stays on an active council and on the call to its meetings."""

    dependencies = [("bodies", "0002_promises")]

    operations = [migrations.RunSQL(SEATS_STAY, SEATS_GO)]
