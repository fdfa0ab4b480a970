"""Small work on text that people typed or that files carried in."""

from __future__ import annotations

import html
import re
import unicodedata
from html.parser import HTMLParser

_INVISIBLE = {code: None for code in range(32) if chr(code) not in "\t\n"} | dict.fromkeys(
    (0x7F, 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
_BLOCK_TAGS = frozenset({"p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "tr"})


def clean_text(text: str) -> str:
    """Text as it is kept: composed characters, no control marks, no trailing blanks."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (line.rstrip() for line in composed.translate(_INVISIBLE).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean_line(text: str) -> str:
    """Text on one line: as `clean_text`, with every run of white space made one blank."""
    return re.sub(r"\s+", " ", clean_text(text))


class _TextOnly(HTMLParser):
    """Collects the words of an HTML piece and drops everything else."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self.hidden += 1
        elif tag in _BLOCK_TAGS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self.hidden = max(0, self.hidden - 1)
        elif tag in _BLOCK_TAGS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)


def text_from_html(markup: str) -> str:
    """The words of an HTML piece as plain text; no tag, script or address is kept."""
    if "<" not in markup:
        return clean_text(html.unescape(markup))
    parser = _TextOnly()
    parser.feed(markup)
    parser.close()
    return clean_text("".join(parser.pieces))


def first_line(text: str, *, longest: int = 100) -> str:
    """A title made from the first sentence or line of a text, at most `longest` characters."""
    line = clean_line(clean_text(text).split("\n", 1)[0])
    sentence = re.split(r"(?<=[.!?])\s", line, maxsplit=1)[0].rstrip(".")
    chosen = sentence if 0 < len(sentence) <= longest else line
    if len(chosen) <= longest:
        return chosen
    return chosen[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
