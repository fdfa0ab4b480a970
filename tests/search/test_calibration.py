"""Calibration: what is common to a language goes, and likeness is learnt from our sentences."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from loype.search.analysis.frequency import is_common, rarest_first, shares
from loype.search.calibration.fitting import fit_head, logistic, pairs_of
from loype.search.calibration.reading import (
    Calibration,
    calibration_of,
    plain_name,
    read,
    shipped_file,
    write,
)
from loype.search.calibration.sentences import RESTATED, held_out, sentences
from loype.search.embedding.recipe import current_recipe
from loype.search.language import LANGUAGES

WEIGHTS = {"short_words": 4.0, "long_words": 8.0, "same": 0.9}


def small(**changes: object) -> Calibration:
    """A calibration of eight numbers a text, with a shift of its own for each language."""
    shifts = np.eye(5, 8, dtype=np.float32) * 3
    parts: dict[str, object] = {
        "name": "small",
        "short_means": shifts,
        "long_means": shifts * 2,
        "head": np.eye(8, dtype=np.float32),
        "background": np.eye(8, dtype=np.float32)[[0] * 12],
        "weights": WEIGHTS,
    }
    return Calibration(**(parts | changes))  # type: ignore[arg-type]


def test_it_takes_away_what_is_common_to_a_language() -> None:
    topic = np.array([0, 0, 0, 0, 0, 1, 0.5, 0], dtype=np.float32)
    shifts = small().long_means
    raw = np.stack([topic + shift for shift in shifts])
    spoken = [{language: 1.0} for language in LANGUAGES]
    found = small().comparable(raw, languages=spoken, words=[20] * 5)
    assert np.allclose(found @ found.T, 1.0, atol=1e-5)


def test_it_takes_less_from_a_title_than_from_a_text() -> None:
    raw = np.stack([small().short_means[0] + 1, small().long_means[0] + 1])
    found = small().comparable(raw, languages=[{"da": 1.0}] * 2, words=[2, 30])
    assert np.allclose(found[0], found[1], atol=1e-5)


def test_it_mixes_means_where_the_language_is_not_sure() -> None:
    between = (small().long_means[0] + small().long_means[1]) / 2
    raw = np.stack([between + 1])
    found = small().comparable(raw, languages=[{"da": 0.5, "nb": 0.5}], words=[30])
    assert np.allclose(found, np.full((1, 8), 1 / np.sqrt(8)), atol=1e-5)


def test_it_sees_who_stands_in_a_crowd() -> None:
    vectors = np.eye(8, dtype=np.float32)[:2]
    assert small().crowding(vectors).tolist() == [1.0, 0.0]


def test_it_reads_what_it_wrote(tmp_path: Path) -> None:
    file = tmp_path / "kept" / "small.npz"
    write(small(), file)
    again = read(file)
    assert again.weights == WEIGHTS
    assert np.allclose(again.long_means, small().long_means)
    assert [one.name for one in file.parent.iterdir()] == ["small.npz"]


def test_it_ships_a_calibration_for_the_embedder_that_ships() -> None:
    embedder = current_recipe().embedder
    assert shipped_file(embedder).exists()
    found = calibration_of(embedder)
    assert found is not None
    assert found.head.shape == (384, 256)
    assert 0 < found.weights["related"] < found.weights["similar"] < found.weights["same"] < 1


def test_it_names_files_without_harm() -> None:
    assert plain_name("../outside/model:1") == "..-outside-model-1"


def test_it_finds_the_curve_that_made_the_labels() -> None:
    draw = np.random.default_rng(3)
    features = draw.normal(size=(4000, 3))
    true = np.array([2.0, -1.0, 0.0, 0.5])
    likely = 1 / (1 + np.exp(-(features @ true[:3] + true[3])))
    labels = (draw.random(4000) < likely).astype(float)
    assert np.allclose(logistic(features, labels, np.ones(4000)), true, atol=0.2)


def test_it_counts_a_pair_for_as_many_as_it_stands_for() -> None:
    features = np.array([[1.0], [-1.0], [1.0], [-1.0]])
    labels = np.array([1.0, 0.0, 0.0, 1.0])
    once = logistic(features, labels, np.array([3.0, 3.0, 1.0, 1.0]))
    rows = [0, 0, 0, 1, 1, 1, 2, 3]
    assert np.allclose(once, logistic(features[rows], labels[rows], np.ones(8)), atol=1e-6)


def test_it_damps_what_differs_within_a_need() -> None:
    ours = [one for one in sentences() if one.file != RESTATED and one.is_same][:300]
    groups = sorted({one.group for one in ours})
    draw = np.random.default_rng(4)
    topics = {group: draw.normal(size=20) for group in groups}
    noise = np.zeros((len(ours), 20))
    noise[:, 0] = draw.normal(size=len(ours)) * 8  # one direction that tells nothing
    left = np.array([topics[one.group] for one in ours]) + noise
    head = fit_head(left.astype(np.float32), ours)
    lengths = np.linalg.norm(head, axis=1)
    assert lengths[0] < 0.6 * lengths[1:].mean()


def test_it_learns_likeness_from_the_restated_needs_alone() -> None:
    ours = sentences()
    vectors = np.random.default_rng(5).normal(size=(len(ours), 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    none = np.zeros(len(ours), dtype=np.float32)
    features, labels, counts = pairs_of(vectors, ours, crowding=none)
    restated = [one for one in ours if one.file == RESTATED]
    true = sum(one.is_same for one in restated) * 4
    assert features.shape == (len(labels), 3)
    assert labels.sum() == true
    assert counts.sum() == pytest.approx(len(restated) * (len(restated) - 1))


def test_each_need_is_told_in_five_languages_and_has_its_traps() -> None:
    same = Counter((one.group, one.language) for one in sentences() if one.is_same)
    groups = {one.group for one in sentences()}
    assert set(same.values()) == {1}
    assert len(same) == 5 * len(groups)
    assert len(groups) >= 400
    assert all(one.title and one.text for one in sentences())


def test_what_was_held_out_is_of_ours() -> None:
    assert held_out() < {one.group for one in sentences() if one.file != RESTATED}
    assert len(held_out()) >= 70


def test_it_knows_common_words_from_our_sentences() -> None:
    assert is_common("og")
    assert is_common("och")
    assert not is_common("fergekai")
    assert all(0 < share <= 1 for share in shares().values())
    assert rarest_first(["og", "fergekai"]) == ["fergekai", "og"]
