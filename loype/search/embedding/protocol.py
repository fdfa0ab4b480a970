"""What search asks of whatever turns texts into vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from loype.kernel.errors import Unavailable

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

LONGEST_ID = 60


class EmbeddingUnavailable(Unavailable):
    """No vectors now; the message says why in one sentence, and search goes on with words alone."""


class Embedder(Protocol):
    """Turns texts into vectors that lie near each other where the texts mean the same.

    Vectors of different ids cannot be compared. Texts that begin with a word for the model
    ("query: ") get it from the embedder itself, never from the caller.
    """

    @property
    def id(self) -> str:
        """Name, version and hash of what makes the vectors; at most 60 characters."""

    @property
    def dimensions(self) -> int:
        """How long a vector is."""

    def embed(self, texts: Sequence[str]) -> NDArray[float32]:
        """One vector of unit length a text, shape (texts, dimensions).

        Raises `EmbeddingUnavailable` with a plain sentence.
        """
