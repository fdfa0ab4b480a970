"""No page carries a script, a style or an event handler in itself: the browser would refuse it."""

import re
from pathlib import Path

import pytest

LOYPE = Path(__file__).resolve().parents[2] / "loype"
TEMPLATES = sorted(LOYPE.glob("**/templates/**/*.html"))
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script in the page": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "something fetched from elsewhere": re.compile(
        r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=[\"']?(?:https?:)?//", re.IGNORECASE
    ),
}
WRONG = {
    "a style attribute": '<p class="x" style="color:red">',
    "a style element": "<style>p{}</style>",
    "a script in the page": "<script>alert(1)</script>",
    "an event handler": '<button type="button" onclick="go()">',
    "a script address": '<a href="javascript:go()">',
    "something fetched from elsewhere": '<script src="https://example.org/x.js"></script>',
}


def test_there_are_templates_to_look_at() -> None:
    assert any(path.name == "base.html" for path in TEMPLATES)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(LOYPE)))
def test_a_template_carries_nothing_the_browser_refuses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]
    assert found == []


@pytest.mark.parametrize("name", FORBIDDEN)
def test_the_guard_sees_what_it_looks_for(name: str) -> None:
    assert FORBIDDEN[name].search(WRONG[name])
