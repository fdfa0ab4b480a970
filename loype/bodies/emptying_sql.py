"""What bodies have written down is not emptied either: TRUNCATE asks no row what it promised."""

from __future__ import annotations

from collections.abc import Iterable


def not_emptied(tables: Iterable[str]) -> str:
    """SQL that lets the database refuse to empty these tables."""
    return "".join(
        f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION bodies_not_emptied();\n"
        for table in tables
    )


def emptied(tables: Iterable[str]) -> str:
    """SQL that takes it back."""
    return "".join(f"DROP TRIGGER {table}_not_emptied ON {table};\n" for table in tables)


REFUSAL = """
CREATE FUNCTION bodies_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never emptied: what was decided and written down stays', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
"""
NO_REFUSAL = "DROP FUNCTION bodies_not_emptied();\n"

TABLES = (
    "bodies_compositionrule",
    "bodies_instruction",
    "bodies_mandate",
    "bodies_mandatepoint",
    "bodies_meeting",
    "bodies_meetingcall",
    "bodies_power",
    "bodies_rulesofprocedure",
    "bodies_seat",
    "bodies_term",
)
"""Of which some rows may not be deleted."""
