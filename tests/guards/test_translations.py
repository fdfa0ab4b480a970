"""Guard 8: every text is in every catalogue, translated, with its placeholders, and compiled."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

import loype

PACKAGE = Path(loype.__file__).parent
LANGUAGES = ("da", "nb", "nn", "sv")
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURALS = {"ngettext", "ngettext_lazy"}
CONTEXTS = {"pgettext", "pgettext_lazy"}
STRING = r"u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
IN_TEMPLATE = re.compile(
    rf"(?<![\w.])(_|gettext|ngettext|pgettext|npgettext)\(\s*({STRING}(?:\s*,\s*{STRING})*)"
)
HOLDERS = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def catalogue(language: str) -> polib.POFile:
    """A language's texts."""
    return polib.pofile(str(PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"))


def texts_in_code(source: str) -> Iterator[str]:
    """The texts that Python code hands to gettext."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        place = 0 if name in CALLS | PLURALS else 1 if name in CONTEXTS else None
        if place is None or len(node.args) <= place:
            continue
        given = node.args[place]
        if isinstance(given, ast.Constant) and isinstance(given.value, str):
            yield given.value


def texts_in_template(source: str) -> Iterator[str]:
    """The texts that a template translates."""
    for call in IN_TEMPLATE.finditer(templatize(source)):
        strings = [ast.literal_eval(one) for one in re.findall(STRING, call[2])]
        yield strings[1] if call[1] in ("pgettext", "npgettext") else strings[0]


def texts() -> dict[str, str]:
    """Every text of ours and where it stands."""
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in file.parts:
            for text in texts_in_code(file.read_text(encoding="utf-8")):
                found[text] = str(file.relative_to(PACKAGE))
    for file in sorted(PACKAGE.rglob("templates/**/*.*")):
        if file.suffix in (".html", ".txt"):
            for text in texts_in_template(file.read_text(encoding="utf-8")):
                found[text] = str(file.relative_to(PACKAGE))
    found.pop("", None)
    return found


def test_it_knows_texts_when_it_sees_them() -> None:
    assert list(texts_in_code('a = _("One"); b = ngettext("two", "three", n)')) == ["One", "two"]
    template = '{% translate "Four" %} {% blocktranslate trimmed %}\n Five {{ n }}\n{% endblocktranslate %} {% tag _("Six") %}'  # noqa: E501
    assert set(texts_in_template(template)) == {"Four", "Five %(n)s", "Six"}
    assert len(texts()) > 1500


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_finds_every_text_in_the_catalogue(language: str) -> None:
    known = {entry.msgid for entry in catalogue(language)}
    missing = {text: place for text, place in texts().items() if text not in known}
    assert not missing, "run `make messages` and translate"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_finds_every_text_translated(language: str) -> None:
    entries = catalogue(language)
    assert [entry.msgid for entry in entries.untranslated_entries()] == []
    assert [entry.msgid for entry in entries.fuzzy_entries()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_finds_every_placeholder_kept(language: str) -> None:
    wrong = []
    for entry in catalogue(language):
        pairs = [(entry.msgid, entry.msgstr)]
        if entry.msgid_plural:
            pairs = [(entry.msgid_plural, entry.msgstr_plural[1])]
        wrong += [
            (source, said)
            for source, said in pairs
            if sorted(HOLDERS.findall(source)) != sorted(HOLDERS.findall(said))
        ]
    assert wrong == []


def said(entries: polib.POFile | polib.MOFile) -> dict[tuple[str | None, str], str]:
    """What each text is in the language, by its context and source."""
    return {(entry.msgctxt, entry.msgid): entry.msgstr for entry in entries if entry.msgstr}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_finds_the_catalogue_compiled(language: str) -> None:
    place = PACKAGE / "locale" / language / "LC_MESSAGES" / "django.mo"
    assert said(polib.mofile(str(place))) == said(catalogue(language))
