"""Reading the written content of the demo."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"
Row = dict[str, Any]


def read_content() -> dict[str, list[Row]]:
    """Every table of every file, joined in order of the files' names."""
    tables: dict[str, list[Row]] = defaultdict(list)
    for file in sorted(CONTENT.glob("*.toml")):
        for name, rows in tomllib.loads(file.read_text(encoding="utf-8")).items():
            tables[name] += rows
    return dict(tables)


def cast() -> list[Row]:
    """The people the README names, who can log in and show one way through each."""
    return [row for row in read_content()["person"] if row.get("cast")]
