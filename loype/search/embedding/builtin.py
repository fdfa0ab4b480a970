"""The built-in embedder: the model on this machine, run by onnxruntime on one core."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loype.kernel.memory import give_back_memory
from loype.search.embedding.manifest import MODEL, TOKENIZER, Manifest
from loype.search.embedding.problems import ModelProblem

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

logger = logging.getLogger(__name__)

BATCH = 16
MOST_PIECES = 128
MOST_AT_ONCE = 512  # pieces in a batch: more is no quicker, and costs memory for good
TURNS = 2  # requests that embed at once; others wait
LONGEST_WAIT = 10.0  # seconds
PREFIX = "query: "  # e5 was taught with it; on both sides where texts are compared with each other


class Engine:
    """The loaded model of one process."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3  # errors; the rest is about speed
        self.session = onnxruntime.InferenceSession(
            str(folder / MODEL), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self.turns = threading.BoundedSemaphore(TURNS)
        self.process = os.getpid()

    def numbers(self, text: str) -> list[int]:
        """The numbers of a text's pieces between those of its beginning (0) and end (2)."""
        # One by one: in batches the library starts threads of its own.
        return [0, *self.tokenizer.encode(PREFIX + text).ids[: MOST_PIECES - 2], 2]

    def run(self, rows: Sequence[Sequence[int]]) -> Any:
        """The vectors of a batch; shorter texts are filled up, and the filling is masked."""
        import numpy as np

        shape = len(rows), max(map(len, rows))
        ids, mask = np.ones(shape, np.int64), np.zeros(shape, np.int64)
        for place, row in enumerate(rows):
            ids[place, : len(row)] = row
            mask[place, : len(row)] = 1
        return self.session.run(None, {"ids": ids, "mask": mask})[0]


class BuiltinEmbedder:
    """Turns texts into vectors on this machine; loads the model when first asked."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.id = manifest.embedder
        self.dimensions = manifest.dimensions
        self.problem: ModelProblem | None = None
        self._folder = folder
        self._engine: Engine | None = None
        self._loading = threading.Lock()
        # What the parent loaded belongs to its threads; a fork begins anew.
        os.register_at_fork(after_in_child=self._forget)

    def embed(self, texts: Sequence[str]) -> NDArray[float32]:
        """One vector of unit length a text, shape (texts, dimensions)."""
        import numpy as np

        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        if not len(texts):
            return vectors
        engine = self._loaded()
        rows = [engine.numbers(text) for text in texts]
        for places in batches([len(row) for row in rows]):
            with _turn(engine):
                vectors[places] = engine.run([rows[place] for place in places])
        return vectors

    def _loaded(self) -> Engine:
        with self._loading:
            if self._engine is None:
                self._engine = self._load()
            return self._engine

    def _load(self) -> Engine:
        try:
            engine = Engine(self._folder)
        # Whatever is wrong with the file or the library, search goes on with words alone.
        except Exception as error:
            logger.exception("The language model could not be loaded")
            self.problem = ModelProblem("not_loaded", type(error).__name__)
            raise self.problem from error
        give_back_memory()  # the file as it was read, before the library laid it out anew
        return engine

    def _forget(self) -> None:
        self._engine = None
        self._loading = threading.Lock()


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The places of texts to embed together: alike in length, and not too much at once."""
    order = sorted(range(len(lengths)), key=lambda place: lengths[place])
    batch: list[int] = []
    for place in order:
        if len(batch) == BATCH or (len(batch) + 1) * lengths[place] > MOST_AT_ONCE:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    if not engine.turns.acquire(timeout=LONGEST_WAIT):
        raise ModelProblem("busy")
    try:
        yield
    finally:
        engine.turns.release()
