from django.db import migrations

# Decisions to run something together from before there were joint cases: those in force.
OPEN = """
INSERT INTO councils_jointcase
    (decision_id, organisation_id, federation_id, state, answer_by, opened_at)
SELECT d.id, d.organisation_id,
    COALESCE(b.federation_id, (
        SELECT m.federation_id FROM organisations_federationmembership m
        WHERE m.organisation_id = d.organisation_id AND m.from_date <= d.decided_at::date
          AND (m.to_date IS NULL OR m.to_date >= d.decided_at::date)
        ORDER BY m.from_date, m.id LIMIT 1)),
    'asking', d.answer_by, d.decided_at
FROM councils_decision d LEFT JOIN bodies_body b ON b.id = d.body_id
WHERE d.in_force AND d.course IN ('inter_municipal_shall', 'inter_municipal_should')
  AND NOT EXISTS (SELECT 1 FROM councils_jointcase j WHERE j.decision_id = d.id)
"""


class Migration(migrations.Migration):
    """Every decision in force to run something together has its joint case."""

    dependencies = [("councils", "0013_agendas_fit")]

    operations = [migrations.RunSQL(OPEN, migrations.RunSQL.noop)]
