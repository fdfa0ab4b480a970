"""Memory is kept together and given back where the C library can, and else nothing happens."""

from __future__ import annotations

import ctypes
from typing import Any

import pytest

from loype.kernel.memory import give_back_memory, keep_memory_together


class Library:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []

    def malloc_trim(self, kept: int) -> None:
        self.told.append(("trim", kept))

    def mallopt(self, what: int, value: int) -> None:
        self.told.append((what, value))


def test_it_tells_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library()
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: library)
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    keep_memory_together(arenas=3)
    give_back_memory()
    assert library.told == [(-8, 3), ("trim", 0)]


def test_it_leaves_what_the_machine_was_told_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library()
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: library)
    monkeypatch.setenv("MALLOC_ARENA_MAX", "8")
    keep_memory_together()
    assert library.told == []


def test_another_library_may_know_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    keep_memory_together()
    give_back_memory()
