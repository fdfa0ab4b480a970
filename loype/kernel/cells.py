"""A value as a cell that a spreadsheet shows and does not calculate."""

from __future__ import annotations

from typing import Any

_CALCULATES = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets ' in front; our import takes it off."""
    if isinstance(value, str) and value.startswith(_CALCULATES):
        return f"'{value}"
    return value
