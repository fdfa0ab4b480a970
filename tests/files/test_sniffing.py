"""What kind of file is this really: bytes and ending must agree, and some kinds are never taken."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings, strategies as st

from loype.files.sniffing import ENDINGS, sniff
from tests.trail_world import PICTURE

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def packed(*names: str) -> bytes:
    """A ZIP file with these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name in names:
            file.writestr(zipfile.ZipInfo(name), "x")  # of no moment: alike in every process
    return target.getvalue()


DOCX = packed("[Content_Types].xml", "word/document.xml")
XLSX = packed("[Content_Types].xml", "xl/workbook.xml")

TABLE = [
    (PICTURE, "a.png", "image/png"),
    (PICTURE, "A.PNG", "image/png"),
    (PICTURE, "a.jpg", None),
    (PICTURE, "a", None),
    (b"\xff\xd8\xff\xe0rest", "a.jpeg", "image/jpeg"),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a.webp", "image/webp"),
    (b"RIFF\x00\x00\x00\x00AVI LIST", "a.webp", None),
    (b"GIF89a....", "a.gif", "image/gif"),
    (b"%PDF-1.7\n", "a.pdf", "application/pdf"),
    (b"%PDF-1.7\n", "a.html", None),
    (b"plain words", "a.txt", "text/plain"),
    ("ord med æøå".encode(), "a.md", "text/plain"),
    (b"a;b\n1;2", "a.csv", "text/csv"),
    (b"<script>alert(1)</script>", "a.html", None),
    (b"<svg onload='alert(1)'/>", "a.svg", None),
    (b"<svg onload='alert(1)'/>", "a.png", None),
    (b"<?php", "a.php", None),
    (b"MZ\x90\x00", "a.exe", None),
    (b"MZ\x90\x00", "a.txt", None),
    (b"\x7fELF", "a.pdf", None),
    ("utf-16".encode("utf-16"), "a.txt", None),
    (DOCX, "a.docx", WORD),
    (DOCX, "a.xlsx", None),
    (DOCX, "a.zip", None),
    (XLSX, "a.xlsx", SHEET),
    (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "a.docx", None),
    (packed("[Content_Types].xml", "xl/workbook.xml"), "a.xlsm", None),
    (packed("anything.txt"), "a.docx", None),
    (DOCX[:40], "a.docx", None),
    (b"", "a.txt", "text/plain"),
]


@pytest.mark.parametrize(
    ("content", "name", "kind"), TABLE, ids=[f"{place}-{row[1]}" for place, row in enumerate(TABLE)]
)
def test_it_knows_a_file_by_its_bytes(content: bytes, name: str, kind: str | None) -> None:
    assert sniff(content, name=name) == kind


@settings(max_examples=300, deadline=None)
@given(
    content=st.one_of(
        st.binary(max_size=200), st.binary(max_size=60).map(lambda b: DOCX[:-30] + b)
    ),
    ending=st.sampled_from(sorted({end for ends in ENDINGS.values() for end in ends} | {"svg"})),
)
def test_it_never_stumbles(content: bytes, ending: str) -> None:
    found = sniff(content, name=f"x.{ending}")
    assert found is None or ending in ENDINGS[found]
