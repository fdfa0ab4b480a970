"""Small work on text that people typed or that files carried in."""

from __future__ import annotations

import html
import re
import unicodedata

import nh3

_INVISIBLE = {code: None for code in range(32) if chr(code) not in "\t\n"} | dict.fromkeys(
    (0x7F, 0x200B, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
_BLOCK_TAGS = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr)\b[^<>]*>", re.IGNORECASE)
_SILENT_TAGS = {"script", "style"}


def clean_text(text: str) -> str:
    """Text as it is kept: composed characters, no control marks, no trailing blanks."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (line.rstrip() for line in composed.translate(_INVISIBLE).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean_line(text: str) -> str:
    """Text on one line: as `clean_text`, with every run of white space made one blank."""
    return re.sub(r"\s+", " ", clean_text(text))


def text_from_html(markup: str) -> str:
    """The words of an HTML piece as plain text; no tag, script or address is kept.

    Read by a browser's own rules in linear time: Python's parser fails on some broken pieces and
    needs minutes for others. What follows the last > cannot be a tag and is kept as it is.
    """
    before, end, after = markup.rpartition(">")
    whole = f"{before}{end}{after.replace('<', '&lt;')}"
    words = nh3.clean(_BLOCK_TAGS.sub("\n", whole), tags=set(), clean_content_tags=_SILENT_TAGS)
    return clean_text(html.unescape(words))


def first_line(text: str, *, longest: int = 100) -> str:
    """A title made from the first sentence or line of a text, at most `longest` characters."""
    line = clean_line(clean_text(text).split("\n", 1)[0])
    sentence = re.split(r"(?<=[.!?])\s", line, maxsplit=1)[0].rstrip(".")
    chosen = sentence if 0 < len(sentence) <= longest else line
    if len(chosen) <= longest:
        return chosen
    return chosen[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
