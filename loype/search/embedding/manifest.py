"""What a built model says about itself, and whether its files are still as they were built."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from loype.search.embedding.problems import ModelProblem

MANIFEST = "manifest.json"
MODEL = "model.onnx"
TOKENIZER = "tokenizer.json"


@dataclass(frozen=True)
class Manifest:
    """The embedder's id and measures, and the hashes of its files and of what they are made of."""

    embedder: str
    dimensions: int
    files: dict[str, str]
    weights: str
    vocabulary: str
    adapter: str
    known: dict[str, float]  # how near this machine's vectors came to the recorded ones

    def write(self, folder: Path) -> None:
        """Write it beside the files it tells about."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a whole model; `ModelProblem` where a file is missing or not as it was.

    The files are read through once for each process and each change.
    """
    try:
        stamps = [(folder / name).stat() for name in (MANIFEST, MODEL, TOKENIZER)]
    except FileNotFoundError as error:
        raise ModelProblem("damaged" if folder.exists() else "not_built") from error
    found = _checked(folder, tuple((one.st_mtime_ns, one.st_size) for one in stamps))
    if found is None:
        raise ModelProblem("damaged")
    return found


def hash_of(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=8)
def _checked(folder: Path, _stamps: object) -> Manifest | None:
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        return None
    wanted = {MODEL, TOKENIZER}
    if set(manifest.files) != wanted:
        return None
    whole = all(hash_of(folder / name) == digest for name, digest in manifest.files.items())
    return manifest if whole else None
