"""Small work on words that stand at the beginning of a line or a card."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.functional import lazy
from django.utils.text import capfirst

capital = lazy(capfirst, str)


def titled(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Choices whose words begin with a capital letter, in whatever language they are read."""
    return [(value, capital(label)) for value, label in choices]
