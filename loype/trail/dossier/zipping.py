"""Writing a dossier as a ZIP, piece by piece: nothing large is ever held in memory."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any, cast

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from loype.organisations.actor import Actor
from loype.trail.dossier.gathering import Dossier, FileToTake, Reader
from loype.trail.dossier.history import Act, read_acts
from loype.trail.dossier.naming import is_inside, safe_name
from loype.trail.dossier.pages import chapter_page, contents_page, history_page

PIECE = 64 * 1024
FORMAT = "loype-dossier-1"


class Sink:
    """A file that only grows; what was written is taken away again at once."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._place = 0

    def write(self, piece: bytes) -> int:
        """Keep a piece until it is taken."""
        self._pieces.append(bytes(piece))
        self._place += len(piece)
        return len(piece)

    def tell(self) -> int:
        """How much was written in all."""
        return self._place

    def flush(self) -> None:
        """Nothing waits here."""

    def take(self) -> bytes:
        """What was written since it was last taken."""
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


@dataclass
class Archive:
    """A ZIP under way, with the sum of every file in it."""

    made_at: datetime
    sink: Sink = field(default_factory=Sink)
    sums: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        file = cast("IO[bytes]", self.sink)  # as much of a file as writing needs
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)

    def add(
        self, path: str, pieces: Iterator[bytes], *, title: str, media_type: str
    ) -> Iterator[bytes]:
        """Write one file; gives what there is to send meanwhile."""
        if not is_inside(path):
            raise ValueError(f"{path} would leave the folder")
        local = localtime(self.made_at)
        about = zipfile.ZipInfo(path, date_time=local.timetuple()[:6])
        about.compress_type = zipfile.ZIP_DEFLATED
        about.external_attr = 0o644 << 16
        counted, size = hashlib.sha256(), 0
        with self.zip.open(about, "w", force_zip64=True) as entry:
            for piece in pieces:
                counted.update(piece)
                size += len(piece)
                entry.write(piece)
                yield self.sink.take()
        self.sums.append(
            {
                "path": path, "title": title, "media_type": media_type, "size": size,
                "sha256": counted.hexdigest(),
            }
        )  # fmt: skip
        yield self.sink.take()

    def close(self) -> bytes:
        """The end of the ZIP: its own list of contents."""
        self.zip.close()
        return self.sink.take()


@dataclass(frozen=True)
class Text:
    """One page or one piece of data, ready to be written."""

    path: str
    text: str
    title: str
    media_type: str = "text/html"


def write_dossier(dossier: Dossier, *, actor: Actor) -> Iterator[bytes]:
    """The whole ZIP, piece by piece.

    Everything in words is put together at once, in the language of the one who asks; what flows
    afterwards are the files.
    """
    acts = read_acts(dossier, reader=Reader(actor, dossier.organisation_id))
    texts, pages = _chapters(dossier, acts=acts)
    files = [_about(one, number=number) for number, one in enumerate(dossier.files, start=1)]
    contents = contents_page(dossier, pages=pages, files=files)
    texts.insert(0, Text("index.html", contents, dossier.title))
    return _stream(dossier, texts=texts, files=files, acts=len(acts))


def _chapters(
    dossier: Dossier, *, acts: list[Act]
) -> tuple[list[Text], list[tuple[str, str, int]]]:
    """Every page with its data, and what the list of contents says of it."""
    texts, pages = [], []
    for number, chapter in enumerate(dossier.chapters, start=1):
        path = f"{number:02d}-{chapter.key}"
        page = chapter_page(chapter, dossier=dossier)
        texts.append(Text(f"{path}.html", page, chapter.title))
        texts.append(_data(f"data/{path}.json", [entry.data for entry in chapter.entries]))
        pages.append((f"{path}.html", chapter.title, len(chapter.entries)))
    if acts:
        path, title = f"{len(pages) + 1:02d}-history", _("What happened, in order")
        texts.append(Text(f"{path}.html", history_page(acts, dossier=dossier), title))
        texts.append(_data(f"data/{path}.json", [one.data for one in acts]))
        pages.append((f"{path}.html", title, len(acts)))
    return texts, pages


def _data(path: str, data: Any) -> Text:
    written = json.dumps(data, ensure_ascii=False, indent=1, default=str)
    return Text(path, written + "\n", path, "application/json")


def _about(one: FileToTake, *, number: int) -> dict[str, Any]:
    """A stored file as the list of contents tells it; what is gone from the disk is told."""
    stored = one.stored
    there = stored.content.storage.exists(stored.content.name or "")
    return {
        "path": f"files/{safe_name(stored.name, number=number)}" if there else "",
        "title": stored.name, "what": one.title, "alt_text": stored.alt_text,
        "media_type": stored.media_type, "size": stored.size, "sha256": stored.sha256,
        "is_there": there, "is_unchanged": there,
    }  # fmt: skip


def _stream(
    dossier: Dossier, *, texts: list[Text], files: list[dict[str, Any]], acts: int
) -> Iterator[bytes]:
    archive = Archive(dossier.made_at)
    for one in texts:
        yield from _text(archive, one)
    for about, taken in zip(files, dossier.files, strict=True):
        yield from _file(archive, about, taken=taken)
    index = {
        "format": FORMAT,
        "case": dossier.number,
        "title": dossier.title,
        "language": dossier.language,
        "organisation": dossier.organisation,
        "taken_out_at": dossier.made_at.isoformat(),
        "for": dossier.for_whom,
        "acts": acts,
        "stored_files": files,
        "files": list(archive.sums),
    }
    yield from _text(archive, _data("index.json", index))
    lines = "".join(f"{one['sha256']}  {one['path']}\n" for one in archive.sums)
    yield from _text(archive, Text("SHA256SUMS", lines, "SHA256SUMS", "text/plain"))
    yield archive.close()


def _text(archive: Archive, one: Text) -> Iterator[bytes]:
    pieces = iter([one.text.encode()])
    return archive.add(one.path, pieces, title=one.title, media_type=one.media_type)


def _file(archive: Archive, about: dict[str, Any], *, taken: FileToTake) -> Iterator[bytes]:
    """One stored file; whether it is still what was handed in is seen by its sum."""
    if not about["is_there"]:
        return
    stored = taken.stored
    with stored.content.open("rb") as content:
        pieces = iter(lambda: content.read(PIECE), b"")
        yield from archive.add(
            about["path"], pieces, title=stored.name, media_type=stored.media_type
        )
    about["is_unchanged"] = archive.sums[-1]["sha256"] == stored.sha256
