"""The built-in embedder: what its vectors are like, and what it says when it cannot make any."""

from __future__ import annotations

import json
import multiprocessing
import shutil
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from loype.search.embedding import (
    Embedder,
    EmbeddingUnavailable,
    builtin,
    current_embedder,
    embedder_state,
)
from loype.search.embedding.build import build_model
from loype.search.embedding.builtin import BATCH, MOST_AT_ONCE, BuiltinEmbedder, batches
from loype.search.embedding.manifest import hash_of

pytestmark = pytest.mark.model

DANISH = "Borgerne skal kunne følge deres byggesag på nettet."
SWEDISH = "Invånarna ska kunna följa sitt bygglov på webben."
ENGLISH = "Sensors in the bins tell the lorry where to go."


@pytest.fixture(scope="module")
def model() -> Path:
    """The project's own model, built where it is missing."""
    return build_model()


@pytest.fixture
def embedder(model: Path) -> Embedder:
    """The embedder in use."""
    found = current_embedder()
    assert found is not None
    return found


@pytest.fixture
def own_model(model: Path, settings: Any, tmp_path: Path) -> Path:
    """A copy of the model that a test may damage."""
    settings.VAR = tmp_path
    return Path(shutil.copytree(model, tmp_path / "search" / model.name))


# --- vectors -----------------------------------------------------------------------------------


def test_it_gives_each_text_a_vector_of_unit_length(embedder: Embedder) -> None:
    vectors = embedder.embed([DANISH, "", "x" * 5000, "☃\u0000\u00ad"])
    assert vectors.shape == (4, embedder.dimensions) == (4, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert embedder.embed([]).shape == (0, 384)


def test_it_puts_the_same_need_in_two_languages_near_each_other(embedder: Embedder) -> None:
    danish, swedish, english = embedder.embed([DANISH, SWEDISH, ENGLISH])
    assert danish @ swedish > 0.9 > danish @ english + 0.05


def test_it_gives_a_text_the_same_vector_in_whatever_company(embedder: Embedder) -> None:
    texts = [f"{DANISH} {'og så videre ' * (place % 9)}{place}" for place in range(40)]
    together = embedder.embed(texts)
    alone = np.concatenate([embedder.embed([text]) for text in texts])
    assert np.abs(together - alone).max() < 1e-3


def test_it_does_not_see_what_people_do_not_see(embedder: Embedder) -> None:
    plain, hidden = embedder.embed(["velfærdsteknologi", " velfærds\u00adtekno\u200blogi\n"])
    assert plain @ hidden > 0.9999


def test_it_bounds_what_a_batch_takes() -> None:
    lengths = [5] * 40 + [128] * 9 + [3]
    found = list(batches(lengths))
    assert sorted(place for batch in found for place in batch) == list(range(50))
    for batch in found:
        assert len(batch) <= BATCH
        assert len(batch) * max(lengths[place] for place in batch) <= MOST_AT_ONCE


def embed_in_child(embedder: Embedder, wanted: Any) -> None:
    assert np.allclose(embedder.embed([DANISH])[0], wanted, atol=1e-4)


def test_it_works_after_the_process_has_forked(embedder: Embedder) -> None:
    wanted = embedder.embed([DANISH])[0]
    child = multiprocessing.get_context("fork").Process(
        target=embed_in_child, args=(embedder, wanted)
    )
    child.start()
    child.join(60)
    assert child.exitcode == 0


def test_it_serves_many_threads(embedder: Embedder) -> None:
    wanted = embedder.embed([DANISH])[0]
    found: list[Any] = []
    threads = [
        threading.Thread(target=lambda: found.append(embedder.embed([DANISH])[0])) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == 8
    assert all(np.allclose(one, wanted, atol=1e-4) for one in found)


def test_it_says_when_it_has_too_much_to_do(
    embedder: BuiltinEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builtin, "LONGEST_WAIT", 0.05)
    engine = embedder._loaded()
    with engine.turns, engine.turns, pytest.raises(EmbeddingUnavailable, match="too much to do"):
        embedder.embed([DANISH])
    assert embedder.embed([DANISH]).shape == (1, 384)


# --- what may be wrong -------------------------------------------------------------------------


def told() -> str:
    """What the status says, when there is no embedder."""
    assert current_embedder() is None
    state = embedder_state()
    assert not state.is_ready
    return str(state.problem)


def test_it_is_ready(embedder: Embedder) -> None:
    state = embedder_state()
    assert (state.is_ready, state.name, state.problem) == (True, embedder.id, "")


def test_it_is_one_embedder_however_often_it_is_asked_for(embedder: Embedder) -> None:
    assert current_embedder() is embedder


def test_it_says_that_the_model_was_never_fetched(settings: Any, tmp_path: Path) -> None:
    settings.VAR = settings.BASE = tmp_path
    assert "run tools/install.sh" in told()


def test_it_says_that_the_model_was_never_built(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    assert "not built yet" in told()


def test_it_says_that_the_settings_want_none(settings: Any) -> None:
    settings.LOYPE_EMBEDDING_PROVIDER = "none"
    assert "as the settings say" in told()


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "manifest.json"])
def test_it_says_that_a_file_is_damaged_or_missing(own_model: Path, name: str) -> None:
    assert current_embedder() is not None
    whole = (own_model / name).read_bytes()
    (own_model / name).write_bytes(whole[:-9] + b"otherwise")
    assert "damaged" in told()
    (own_model / name).unlink()
    assert "damaged" in told()
    (own_model / name).write_bytes(whole)
    assert current_embedder() is not None


@pytest.mark.parametrize("text", ["[]", "{}", '{"embedder": "x"}', '{"files": 3}'])
def test_it_says_that_the_manifest_is_nonsense(own_model: Path, text: str) -> None:
    (own_model / "manifest.json").write_text(text)
    assert "damaged" in told()


def test_it_says_that_the_model_cannot_be_loaded(own_model: Path) -> None:
    manifest = json.loads((own_model / "manifest.json").read_text())
    (own_model / "model.onnx").write_bytes(b"not a model")
    manifest["files"]["model.onnx"] = hash_of(own_model / "model.onnx")
    (own_model / "manifest.json").write_text(json.dumps(manifest))
    embedder = current_embedder()
    assert embedder is not None
    with pytest.raises(EmbeddingUnavailable, match="could not be loaded"):
        embedder.embed([DANISH])
    assert "could not be loaded" in told()
