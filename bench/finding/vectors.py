"""Vectors for many texts: real ones for the pieces, and between two of them for what is put
together from two, with noise, so that none stands twice."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.finding.material import Piece
from loype.search.meaning import Meaning

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEIGHBOURS = 40
NOISE = 0.35  # length of the noise beside a vector of length one
STEP = 256


@dataclass(frozen=True, eq=False)
class Base:
    """The pieces' own vectors, and for each piece those of its language that lie nearest."""

    vectors: NDArray[np.float32]
    neighbours: NDArray[np.int64]
    seconds: float
    """Of the processor, that embedding took."""


def base_of(pieces: Sequence[Piece], *, meaning: Meaning, folder: Path) -> Base:
    """Embed the pieces, once for each meaning and list of pieces."""
    import numpy as np

    file = folder / f"base-{meaning.name.replace('/', '-')}-{len(pieces)}.npz"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        began = time.process_time()
        vectors = np.concatenate(
            [
                meaning.of(
                    [one.whole for one in pieces[start : start + STEP]],
                    languages=[{one.language: 1.0} for one in pieces[start : start + STEP]],
                )
                for start in range(0, len(pieces), STEP)
            ]
        )
        np.savez(file, vectors=vectors, seconds=time.process_time() - began)
    with np.load(file) as kept:
        vectors, seconds = kept["vectors"], float(kept["seconds"])
    return Base(vectors, _neighbours(vectors, [one.language for one in pieces]), seconds)


def _neighbours(vectors: NDArray[np.float32], languages: Sequence[str]) -> NDArray[np.int64]:
    import numpy as np

    spoken = np.array(languages)
    found = np.zeros((len(vectors), NEIGHBOURS), dtype=np.int64)
    for language in set(languages):
        places = np.flatnonzero(spoken == language)
        for start in range(0, len(places), 1000):
            some = places[start : start + 1000]
            near = np.argpartition(-(vectors[some] @ vectors[places].T), NEIGHBOURS, axis=1)
            found[some] = places[near[:, :NEIGHBOURS]]
    return found


def between(
    base: Base,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    *,
    chance: np.random.Generator,
) -> NDArray[np.float32]:
    """A vector for each pair of pieces: somewhere between the two, a little to the side."""
    import numpy as np

    share = chance.uniform(0.35, 1.0, size=(len(first), 1)).astype(np.float32)
    made = share * base.vectors[first] + (1 - share) * base.vectors[second]
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    width = made.shape[1]
    made += chance.standard_normal(made.shape, dtype=np.float32) * (NOISE / width**0.5)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return made
