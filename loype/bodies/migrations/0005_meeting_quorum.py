from django.db import migrations

# Meetings called before the rules were read by the machine: half of those called, and none asked
# of those that are over.
FILL = """
UPDATE bodies_meeting m SET quorum_needed = CASE WHEN m.state = 'called' THEN greatest(1,
    (SELECT (count(*) + 1) / 2 FROM bodies_meetingcall c WHERE c.meeting_id = m.id)) ELSE 0 END
WHERE m.state IN ('called', 'held', 'approved') AND m.quorum_needed IS NULL;
"""


class Migration(migrations.Migration):
    """Give meetings that are already called the quorum they need."""

    dependencies = [("bodies", "0004_meetings")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
