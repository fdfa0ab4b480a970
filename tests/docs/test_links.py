"""Every link between the project's own pages leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PAGES = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """The names of a page's headings, as they are shown on the web."""
    found = set()
    for words in HEADING.findall(page.read_text(encoding="utf-8")):
        plain = re.sub(r"[^\w\- ]", "", words.lower())
        found.add(plain.replace(" ", "-"))
    return found


@pytest.mark.parametrize("manual", PAGES, ids=lambda file: file.relative_to(PROJECT).as_posix())
def test_it_leads_somewhere(manual: Path) -> None:
    broken = []
    for link in LINK.findall(manual.read_text(encoding="utf-8")):
        place, _, anchor = link.partition("#")
        if "://" in place or place.startswith("mailto:"):
            continue
        target = (manual.parent / place).resolve() if place else manual
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert not broken
