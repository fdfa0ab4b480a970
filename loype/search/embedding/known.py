"""A few sentences and the vectors they must get, so that a model that went wrong is found out.

The recorded vectors are those of the model before its numbers were made small, from
`tools/search_known.py`. Processors differ in the last digits, so nearness is asked for, not
equality.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING

from loype.search.embedding.problems import ModelProblem
from loype.search.embedding.protocol import Embedder

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

RECORD = Path(__file__).with_name("known.json")
SENTENCES = (
    "Borgerne skal kunne følge deres byggesag på nettet.",
    "Helsestasjonen trenger et enklere system for timebestilling.",
    "Kven har ansvaret for å brøyte vegen til skulen?",
    "Medarbetare lägger för mycket tid på att fylla i samma uppgifter två gånger.",
    "Sensors in the bins tell the lorry where to go.",
    "velfærdsteknologi",
)
NEAREST = 0.99  # 0.999 is usual; another model, or a broken one, stays below 0.95


def check_known(embedder: Embedder, *, recipe: str) -> dict[str, float]:
    """How near the embedder's vectors are to the recorded ones; `ModelProblem` if too far."""
    record = _read()
    if record["embedder"] != recipe:
        raise ModelProblem("not_recorded")
    wanted = _unpacked(record["vectors"])
    near = (embedder.embed(SENTENCES) * wanted).sum(axis=1)
    told = {text: round(float(one), 4) for text, one in zip(SENTENCES, near, strict=True)}
    # Written so that a vector of "not a number" does not pass.
    if not all(one >= NEAREST for one in told.values()):
        raise ModelProblem("wrong_vectors", str(min(told.values())))
    return told


def record_known(vectors: NDArray[float32], *, recipe: str) -> None:
    """Record the vectors of the sentences for this recipe."""
    packed = base64.b64encode(vectors.astype("<f2").tobytes()).decode()
    record = {"embedder": recipe, "vectors": packed}
    RECORD.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def _read() -> dict[str, str]:
    if not RECORD.exists():
        raise ModelProblem("not_recorded")
    return dict(json.loads(RECORD.read_text(encoding="utf-8")))


def _unpacked(packed: str) -> NDArray[float32]:
    import numpy as np

    numbers = np.frombuffer(base64.b64decode(packed), "<f2").astype(np.float32)
    vectors = numbers.reshape(len(SENTENCES), -1)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
