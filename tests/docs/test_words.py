"""docs/words.md names every stored value, and the catalogues say what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.utils import translation

from loype.organisations.labels import Language
from loype.portfolio.labels import Phase
from loype.web.shared.parts.trail_line import STEPS

PROJECT = Path(__file__).resolve().parents[2]
WORDS = PROJECT / "docs" / "words.md"
CATALOGUES = PROJECT / "loype" / "locale"
LANGUAGES = ("da", "nb", "nn", "sv")


def rows() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each row of the tables with a first column of stored values: value, English, the others."""
    coded = False
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            coded = False
        elif cells[0] == "Code":
            coded = True
        elif coded and not set(line) <= set("|- "):
            value, english, *others = cells
            yield value.strip("`"), english, dict(zip(LANGUAGES, others, strict=True))


def text_of(english: str) -> tuple[str | None, str]:
    """The context and the text of a cell such as `adopted [a proposal]`."""
    text, _, context = english.removesuffix("]").partition(" [")
    return context or None, text


def stored_values() -> set[tuple[str, str]]:
    """Every value that a column may hold, with its English label."""
    found = set()
    with translation.override("en"):
        for model in apps.get_models():
            if not model.__module__.startswith("loype."):
                continue
            for field in model._meta.get_fields():
                column = field.base_field if isinstance(field, ArrayField) else field
                choices = getattr(column, "choices", None) or ()
                found |= {(str(value), str(label)) for value, label in choices}
        found |= {(value, str(label)) for value, label in (*Phase.choices, *STEPS)}
    return found - {(value, label) for value, label in Language.choices}


def test_it_names_every_stored_value() -> None:
    named = {(value, text_of(english)[1]) for value, english, _ in rows()}
    missing = stored_values() - named
    assert len(stored_values()) > 100
    assert not missing


def test_it_gives_every_word_in_every_language() -> None:
    gaps = [
        (english, language)
        for _, english, words in rows()
        for language, word in words.items()
        if not word
    ]
    assert not gaps


def test_it_gives_one_text_one_translation() -> None:
    """Gettext knows a text only once in each context, wherever it stands."""
    given: dict[str, dict[str, str]] = {}
    torn = []
    for _, english, words in rows():
        if given.setdefault(english, words) != words:
            torn.append(english)
    assert not torn


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_agrees_with_the_catalogue(language: str) -> None:
    file = CATALOGUES / language / "LC_MESSAGES" / "django.po"
    catalogue = {
        (entry.msgctxt, entry.msgid): entry.msgstr
        for entry in polib.pofile(str(file))
        if entry.msgstr and not entry.fuzzy
    }
    wrong = {
        english: (words[language], catalogue[text_of(english)])
        for _, english, words in rows()
        if text_of(english) in catalogue and catalogue[text_of(english)] != words[language]
    }
    assert any(text_of(english) in catalogue for _, english, _ in rows())
    assert all(text_of(english) in catalogue for _, english, _ in rows() if text_of(english)[0])
    assert not wrong


def test_it_never_shows_a_bar_inside_a_cell() -> None:
    """A cell with a bar of its own would shift the columns without anybody noticing."""
    widths = {
        len(re.findall(r"\|", line))
        for line in WORDS.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    }
    assert widths == {6, 7}
