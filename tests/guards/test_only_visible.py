"""Guard 3: pages and the API read rows only through `visible_to`."""

from __future__ import annotations

import ast
from pathlib import Path

import loype

ROOMS = ("web", "api")
# Tables that belong to no organisation: who asked before, and one's own notices' counter.
EXCEPTIONS = {"IdempotencyKey", "ApiToken", "UserSession", "OutgoingMail", "Person"}


def loose_reads(source: str) -> list[str]:
    """Uses of `.objects` that are not followed by `.visible_to(…)`."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and node.attr == "objects"):
            continue
        owner = node.value
        name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "?")
        after = parents.get(node)
        safe = isinstance(after, ast.Attribute) and after.attr == "visible_to"
        if not safe and name not in EXCEPTIONS:
            found.append(f"line {node.lineno}: {name}.objects")
    return found


def test_it_reads_only_what_is_visible() -> None:
    wrong = {}
    for room in ROOMS:
        for file in sorted((Path(loype.__file__).parent / room).rglob("*.py")):
            if found := loose_reads(file.read_text()):
                wrong[str(file.relative_to(Path(loype.__file__).parent))] = found
    assert wrong == {}


def test_it_finds_a_loose_read() -> None:
    assert loose_reads("Idea.objects.filter(pk=1)") == ["line 1: Idea.objects"]
    assert loose_reads("Idea.objects.visible_to(actor).filter(pk=1)") == []
