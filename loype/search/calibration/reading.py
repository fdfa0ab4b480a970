"""Reads a calibration and applies it to raw vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loype.search.embedding.recipe import search_folder
from loype.search.language import LANGUAGES

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

FOLDER = Path(__file__).parent
SUFFIX = ".npz"


@dataclass(frozen=True, eq=False)
class Calibration:
    """How raw vectors of one embedder become comparable, and what likeness means.

    `short_means` and `long_means` are the mean raw vectors of titles and of whole texts by
    language, shape (5, d) in the order of LANGUAGES; texts between `short_words` and `long_words`
    words long lie between them. `head` (d, 256) turns what is left. `background` (n, 256) are
    sentences of ours, to see how crowded a text's surroundings are. `weights` are those of the
    score and of the logistic curve, by name.
    """

    name: str
    short_means: NDArray[float32]
    long_means: NDArray[float32]
    head: NDArray[float32]
    background: NDArray[float32]
    weights: Mapping[str, float]

    def comparable(
        self,
        raw: NDArray[float32],
        *,
        languages: Sequence[Mapping[str, float]],
        words: Sequence[int],
    ) -> NDArray[float32]:
        """Unit vectors of shape (n, 256) without what is common to a language.

        `raw` has shape (n, d); `languages` gives each text's shares of languages (the mean taken
        away is their mixture), `words` how many words it has.
        """
        import numpy as np

        shares = np.array(
            [[shares.get(language, 0.0) for language in LANGUAGES] for shares in languages],
            dtype=np.float32,
        )
        low, high = self.weights["short_words"], self.weights["long_words"]
        length = np.clip((np.array(words, dtype=np.float32) - low) / (high - low), 0, 1)[:, None]
        means = (1 - length) * (shares @ self.short_means) + length * (shares @ self.long_means)
        left = raw - means
        left /= np.maximum(np.linalg.norm(left, axis=1, keepdims=True), 1e-9)
        turned = left @ self.head
        turned /= np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9)
        return np.asarray(turned, dtype=np.float32)

    def crowding(self, vectors: NDArray[float32]) -> NDArray[float32]:
        """How near a text's ten nearest sentences of ours are, on average; shape (n,).

        A text in a crowd is near to many for no reason: half of this is taken off its likeness
        (cross-domain similarity local scaling, Conneau et al. 2018, against a fixed background,
        so that nobody's text can be felt in it).
        """
        import numpy as np

        near = vectors @ self.background.T
        return np.asarray(np.sort(near, axis=1)[:, -10:].mean(axis=1), dtype=np.float32)


@lru_cache(maxsize=4)
def calibration_of(embedder: str) -> Calibration | None:
    """The calibration of an embedder: one made here before, else the one that ships; or none."""
    for file in (kept_file(embedder), shipped_file(embedder)):
        if file.exists():
            return read(file)
    return None


def shipped_file(embedder: str) -> Path:
    """The calibration that comes with Løype, named without the hash at the end of the id."""
    return FOLDER / f"{plain_name(embedder).rpartition('-')[0]}{SUFFIX}"


def kept_file(embedder: str) -> Path:
    """Where a calibration that was made on this machine is kept."""
    return search_folder() / "calibration" / f"{plain_name(embedder)}{SUFFIX}"


def plain_name(embedder: str) -> str:
    """The embedder's name as a file name."""
    return "".join(sign if sign.isalnum() or sign in "-." else "-" for sign in embedder)


def read(file: Path) -> Calibration:
    """Read a calibration file."""
    import numpy as np

    with np.load(file, allow_pickle=False) as kept:
        arrays: dict[str, Any] = {name: kept[name].astype(np.float32) for name in _ARRAYS}
        names, values = map(str, kept["weight_names"]), map(float, kept["weight_values"])
        weights = dict(zip(names, values, strict=True))
    digest = sha256(file.read_bytes()).hexdigest()[:6]
    return Calibration(name=digest, weights=weights, **arrays)


_ARRAYS = ("short_means", "long_means", "head", "background")


def write(calibration: Calibration, file: Path) -> None:
    """Write a calibration, small: half-precision numbers."""
    import numpy as np

    file.parent.mkdir(parents=True, exist_ok=True)
    halves = {name: getattr(calibration, name).astype(np.float16) for name in _ARRAYS}
    half_made = file.with_suffix(".part.npz")
    np.savez_compressed(
        half_made,
        weight_names=np.array(list(calibration.weights)),
        weight_values=np.array(list(calibration.weights.values()), dtype=np.float64),
        **halves,
    )
    half_made.replace(file)
