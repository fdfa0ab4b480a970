"""What each kind of thing gives to search: the one place to add a new one.

A source is a SELECT of finished rows and the tables whose changes make a row stale. Triggers made
from it (`loype/search/sql.py`) keep `search_text` true within the same transaction, so that no
verb, import or clean-up can forget it. After changing a source, write a migration that runs
`sql.install(source)` again.
"""

from __future__ import annotations

from dataclasses import dataclass

COLUMNS = (
    "thing_id",
    "page_id",
    "organisation_id",
    "audience",
    "variant",
    "state",
    "language",
    "title",
    "body",
    "keywords",
    "happened_at",
    "is_comparable",
    "is_in_use",
)
"""What each SELECT gives, in this order.

`thing_id` the row's id in its own table; `page_id` the id in the address of its page; `audience`
who may read it (`audience.py`); `variant` its kind within the kind; `is_comparable` whether it may
be offered as "the same need"; `is_in_use` whether it is a solution that somebody uses.
"""


@dataclass(frozen=True)
class Touch:
    """A table whose changes make rows of a source stale.

    `ids` is SQL that gives the things' ids from the changed rows, which it calls `changed`;
    `columns` are those that matter, all of them when empty. A table that `came_later` than the
    first migration of search gets its triggers from a later one.
    """

    table: str
    ids: str
    columns: tuple[str, ...] = ()
    came_later: bool = False


@dataclass(frozen=True)
class Source:
    """What one kind of thing gives to search."""

    kind: str
    select: str
    touches: tuple[Touch, ...]


IDEA_READERS = """
    CASE WHEN i.state IN ('draft', 'withdrawn') THEN ARRAY[]::integer[]
        ELSE search_audience(i.organisation_id, i.visibility) END
    || search_persons(ARRAY[i.giver_id::bigint] || ARRAY(
        SELECT w.person_id::bigint FROM ideas_coauthor w WHERE w.idea_id = i.id))
"""
IDEA_OPENNESS = ("organisation_id", "giver_id", "visibility", "state")

IDEAS = Source(
    kind="idea",
    select=f"""
        SELECT i.id, i.id, i.organisation_id, {IDEA_READERS}, i.kind, i.state, i.language,
            i.title, i.text, i.keywords, COALESCE(i.submitted_at, i.created_at),
            i.state NOT IN ('draft', 'withdrawn', 'merged'), false
        FROM ideas_idea i WHERE i.id = ANY(ids)
    """,
    touches=(
        Touch(
            "ideas_idea",
            "SELECT id FROM changed",
            (*IDEA_OPENNESS, "kind", "language", "title", "text", "keywords", "submitted_at"),
        ),
        Touch("ideas_coauthor", "SELECT idea_id FROM changed"),
    ),
)

COMMENTS = Source(
    kind="comment",
    select=f"""
        SELECT c.id, i.id, i.organisation_id, {IDEA_READERS}, c.kind, '', '',
            i.title, c.text, ARRAY[]::text[], c.written_at, false, false
        FROM ideas_comment c JOIN ideas_idea i ON i.id = c.idea_id
        WHERE c.id = ANY(ids) AND c.removed_at IS NULL
    """,
    touches=(
        Touch("ideas_comment", "SELECT id FROM changed", ("text", "removed_at", "kind")),
        Touch(
            "ideas_idea",
            "SELECT c.id FROM ideas_comment c JOIN changed ON changed.id = c.idea_id",
            (*IDEA_OPENNESS, "title"),
        ),
        Touch(
            "ideas_coauthor",
            "SELECT c.id FROM ideas_comment c JOIN changed ON changed.idea_id = c.idea_id",
        ),
    ),
)

DECISIONS = Source(
    kind="decision",
    select="""
        SELECT d.id, d.id, d.organisation_id,
            search_audience(d.organisation_id, CASE WHEN i.visibility = 'confidential'
                    OR NOT EXISTS (SELECT 1 FROM councils_decisionaccess x
                        WHERE x.decision_id = d.id AND x.in_force
                          AND x.access_class IN ('partly', 'withheld'))
                    THEN i.visibility ELSE 'organisation' END)
                || search_persons(ARRAY[i.giver_id::bigint]),
            d.outcome, CASE WHEN d.in_force THEN 'in_force' ELSE 'replaced' END, o.language,
            i.title, d.reasons || E'\\n' || d.conditions, ARRAY[]::text[], d.decided_at,
            false, false
        FROM councils_decision d JOIN councils_case k ON k.id = d.case_id
            JOIN ideas_idea i ON i.id = k.idea_id
            JOIN organisations_organisation o ON o.id = d.organisation_id
        WHERE d.id = ANY(ids)
    """,
    touches=(
        Touch("councils_decision", "SELECT id FROM changed"),
        Touch(
            "ideas_idea",
            "SELECT d.id FROM councils_decision d JOIN councils_case k ON k.id = d.case_id"
            " JOIN changed ON changed.id = k.idea_id",
            ("giver_id", "visibility", "title"),
        ),
        Touch("councils_decisionaccess", "SELECT decision_id FROM changed", came_later=True),
    ),
)

ACTIVITY_READERS = """
    search_audience(a.organisation_id, a.visibility)
    || search_persons(ARRAY(SELECT DISTINCT m.person_id::bigint FROM organisations_membership m
        WHERE m.person_id = a.owner_id AND m.organisation_id = a.organisation_id
          AND (m.to_date IS NULL OR m.to_date >= current_date)))
    || ARRAY(SELECT (p.organisation_id * 8 + 6)::integer FROM portfolio_participant p
        WHERE p.activity_id = a.id AND p.left_date IS NULL ORDER BY 1)
"""
ACTIVITY_OPENNESS = ("organisation_id", "owner_id", "visibility")
OWNERS_AT_WORK = (
    "changed ON changed.person_id = a.owner_id AND changed.organisation_id = a.organisation_id"
)
"""An owner who has left reads what others may read, no more."""

ACTIVITIES = Source(
    kind="activity",
    select=f"""
        SELECT a.id, a.id, a.organisation_id, {ACTIVITY_READERS}, a.form, a.state, i.language,
            a.title, a.summary, ARRAY[]::text[], a.opened_at, true, false
        FROM portfolio_activity a JOIN ideas_idea i ON i.id = a.idea_id WHERE a.id = ANY(ids)
    """,
    touches=(
        Touch(
            "portfolio_activity",
            "SELECT id FROM changed",
            (*ACTIVITY_OPENNESS, "form", "state", "title", "summary"),
        ),
        Touch("portfolio_participant", "SELECT activity_id FROM changed"),
        Touch(
            "organisations_membership",
            f"SELECT a.id FROM portfolio_activity a JOIN {OWNERS_AT_WORK}",
        ),
    ),
)

EVALUATIONS = Source(
    kind="evaluation",
    select=f"""
        SELECT e.id, a.id, a.organisation_id, {ACTIVITY_READERS}, e.verdict, e.state, o.language,
            a.title, e.question || E'\\n' || e.conclusion || E'\\n' || e.unexpected_findings,
            ARRAY[]::text[], COALESCE(e.concluded_at, a.opened_at), false, false
        FROM evaluation_evaluation e JOIN portfolio_activity a ON a.id = e.activity_id
            JOIN organisations_organisation o ON o.id = a.organisation_id
        WHERE e.id = ANY(ids)
    """,
    touches=(
        Touch("evaluation_evaluation", "SELECT id FROM changed"),
        Touch(
            "portfolio_activity",
            "SELECT e.id FROM evaluation_evaluation e JOIN changed ON changed.id = e.activity_id",
            (*ACTIVITY_OPENNESS, "title"),
        ),
        Touch(
            "portfolio_participant",
            "SELECT e.id FROM evaluation_evaluation e"
            " JOIN changed ON changed.activity_id = e.activity_id",
        ),
        Touch(
            "organisations_membership",
            "SELECT e.id FROM evaluation_evaluation e"
            f" JOIN portfolio_activity a ON a.id = e.activity_id JOIN {OWNERS_AT_WORK}",
        ),
    ),
)

SOLUTION_READERS = """
    CASE WHEN s.state = 'draft' THEN ARRAY[(s.organisation_id * 8 + 4)::integer]
        ELSE search_audience(s.organisation_id, s.visibility)
            || ARRAY[(s.organisation_id * 8 + 4)::integer] END
    || search_persons(ARRAY(SELECT DISTINCT m.person_id::bigint FROM portfolio_activity a
        JOIN organisations_membership m ON m.person_id = a.owner_id
        WHERE a.id = s.activity_id AND (m.to_date IS NULL OR m.to_date >= current_date)
          AND (m.organisation_id = a.organisation_id
            OR EXISTS (SELECT 1 FROM portfolio_participant p
                WHERE p.activity_id = a.id AND p.organisation_id = m.organisation_id
                  AND p.is_owner AND p.left_date IS NULL))))
"""
SOLUTION_OPENNESS = ("organisation_id", "activity_id", "visibility", "state")
SOLUTIONS_SHARED = "spread_solution s JOIN changed ON changed.activity_id = s.activity_id"
SOLUTIONS_OWNED = (
    "spread_solution s JOIN portfolio_activity a ON a.id = s.activity_id"
    " JOIN changed ON changed.person_id = a.owner_id"
)
TAKEN_UP = "JOIN spread_adoption d ON d.solution_id = s.id"

SOLUTIONS = Source(
    kind="solution",
    select=f"""
        SELECT s.id, s.id, s.organisation_id, {SOLUTION_READERS}, '', s.state, s.language,
            s.title, s.summary || E'\\n' || s.english_summary || E'\\n' || s.for_whom || E'\\n'
                || s.core_parts || E'\\n' || s.adaptable_parts || E'\\n' || s.conditions,
            s.keywords, COALESCE(s.published_at, s.created_at), s.state = 'published',
            s.state = 'published' AND s.in_use_count > 0
        FROM spread_solution s WHERE s.id = ANY(ids)
    """,
    touches=(
        Touch("spread_solution", "SELECT id FROM changed"),
        Touch(
            "portfolio_activity",
            "SELECT s.id FROM spread_solution s JOIN changed ON changed.id = s.activity_id",
            ("owner_id", "organisation_id"),
        ),
        Touch("portfolio_participant", f"SELECT s.id FROM {SOLUTIONS_SHARED}"),
        Touch("organisations_membership", f"SELECT s.id FROM {SOLUTIONS_OWNED}"),
    ),
)

ADOPTIONS = Source(
    kind="adoption",
    select=f"""
        SELECT d.id, d.id, d.organisation_id,
            {SOLUTION_READERS} || ARRAY[(d.organisation_id * 8 + 2)::integer],
            '', d.state, o.language, s.title,
            d.adaptation_notes || E'\\n' || d.value_seen || E'\\n' || d.stop_reason,
            ARRAY[]::text[], d.began_at, false, false
        FROM spread_adoption d JOIN spread_solution s ON s.id = d.solution_id
            JOIN organisations_organisation o ON o.id = d.organisation_id
        WHERE d.id = ANY(ids)
    """,
    touches=(
        Touch("spread_adoption", "SELECT id FROM changed"),
        Touch(
            "spread_solution",
            "SELECT d.id FROM spread_adoption d JOIN changed ON changed.id = d.solution_id",
            (*SOLUTION_OPENNESS, "title"),
        ),
        Touch(
            "portfolio_activity",
            "SELECT d.id FROM spread_adoption d JOIN spread_solution s ON s.id = d.solution_id"
            " JOIN changed ON changed.id = s.activity_id",
            ("owner_id", "organisation_id"),
        ),
        Touch("portfolio_participant", f"SELECT d.id FROM {SOLUTIONS_SHARED} {TAKEN_UP}"),
        Touch("organisations_membership", f"SELECT d.id FROM {SOLUTIONS_OWNED} {TAKEN_UP}"),
    ),
)

ORGANISATIONS = Source(
    kind="organisation",
    select="""
        SELECT o.id, o.id, o.id,
            CASE WHEN o.state = 'active' THEN ARRAY[0] ELSE ARRAY[1] END, o.kind, o.state,
            o.language, o.name, o.short_name, ARRAY[]::text[], o.created_at, false, false
        FROM organisations_organisation o WHERE o.id = ANY(ids)
    """,
    touches=(
        Touch(
            "organisations_organisation",
            "SELECT id FROM changed",
            ("state", "kind", "language", "name", "short_name"),
        ),
    ),
)

SOURCES = (
    IDEAS,
    COMMENTS,
    DECISIONS,
    ACTIVITIES,
    EVALUATIONS,
    SOLUTIONS,
    ADOPTIONS,
    ORGANISATIONS,
)
"""In the order in which they are read when everything is gathered anew."""
