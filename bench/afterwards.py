"""What follows from the ideas, a statement each: cases, decisions, activities, history."""

AFTERWARDS = (
    """INSERT INTO councils_case (idea_id, organisation_id, state, waiting_since, version,
         responsible_id, responsible_since, first_responsible_at, first_decided_at)
       SELECT i.id, i.organisation_id,
         CASE WHEN i.settled_at IS NOT NULL OR i.state = 'needs_information'
              THEN 'decided' ELSE 'waiting' END,
         i.submitted_at, 1, CASE WHEN i.taken_up_at IS NOT NULL THEN i.giver_id END,
         i.taken_up_at, i.taken_up_at,
         CASE WHEN i.settled_at IS NOT NULL OR i.state = 'needs_information'
              THEN coalesce(i.settled_at, i.taken_up_at) END
       FROM ideas_idea i WHERE i.state <> 'draft'""",
    """INSERT INTO councils_agendaitem (meeting_id, case_id, kind, title, notes, about, position,
         conclusion, version)
       SELECT m.id, c.id, 'case', '', '', '', c.place, '', 1 FROM bodies_meeting m JOIN (
         SELECT id, organisation_id, row_number() OVER
           (PARTITION BY organisation_id ORDER BY waiting_since) AS place
         FROM councils_case WHERE state = 'waiting') c
       ON c.organisation_id = m.organisation_id AND c.place <= 12
       WHERE m.state = 'called'""",
    """UPDATE councils_case SET state = 'on_agenda'
       WHERE id IN (SELECT case_id FROM councils_agendaitem)""",
    """INSERT INTO councils_decision (number, case_id, organisation_id, decided_by_id, decided_at,
         outcome, form, course, scale, reasons, conditions, responsible_id, answer_by,
         exemption_number, exemption_reason, in_force, locked_at)
       SELECT 'D-' || c.id, c.id, c.organisation_id, i.giver_id, i.settled_at,
         CASE i.state WHEN 'going_on' THEN 'go_on' WHEN 'parked' THEN 'park'
           WHEN 'rejected' THEN 'reject' ELSE 'return' END,
         CASE WHEN i.state = 'going_on' THEN (ARRAY['project', 'mini_development', 'experiment',
           'line_task'])[1 + c.id % 4] ELSE '' END,
         CASE WHEN i.state <> 'going_on' THEN '' WHEN c.id % 25 = 0 THEN 'inter_municipal_should'
           ELSE 'own_pilot' END,
         CASE WHEN i.state = 'going_on' THEN 'small' ELSE '' END,
         'Thought through and weighed against the others.', '', i.giver_id,
         CASE WHEN i.state = 'going_on' AND c.id % 25 = 0
           THEN (i.settled_at + interval '30 days')::date END, '', '', true,
         i.settled_at
       FROM councils_case c JOIN ideas_idea i ON i.id = c.idea_id
       WHERE i.state IN ('going_on', 'parked', 'rejected', 'returned')""",
    """INSERT INTO portfolio_politicalmandate (organisation_id, is_named, title, text, issuing_body,
         decision_reference, decided_date, from_date, recorded_at)
       SELECT o.id, true, 'What everybody asked for', '', 'The municipal council', 'PS 1',
         date '2018-01-01', date '2018-01-01', timestamptz '2018-01-01'
       FROM organisations_organisation o""",
    """INSERT INTO portfolio_activity (mandate_id, decision_id, current_decision_id, idea_id,
         organisation_id, title, summary, form, course, scale, exemption_number, owner_id, state,
         phase, visibility, version, opened_at, started_at, ended_at, end_reason,
         light, reported_at, due_date)
       SELECT m.id, d.id, d.id, i.id, i.organisation_id, i.title, i.text, d.form, d.course,
         d.scale, '', i.giver_id,
         (ARRAY['planned', 'running', 'running', 'finished', 'finished', 'stopped'])
           [1 + i.id % 6],
         CASE d.form WHEN 'project' THEN 'planning' WHEN 'mini_development' THEN 'solution'
           WHEN 'experiment' THEN 'trial' ELSE 'doing' END,
         i.visibility, 1, d.decided_at,
         CASE WHEN i.id % 6 <> 0 THEN d.decided_at + interval '9 days' END,
         CASE WHEN i.id % 6 > 2 THEN d.decided_at + interval '120 days' END,
         CASE WHEN i.id % 6 > 2 THEN 'Done and told.' ELSE '' END,
         (ARRAY['green', 'yellow', 'red'])[1 + i.id % 3], d.decided_at + interval '30 days',
         (d.decided_at + interval '200 days')::date
       FROM councils_decision d JOIN councils_case c ON c.id = d.case_id
       JOIN ideas_idea i ON i.id = c.idea_id
       JOIN portfolio_politicalmandate m ON m.organisation_id = i.organisation_id
       WHERE d.outcome = 'go_on'""",
    """INSERT INTO portfolio_statusreport (activity_id, light, text, next_step, reported_at,
         reported_by_id)
       SELECT a.id, (ARRAY['green', 'yellow', 'red'])[1 + n], 'It goes on.', 'The next thing.',
         a.opened_at + n * interval '20 days', a.owner_id
       FROM portfolio_activity a, generate_series(0, 2) n""",
    """INSERT INTO portfolio_milestone (activity_id, title, due_date)
       SELECT a.id, 'Milestone ' || n, (a.opened_at + n * interval '40 days')::date
       FROM portfolio_activity a, generate_series(1, 3) n""",
    """INSERT INTO ideas_support (idea_id, person_id, organisation_id, helps, note, supported_at)
       SELECT i.id, p.id, i.organisation_id, 1 + i.id % 40, '', i.submitted_at + interval '1 day'
       FROM ideas_idea i JOIN organisations_membership m ON m.organisation_id = i.organisation_id
         AND m.role = 'employee' JOIN accounts_person p ON p.id = m.person_id
       WHERE i.state <> 'draft' AND p.id <> i.giver_id AND (p.id + i.id) % 9 = 0""",
    """INSERT INTO ideas_comment (idea_id, author_id, kind, text, written_at)
       SELECT i.id, i.giver_id, 'comment', 'We see this every week.', i.submitted_at
       FROM ideas_idea i, generate_series(1, 2) WHERE i.state <> 'draft' AND i.id % 2 = 0""",
    """UPDATE ideas_idea i SET support_count = s.n, helps_count = s.h
       FROM (SELECT idea_id, count(*) AS n, sum(helps) AS h FROM ideas_support GROUP BY idea_id) s
       WHERE s.idea_id = i.id""",
    """UPDATE ideas_idea SET comment_count = 2 WHERE state <> 'draft' AND id % 2 = 0""",
    """INSERT INTO organisations_numberseries (organisation_id, series, year, last)
       SELECT id, s, extract(year FROM now()), 1000000
       FROM organisations_organisation, unnest(ARRAY['case', 'decision']) s""",
    """CREATE TEMPORARY TABLE told ON COMMIT DROP AS
       SELECT i.organisation_id AS chain_id, i.submitted_at AS at, i.giver_id AS person_id,
         'giver' AS acting_as, 'idea' AS thing_kind, i.id AS thing_id, 'submit_idea' AS verb,
         jsonb_build_object('case', i.case_number) AS change, '' AS reason
       FROM ideas_idea i WHERE i.state <> 'draft'
       UNION ALL
       SELECT c.organisation_id, c.first_responsible_at, i.giver_id, 'council', 'case', c.id,
         'appoint_responsible', jsonb_build_object('idea', i.id), ''
       FROM councils_case c JOIN ideas_idea i ON i.id = c.idea_id
       WHERE c.first_responsible_at IS NOT NULL
       UNION ALL
       SELECT d.organisation_id, d.decided_at, d.decided_by_id, 'council', 'decision', d.id,
         'decide_case', jsonb_build_object('outcome', d.outcome, 'form', d.form, 'course',
           d.course, 'number', d.number), d.reasons FROM councils_decision d
       UNION ALL
       SELECT s.organisation_id, s.supported_at, s.person_id, '', 'idea', s.idea_id,
         'support_idea', '{}', '' FROM ideas_support s
       UNION ALL
       SELECT a.organisation_id, a.opened_at, a.owner_id, 'council', 'activity', a.id,
         'open_activity', jsonb_build_object('form', a.form), '' FROM portfolio_activity a""",
    """INSERT INTO history_event (chain_id, number, at, person_id, acting_as, organisation_id,
         thing_kind, thing_id, verb, change, reason, previous_hash, hash)
       SELECT chain_id, row_number() OVER (PARTITION BY chain_id ORDER BY at), at, person_id,
         acting_as, chain_id, thing_kind, thing_id, verb, change, reason, '', '' FROM told""",
    """INSERT INTO history_chain (id, length, head)
       SELECT chain_id, count(*), '' FROM told GROUP BY chain_id""",
)
