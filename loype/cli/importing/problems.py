"""What can be wrong with a file, a mapping or a value, in words."""

from __future__ import annotations

from dataclasses import dataclass

import click

LONGEST_SHOWN = 80


class Impossible(click.ClickException):
    """Nothing was done, and this is why."""

    exit_code = 2


class Wrong(Exception):
    """A value that cannot be used; `mended` is what could be used instead, where there is one."""

    def __init__(self, reason: str, *, mended: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.mended = mended


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One line of the report: what was wrong where, and what was done about it."""

    row: int
    column: str
    value: str
    reason: str
    outcome: str = "refused"


def shortened(value: str) -> str:
    """A value as it is shown in a report: one line, visible signs only, not too long."""
    line = "".join(sign if sign.isprintable() else f"<U+{ord(sign):04X}>" for sign in value)
    return line if len(line) <= LONGEST_SHOWN else f"{line[: LONGEST_SHOWN - 1]}…"
