"""What minutes are made of, whatever format they end in; no database."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """A heading; level 2 for a part, 3 for something within it."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, with a word before it that says what it is."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class Facts:
    """Names and values."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table with a caption and a row of headings; the first column names the row."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Facts | Table


@dataclass
class Document:
    """Minutes as blocks, in one language."""

    title: str
    author: str
    language: str
    page_words: str
    blocks: list[Block] = field(default_factory=list)

    def heading(self, text: str, *, level: int = 2) -> None:
        """Begin a part."""
        self.blocks.append(Heading(level, text))

    def say(self, text: str, *, label: str = "") -> None:
        """Add a text, a paragraph for each that it has; nothing for an empty one."""
        for number, part in enumerate(part for part in text.split("\n\n") if part.strip()):
            self.blocks.append(Paragraph(part.strip(), label if number == 0 else ""))

    def facts(self, *pairs: tuple[str, str]) -> None:
        """Add names and values; those without a value are left out."""
        kept = tuple((name, value) for name, value in pairs if value)
        if kept:
            self.blocks.append(Facts(kept))

    def table(self, caption: str, *, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
        """Add a table; nothing where it would have no rows."""
        if rows:
            self.blocks.append(Table(caption, header, tuple(rows)))
