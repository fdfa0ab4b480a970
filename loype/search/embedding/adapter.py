"""Lays what we taught the model on top of its own weights: `W + b · a` for the tensors named.

The adapter is a small file (`<tensor>.a` of shape (rank, in), `<tensor>.b` of shape (out, rank))
that ships with the calibration. Without it the model stays as it came.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from loype.search.embedding.weights import Sizes, Weights

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray


class WrongAdapter(Exception):
    """The file does not fit the model."""


class Taught:
    """The weights with the adapter merged in; asked like `Weights`."""

    def __init__(self, weights: Weights, adapter: Path) -> None:
        self._weights = weights
        self._pairs = _read(adapter) if adapter.exists() else {}
        if unknown := set(self._pairs) - set(weights.names):
            raise WrongAdapter(f"{adapter.name}: {', '.join(sorted(unknown))}")

    @property
    def sizes(self) -> Sizes:
        """The model's measures."""
        return self._weights.sizes

    def tensor(self, name: str, *, width: int) -> NDArray[float32]:
        """A tensor as float32, in rows of `width` numbers."""
        own = self._weights.tensor(name, width=width)
        if name not in self._pairs:
            return own
        a, b = self._pairs[name]
        if (b.shape[0], a.shape[1]) != own.shape or a.shape[0] != b.shape[1]:
            raise WrongAdapter(f"{name}: {b.shape} · {a.shape}")
        return own + b @ a

    def line(self, name: str) -> NDArray[float32]:
        """A tensor of one dimension."""
        return self._weights.line(name)

    def rows(self, name: str, *, width: int, chosen: NDArray[Any]) -> NDArray[float32]:
        """Some rows of a large tensor."""
        return self._weights.rows(name, width=width, chosen=chosen)


def _read(path: Path) -> dict[str, tuple[NDArray[float32], NDArray[float32]]]:
    import numpy as np

    with np.load(path, allow_pickle=False) as kept:
        numbers = {name: kept[name].astype(np.float32) for name in kept.files}
    names = {name.rpartition(".")[0] for name in numbers}
    if set(numbers) != {f"{name}.{side}" for name in names for side in "ab"}:
        raise WrongAdapter(path.name)
    return {name: (numbers[f"{name}.a"], numbers[f"{name}.b"]) for name in names}
