"""Every package that Løype needs has its paragraph in decision 20."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
RECORD = PROJECT / "docs" / "decisions" / "0020-dependencies.md"


def needed() -> set[str]:
    """The names in pyproject.toml, without extras and versions."""
    told = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    names = (re.split(r"[\[ ><=~]", line)[0] for line in told["project"]["dependencies"])
    return {name.lower() for name in names}


def explained() -> set[str]:
    """The names in bold at the head of a paragraph, or right after an "and" there."""
    text = RECORD.read_text(encoding="utf-8")
    heads = (line for line in text.splitlines() if line.startswith("**"))
    return {name.lower() for line in heads for name in re.findall(r"\*\*([^*]+)\*\*", line)}


def test_it_explains_every_package() -> None:
    assert needed() - explained() == set()


def test_it_explains_none_that_is_gone() -> None:
    carried = {"carried along, not installed:"}
    assert explained() - needed() - carried == set()
