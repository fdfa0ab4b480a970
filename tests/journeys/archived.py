"""Reading a PDF as an archive and a screen reader do: its words, its tags, its promises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pypdf import PdfReader

PROMISES = ("<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<")
TAGS = ("/Document", "/H1", "/H2", "/P", "/Table", "/THead", "/TR", "/TH", "/TD")


def words_of(file: Path) -> str:
    """The words of a PDF, in order, each parted by one blank."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def refuse_unless_archived(file: Path, *, language: str, title: str) -> None:
    """What a library can see of PDF/A-2a and PDF/UA-1 is there."""
    reader = PdfReader(file)
    root: Any = reader.trailer["/Root"]
    assert not reader.is_encrypted
    _is_described(reader, root, language=language, title=title)
    _is_tagged(reader, root)
    _has_its_fonts(reader)


def _is_described(reader: PdfReader, root: Any, *, language: str, title: str) -> None:
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.xmp_metadata is not None
    assert title in str(reader.xmp_metadata.dc_title)
    told = root["/Metadata"].get_data().decode()
    for promise in PROMISES:
        assert promise in told
    intent = root["/OutputIntents"][0].get_object()
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_object().get_data()[36:40] == b"acsp"  # an ICC profile


def _is_tagged(reader: PdfReader, root: Any) -> None:
    assert bool(root["/MarkInfo"]["/Marked"])
    elements = list(_elements(root["/StructTreeRoot"]["/K"]))
    found = {str(one["/S"]) for one in elements}
    assert set(TAGS) <= found, found
    for one in elements:
        if one["/S"] in ("/Figure", "/Formula"):
            assert one.get("/Alt"), one
        if one["/S"] == "/TH":
            assert _scope(one) in ("/Column", "/Row", "/Both"), one
    for page in reader.pages:
        assert "/StructParents" in page  # what is on the page belongs to the tree
        assert page["/Tabs"] == "/S"


def _elements(node: Any) -> Any:
    """Every element of the structure, from the top."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node["/K"])


def _scope(heading: Any) -> str:
    """What a heading of a table heads."""
    attributes = heading.get("/A", {})
    attributes = attributes.get_object() if hasattr(attributes, "get_object") else attributes
    several = attributes if isinstance(attributes, list) else [attributes]
    scopes = (one.get_object().get("/Scope") for one in several)
    return str(next((scope for scope in scopes if scope), ""))


def _has_its_fonts(reader: PdfReader) -> None:
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            described = inner["/FontDescriptor"].get_object()
            assert any(key.startswith("/FontFile") for key in described)
