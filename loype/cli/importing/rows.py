"""A row of a file before anything is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Row:
    """The cells by column, and what is wrong with the row as a whole.

    `number` counts as a spreadsheet does: the header is row 1.
    """

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    problem: str = ""
