"""What kind of file is this really? By its first bytes, never by its name alone."""

from __future__ import annotations

import io
import zipfile

OFFICE_PARTS = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
ENDINGS = {
    "image/png": {"png"},
    "image/jpeg": {"jpg", "jpeg"},
    "image/webp": {"webp"},
    "image/gif": {"gif"},
    "application/pdf": {"pdf"},
    "text/plain": {"txt", "md"},
    "text/csv": {"csv"},
    OFFICE_PARTS["word/"]: {"docx"},
    OFFICE_PARTS["xl/"]: {"xlsx"},
    OFFICE_PARTS["ppt/"]: {"pptx"},
}


def sniff(content: bytes, *, name: str) -> str | None:
    """The media type of an allowed file whose bytes and ending agree, else None."""
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    found = _by_bytes(content, ending)
    return found if found and ending in ENDINGS[found] else None


def _by_bytes(content: bytes, ending: str) -> str | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return _plain(content, ending)


def _office(content: bytes) -> str | None:
    """Office files are ZIPs; one with macros or without the expected parts is refused."""
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):  # a name in broken UTF-8, too
        return None
    if "[Content_Types].xml" not in names or any("vbaProject" in name for name in names):
        return None
    return next(
        (kind for part, kind in OFFICE_PARTS.items() if any(n.startswith(part) for n in names)),
        None,
    )


def _plain(content: bytes, ending: str) -> str | None:
    if b"\x00" in content:
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return {"csv": "text/csv", "txt": "text/plain", "md": "text/plain"}.get(ending)
