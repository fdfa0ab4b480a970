"""The default pack of legal bases, as it lies beside this file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

PACK = Path(__file__).with_name("legal_bases.toml")


def legal_bases() -> list[dict[str, Any]]:
    """Every legal basis of the pack, in order."""
    rows: list[dict[str, Any]] = tomllib.loads(PACK.read_text(encoding="utf-8"))["basis"]
    return rows
