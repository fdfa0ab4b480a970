"""The statements behind a month's figures; one for each figure."""

# How far those came that were handed in during the year up to the month's end.
CONVERSION = """
SELECT count(*), count(*) FILTER (WHERE c.first_responsible_at < %(until)s),
    count(*) FILTER (WHERE c.first_decided_at < %(until)s),
    count(*) FILTER (WHERE w.opened_at < %(until)s),
    count(*) FILTER (WHERE w.started_at < %(until)s),
    count(*) FILTER (WHERE w.finished_at < %(until)s),
    count(*) FILTER (WHERE w.concluded_at < %(until)s),
    count(*) FILTER (WHERE w.published_at < %(until)s),
    count(*) FILTER (WHERE w.confirmed_at < %(until)s)
FROM ideas_idea i LEFT JOIN councils_case c ON c.idea_id = i.id
LEFT JOIN LATERAL (
    SELECT min(a.opened_at) AS opened_at, min(a.started_at) AS started_at,
        min(a.ended_at) FILTER (WHERE a.state = 'finished') AS finished_at,
        min(e.concluded_at) AS concluded_at, min(s.published_at) AS published_at,
        min(d.confirmed_at) AS confirmed_at
    FROM portfolio_activity a LEFT JOIN evaluation_evaluation e ON e.activity_id = a.id
    LEFT JOIN spread_solution s ON s.activity_id = a.id
    LEFT JOIN spread_adoption d ON d.solution_id = s.id
    WHERE a.idea_id = i.id
) w ON true
WHERE i.organisation_id = %(organisation)s AND i.source = ''
  AND i.submitted_at >= %(year)s AND i.submitted_at < %(until)s
"""

# What waited when the month was over, by the day since when, and whether anybody had it.
WAITING = """
SELECT (c.waiting_since AT TIME ZONE %(zone)s)::date,
    coalesce(c.first_responsible_at < %(until)s, false), count(*)
FROM councils_case c JOIN ideas_idea i ON i.id = c.idea_id
WHERE c.organisation_id = %(organisation)s AND c.waiting_since < %(until)s
  AND (c.state IN ('waiting', 'on_agenda')
    OR c.state = 'closed' AND i.withdrawn_at >= %(until)s
    OR c.state = 'decided' AND NOT EXISTS (SELECT 1 FROM councils_decision d
        WHERE d.case_id = c.id AND d.decided_at >= c.waiting_since AND d.decided_at < %(until)s))
GROUP BY 1, 2
"""

# What was promised and when it was kept, by the days of beginning and of keeping.
KEPT = """
SELECT k.clock, (k.since AT TIME ZONE %(zone)s)::date, (k.kept AT TIME ZONE %(zone)s)::date,
    count(*)
FROM councils_case c JOIN ideas_idea i ON i.id = c.idea_id AND i.source = ''
CROSS JOIN LATERAL (VALUES
    ('receipt', i.submitted_at, c.receipt_at),
    ('responsible', i.submitted_at, c.first_responsible_at),
    ('decision', i.submitted_at, c.first_decided_at),
    ('feedback', c.first_decided_at, c.feedback_at)) AS k(clock, since, kept)
WHERE c.organisation_id = %(organisation)s AND k.kept >= %(since)s AND k.kept < %(until)s
  AND k.since IS NOT NULL
GROUP BY 1, 2, 3
"""

STOPS = """
SELECT 'decision', d.outcome, count(*), json_agg(d.id ORDER BY d.id)
FROM councils_decision d WHERE d.organisation_id = %(organisation)s
  AND d.decided_at >= %(since)s AND d.decided_at < %(until)s
  AND d.outcome IN ('reject', 'park', 'return', 'merge')
GROUP BY d.outcome
UNION ALL
SELECT 'activity', a.phase, count(*), json_agg(a.id ORDER BY a.id)
FROM portfolio_activity a WHERE a.organisation_id = %(organisation)s AND a.state = 'stopped'
  AND a.ended_at >= %(since)s AND a.ended_at < %(until)s
GROUP BY a.phase
UNION ALL
SELECT 'idea', 'withdrawn', count(*), '[]'::json
FROM ideas_idea i WHERE i.organisation_id = %(organisation)s AND i.submitted_at IS NOT NULL
  AND i.withdrawn_at >= %(since)s AND i.withdrawn_at < %(until)s
HAVING count(*) > 0
"""

# As many work in a unit as it says, or as are known here. Anonymous givers are in no unit.
PARTICIPATION = """
SELECT u.name,
    greatest(u.employees, (SELECT count(DISTINCT m.person_id) FROM organisations_membership m
        WHERE m.unit_id = u.id AND m.from_date <= %(day)s
          AND (m.to_date IS NULL OR m.to_date >= %(day)s))),
    array_agg(DISTINCT i.giver_id) FILTER (WHERE i.giver_id IS NOT NULL), count(i.id)
FROM organisations_unit u LEFT JOIN ideas_idea i ON i.unit_id = u.id AND i.anonymity <> 'hidden'
  AND i.source = '' AND i.submitted_at >= %(year)s AND i.submitted_at < %(until)s
WHERE u.organisation_id = %(organisation)s AND (u.closed_date IS NULL OR u.closed_date > %(day)s)
GROUP BY u.id ORDER BY u.name, u.id
"""
