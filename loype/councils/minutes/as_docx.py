"""Minutes as a Word file with real headings, table headers and a language."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from loype.councils.minutes.document import Block, Document, Facts, Heading, Paragraph, Table

# What no XML file may hold.
_NOT_TAKEN = dict.fromkeys((*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF))


def docx(document: Document, *, at: datetime) -> bytes:
    """The document as one file."""
    from docx import Document as new_file  # noqa: N813, PLC0415  slow to load, needed only here

    file = new_file()
    file.core_properties.title = _plain(document.title)
    file.core_properties.author = _plain(document.author)
    file.core_properties.language = document.language
    file.core_properties.created = file.core_properties.modified = at.replace(tzinfo=None)
    _set_language(file, document.language)
    file.add_heading(_plain(document.title), level=0)
    for block in document.blocks:
        _add(file, block)
    kept = io.BytesIO()
    file.save(kept)
    return kept.getvalue()


def _plain(text: str) -> str:
    return text.translate(_NOT_TAKEN)


def _set_language(file: Any, language: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    file.styles["Normal"].element.get_or_add_rPr().append(spoken)


def _add(file: Any, block: Block) -> None:
    if isinstance(block, Heading):
        file.add_heading(_plain(block.text), level=block.level - 1)
    elif isinstance(block, Paragraph):
        line = file.add_paragraph()
        if block.label:
            line.add_run(_plain(f"{block.label} ")).bold = True
        line.add_run(_plain(block.text))
    elif isinstance(block, Facts):
        for name, value in block.pairs:
            line = file.add_paragraph()
            line.add_run(_plain(f"{name}: ")).bold = True
            line.add_run(_plain(value))
    else:
        _add_table(file, block)


def _add_table(file: Any, block: Table) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    file.add_paragraph(_plain(block.caption), style="Caption")
    table = file.add_table(rows=1, cols=len(block.header), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, block.header, strict=True):
        cell.paragraphs[0].add_run(_plain(text)).bold = True
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _plain(text)
