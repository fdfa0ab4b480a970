"""What councils have done for years, a statement each: meetings, openness, joint cases, rounds."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from loype.organisations.models import Organisation
from loype.trail.models import MonthlyFigures
from loype.trail.monthly import month_before, report_month

MEETINGS, ROUNDS, CASES_A_ROUND, CRITERIA, MONTHS = 42, 13, 20, 5, 30

MEETINGS_HELD = (
    f"""INSERT INTO bodies_meeting (body_id, organisation_id, form, starts_at, lasts_minutes, place,
         state, version, sequence, called_at, quorum_needed, decides_by, casting_vote, held_at,
         minutes, approved_at, approved_by_id)
       SELECT b.id, b.organisation_id, 'ordinary', held.at, 120, 'Møterommet',
         CASE WHEN held.n = 0 THEN 'held' ELSE 'approved' END, 4, 0,
         held.at - interval '14 days', 1, '', false, held.at + interval '2 hours',
         'Treated as it stood on the agenda.',
         CASE WHEN held.n > 0 THEN held.at + interval '5 days' END,
         CASE WHEN held.n > 0 THEN t.person_id END
       FROM bodies_body b JOIN bodies_seat s ON s.body_id = b.id AND s.is_leader
       JOIN bodies_term t ON t.seat_id = s.id, LATERAL (
         SELECT n, now() - interval '1 day' - n * interval '21 days' AS at
         FROM generate_series(0, {MEETINGS - 1}) n) held""",
    """INSERT INTO bodies_meeting (body_id, organisation_id, form, starts_at, lasts_minutes, place,
         state, version, sequence, decides_by, casting_vote, minutes)
       SELECT b.id, b.organisation_id, 'ordinary', now() + n * interval '21 days', 120,
         'Møterommet', 'planned', 1, 0, '', false, ''
       FROM bodies_body b, generate_series(2, 5) n""",
    """INSERT INTO bodies_meetingcall (meeting_id, seat_id, has_vote, reply, attended,
         attended_by_id)
       SELECT m.id, s.id, true, '', s.is_leader OR m.id % 5 > 0,
         CASE WHEN s.is_leader OR m.id % 5 > 0 THEN t.person_id END
       FROM bodies_meeting m JOIN bodies_seat s ON s.body_id = m.body_id
       JOIN bodies_term t ON t.seat_id = s.id WHERE m.state IN ('held', 'approved')""",
    """UPDATE councils_decision d SET meeting_id = m.id, body_id = m.body_id
       FROM bodies_meeting m WHERE m.organisation_id = d.organisation_id
         AND m.state IN ('held', 'approved') AND m.starts_at >= d.decided_at
         AND m.starts_at < d.decided_at + interval '21 days'""",
    """INSERT INTO councils_agendaitem (meeting_id, case_id, kind, title, notes, about, position,
         conclusion, version)
       SELECT meeting_id, case_id, 'case', '', '', '',
         row_number() OVER (PARTITION BY meeting_id ORDER BY decided_at), '', 1
       FROM councils_decision WHERE meeting_id IS NOT NULL""",
    """INSERT INTO councils_minutes (meeting_id, language, html, html_sha256, made_at)
       SELECT id, 'nb', repeat('<p>Treated as it stood on the agenda.</p>', 200),
         repeat('0', 64), approved_at FROM bodies_meeting WHERE state = 'approved'""",
    """INSERT INTO councils_decisionaccess (decision_id, access_class, legal_basis_id, public_title,
         public_reasons, reasons, set_at, set_by_id, in_force)
       SELECT d.id, CASE WHEN d.id % 20 = 0 THEN 'withheld' ELSE 'open' END,
         CASE WHEN d.id % 20 = 0 THEN (SELECT min(id) FROM councils_legalbasis) END,
         CASE WHEN d.id % 20 = 0 THEN '' ELSE i.title END, '',
         CASE WHEN d.id % 20 = 0 THEN 'We are still negotiating.' ELSE '' END,
         d.decided_at, d.decided_by_id, true
       FROM councils_decision d JOIN councils_case c ON c.id = d.case_id
       JOIN ideas_idea i ON i.id = c.idea_id WHERE d.id % 3 > 0""",
)

TOGETHER = (
    """INSERT INTO councils_jointinvitation (decision_id, organisation_id, invited_at, answer_by,
         answer, reasons, answered_at, answered_by_id)
       SELECT d.id, other.organisation_id, d.decided_at, d.answer_by,
         CASE WHEN other.organisation_id % 5 < 3 THEN 'yes' ELSE 'later' END, 'As we see it.',
         d.decided_at + interval '9 days', d.decided_by_id
       FROM councils_decision d
       JOIN organisations_federationmembership own ON own.organisation_id = d.organisation_id
       JOIN organisations_federationmembership other ON other.federation_id = own.federation_id
         AND other.organisation_id <> own.organisation_id
       WHERE d.course = 'inter_municipal_should'""",
    """INSERT INTO councils_jointcase (decision_id, organisation_id, federation_id, state,
         answer_by, opened_at)
       SELECT d.id, d.organisation_id, own.federation_id,
         CASE WHEN d.id % 2 = 0 THEN 'agreed' ELSE 'asking' END, d.answer_by, d.decided_at
       FROM councils_decision d
       JOIN organisations_federationmembership own ON own.organisation_id = d.organisation_id
       WHERE d.course = 'inter_municipal_should'""",
    """INSERT INTO councils_jointterms (joint_case_id, number, lead_id, cost_key, amount, currency,
         exit_terms, exit_days, proposed_for_id, proposed_by_id, proposed_at, agreed_at,
         decline_reason)
       SELECT j.id, 1, j.organisation_id, 'equal', 100000, 'NOK', 'Ninety days before.', 90,
         j.organisation_id, d.decided_by_id, j.opened_at + interval '20 days',
         j.opened_at + interval '30 days', ''
       FROM councils_jointcase j JOIN councils_decision d ON d.id = j.decision_id
       WHERE j.state = 'agreed'""",
    """INSERT INTO councils_jointshare (terms_id, organisation_id, weight, amount, agreed_at,
         agreed_by_id, leaving_reason)
       SELECT t.id, part.organisation_id, 1, 25000, t.agreed_at, t.proposed_by_id, ''
       FROM councils_jointterms t JOIN councils_jointcase j ON j.id = t.joint_case_id
       CROSS JOIN LATERAL (SELECT j.organisation_id UNION SELECT i.organisation_id
         FROM councils_jointinvitation i WHERE i.decision_id = j.decision_id
           AND i.answer = 'yes') part""",
    """INSERT INTO portfolio_participant (activity_id, organisation_id, role, is_owner, is_lead,
         share, currency, mandate_id, joined_date)
       SELECT a.id, s.organisation_id, '', true, false, s.amount, 'NOK', m.id, t.agreed_at::date
       FROM councils_jointshare s JOIN councils_jointterms t ON t.id = s.terms_id
       JOIN councils_jointcase j ON j.id = t.joint_case_id
       JOIN portfolio_activity a ON a.current_decision_id = j.decision_id
       JOIN portfolio_politicalmandate m ON m.organisation_id = s.organisation_id
       WHERE s.organisation_id <> a.organisation_id""",
    """WITH open AS (
         SELECT c.id, c.organisation_id, own.federation_id, row_number() OVER
           (PARTITION BY c.organisation_id ORDER BY c.waiting_since DESC) AS place
         FROM councils_case c JOIN ideas_idea i ON i.id = c.idea_id
         JOIN organisations_federationmembership own ON own.organisation_id = c.organisation_id
         WHERE c.state = 'waiting' AND i.visibility IN ('federation', 'public'))
       INSERT INTO councils_needelsewhere (case_id, other_id, told_at)
       SELECT one.id, other.id, now() - one.place * interval '2 days' FROM open one
       JOIN open other ON other.federation_id = one.federation_id AND other.place = one.place
         AND other.organisation_id <> one.organisation_id WHERE one.place <= 10""",
    """INSERT INTO organisations_sharingpolicy (organisation_id, kind, fields, tells_internal)
       SELECT id, sort, ARRAY['title', 'form', 'state', 'since'], id % 3 = 0
       FROM organisations_organisation, unnest(ARRAY['idea', 'decision', 'activity']) sort""",
)

ASSESSED = (
    """INSERT INTO councils_profile (organisation_id, kind, pack, name, lowest, highest,
         members_weigh, from_date)
       SELECT id, 'own', '', 'What counts with us', 1, 5, false, date '2020-01-01'
       FROM organisations_organisation""",
    f"""INSERT INTO councils_criterion (profile_id, code, name, help, weight, position)
       SELECT p.id, 'c' || n, 'Criterion ' || n, '', n, n
       FROM councils_profile p, generate_series(1, {CRITERIA}) n""",
    f"""INSERT INTO councils_round (organisation_id, body_id, profile_id, name, method, order_rule,
         seed, state, opened_at, opened_by_id, closed_at, closed_by_id)
       SELECT b.organisation_id, b.id, p.id, 'Round ' || n, 'criteria', 'longest_waiting', n,
         CASE WHEN n = 1 THEN 'open' ELSE 'closed' END, now() - n * interval '60 days',
         t.person_id, CASE WHEN n > 1 THEN now() - n * interval '60 days' + interval '9 days' END,
         CASE WHEN n > 1 THEN t.person_id END
       FROM bodies_body b JOIN bodies_seat s ON s.body_id = b.id AND s.is_leader
       JOIN bodies_term t ON t.seat_id = s.id
       JOIN councils_profile p ON p.organisation_id = b.organisation_id,
       generate_series(1, {ROUNDS}) n""",
    f"""WITH listed AS (
         SELECT id, organisation_id,
           row_number() OVER (PARTITION BY organisation_id ORDER BY waiting_since) - 1 AS place,
           count(*) OVER (PARTITION BY organisation_id) AS total
         FROM councils_case WHERE state = 'decided')
       INSERT INTO councils_roundcase (round_id, case_id, position, must_do, must_do_reason)
       SELECT r.id, l.id, 1 + (l.place - r.seed * {CASES_A_ROUND} % l.total + l.total) % l.total,
         false, ''
       FROM councils_round r JOIN listed l ON l.organisation_id = r.organisation_id
         AND (l.place - r.seed * {CASES_A_ROUND} % l.total + l.total) % l.total
           < {CASES_A_ROUND}""",
    """INSERT INTO councils_assessment (round_id, person_id, declared_at, handed_in_at)
       SELECT r.id, t.person_id, r.opened_at, r.opened_at + interval '5 days'
       FROM councils_round r JOIN bodies_seat s ON s.body_id = r.body_id
       JOIN bodies_term t ON t.seat_id = s.id WHERE r.state = 'closed'""",
    """INSERT INTO councils_sheet (assessment_id, round_case_id, position, has_interest, interest,
         remark)
       SELECT a.id, c.id, c.position, false, '', 'Worth a try.'
       FROM councils_assessment a JOIN councils_roundcase c ON c.round_id = a.round_id""",
    """INSERT INTO councils_score (sheet_id, criterion_id, value)
       SELECT s.id, c.id, 1 + (s.id * 7 + c.id * 3) % 5 FROM councils_sheet s
       JOIN councils_assessment a ON a.id = s.assessment_id
       JOIN councils_round r ON r.id = a.round_id
       JOIN councils_criterion c ON c.profile_id = r.profile_id""",
    """INSERT INTO councils_ranking (organisation_id, profile_id, method, places, draws, seed,
         weights, concentration, tied, made_at, made_by_id, shared_at)
       SELECT r.organisation_id, r.profile_id, r.method, 5, 10000, r.seed, '{}', NULL, true,
         r.closed_at, r.closed_by_id, r.closed_at FROM councils_round r
       WHERE r.state = 'closed'""",
    """INSERT INTO councils_ranking_rounds (ranking_id, round_id)
       SELECT k.id, r.id FROM councils_ranking k JOIN councils_round r
         ON r.organisation_id = k.organisation_id AND r.seed = k.seed""",
    """INSERT INTO councils_rankedcase (ranking_id, round_case_id, standing, position, value,
         points, priority, kept, kept_error, best_rank, worst_rank, members, disagreement)
       SELECT of.ranking_id, c.id, 'ranked', c.position, 100 - c.position, 10, '', 0.5, 0.01, 1,
         c.position, 2, 0.2
       FROM councils_ranking_rounds of JOIN councils_roundcase c ON c.round_id = of.round_id""",
    """INSERT INTO trail_servicetarget (body_id, valid_from, receipt_days, responsible_days,
         decision_days, feedback_days, warn_days, decider_days, decision_reference, set_at)
       SELECT id, established_date, 1, 5, 20, 2, 3, 5, 'PS 1', now() FROM bodies_body""",
)

COUNCIL_LIFE = (*MEETINGS_HELD, *TOGETHER, *ASSESSED)
COUNCIL_TABLES = (
    "bodies_meetingcall", "bodies_seat", "councils_agendaitem", "councils_minutes",
    "councils_decisionaccess", "councils_jointterms", "councils_jointshare", "councils_criterion",
    "councils_round", "councils_roundcase", "councils_assessment", "councils_sheet",
    "councils_score", "councils_ranking", "councils_rankedcase", "portfolio_participant",
)  # fmt: skip


def report_all_months() -> None:
    """Months as they were reported: counted for one organisation, the same kept for all."""
    first, *others = Organisation.objects.order_by("pk")
    at = timezone.now()
    month = month_before(at.date())
    for _step in range(MONTHS):
        kept = report_month(first, month=month, at=at)
        MonthlyFigures.objects.bulk_create(
            MonthlyFigures(
                organisation=one, month=month, taken_at=at, definition=kept.definition,
                figures=kept.figures,
            )
            for one in others
        )  # fmt: skip
        month = (month - timedelta(days=1)).replace(day=1)
