"""The language model as it came, without anything that we taught it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from loype.search.embedding import Embedder, current_embedder
from loype.search.embedding.build import write_large
from loype.search.embedding.builtin import BuiltinEmbedder
from loype.search.embedding.problems import ModelProblem
from loype.search.embedding.recipe import ADAPTER


@contextmanager
def bare_embedder() -> Iterator[Embedder | None]:
    """The embedder in use, taken back to what it was before our adapter; none without a model."""
    embedder = current_embedder()
    if not isinstance(embedder, BuiltinEmbedder) or not ADAPTER.exists():
        yield embedder
        return
    with TemporaryDirectory() as folder:
        try:
            yield write_large(Path(folder), adapter=Path(folder) / "none.npz")
        except ModelProblem:  # the weights it was made of are no longer here
            yield None
