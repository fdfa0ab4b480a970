from django.db import migrations

# What was found before councils were told of it: both sides of every pair between two
# organisations that still counts as the same need.
TELL = """
INSERT INTO councils_needelsewhere (case_id, other_id, told_at)
SELECT side.case_id, side.other_id, side.found_at FROM (
    SELECT a.id AS case_id, b.id AS other_id, p.found_at
    FROM search_same_need p
    JOIN councils_case a ON a.idea_id = p.idea_a_id
    JOIN councils_case b ON b.idea_id = p.idea_b_id
    WHERE a.organisation_id <> b.organisation_id
      AND (p.state IN ('proposed', 'confirmed') OR p.relation = 'same_need')
) found
CROSS JOIN LATERAL (VALUES
    (found.case_id, found.other_id, found.found_at),
    (found.other_id, found.case_id, found.found_at)
) AS side (case_id, other_id, found_at)
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    """Tell councils of the same needs that were found before there was anything to tell them by."""

    dependencies = [("councils", "0005_joint_promises"), ("search", "0010_wider_look")]

    operations = [migrations.RunSQL(TELL, migrations.RunSQL.noop)]
