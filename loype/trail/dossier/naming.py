"""Names of files that every system takes and that stay inside the folder they are unpacked in."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 90
# Names that Windows keeps for devices, with or without an ending.
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "clock$", "conin$", "conout$"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in (*range(10), "¹", "²", "³")}
)
_NOT_TAKEN = re.compile(r'[<>:"/\\|?*]')


def safe_name(name: str, *, number: int) -> str:
    """A name of one part, numbered so that no two are the same; never a path, never a device.

    `number` is from 1 to 99,999.
    """
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    printable = "".join(
        mark for mark in plain if unicodedata.category(mark) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
    )
    clean = _NOT_TAKEN.sub("_", printable).strip(". ")
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = clean, ""
    if stem.split(".")[0].strip().lower() in RESERVED:
        stem = f"_{stem}"
    stem = _shortened(stem.strip(". ") or "file")
    return f"{number:04d}-{stem}.{ending}" if ending else f"{number:04d}-{stem}"


def _shortened(stem: str) -> str:
    while len(stem.encode()) > LONGEST:
        stem = stem[:-1]
    return stem.rstrip(". ")


def is_inside(path: str) -> bool:
    """Whether a path in the archive stays in the folder that it is unpacked in."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path
