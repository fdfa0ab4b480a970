"""Builds the built-in model from the weights, the kept pieces and the adapter.

Whole or not at all: everything is made and checked in a folder beside, which then takes its name.
Two builds at once do not meet; the second waits, and finds the work done.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from loype.search.embedding.adapter import Taught, WrongAdapter
from loype.search.embedding.builtin import BuiltinEmbedder
from loype.search.embedding.graph import draw
from loype.search.embedding.known import check_known
from loype.search.embedding.manifest import MODEL, TOKENIZER, Manifest, hash_of, read_manifest
from loype.search.embedding.pieces import kept_pieces, make_tokenizer
from loype.search.embedding.problems import ModelProblem
from loype.search.embedding.recipe import (
    ADAPTER,
    Recipe,
    current_recipe,
    model_folder,
    search_folder,
    weights_file,
)
from loype.search.embedding.weights import Weights, WrongWeights, read_weights

logger = logging.getLogger(__name__)

FAILED = "build-failed.json"
UNKNOWN = 3  # the first four pieces are always kept: begin, filling, end, unknown

Say = Callable[[str], None]
Pieces = list[tuple[str, float]]


def build_model(
    *,
    say: Say = lambda _line: None,
    is_forced: bool = False,
    adapter: Path = ADAPTER,
) -> Path:
    """Build the model unless it is there and whole; its folder. `ModelProblem` says why not."""
    recipe = current_recipe(adapter)
    folder = model_folder(recipe)
    with _only_one(), _told_later(recipe):
        if not is_forced and is_whole(folder):
            return folder
        if weights_file() is None:
            raise ModelProblem("no_weights")
        say("Reading the weights and checking their hash")
        taught, pieces = _ingredients(adapter)
        with _beside(folder) as made:
            say("Writing the model")
            _write(made, taught, pieces)
            manifest = _manifest(made, recipe, dimensions=taught.sizes.hidden)
            say("Checking its vectors against the known ones")
            known = check_known(BuiltinEmbedder(made, manifest), recipe=recipe.embedder)
            replace(manifest, known=known).write(made)
        if adapter == ADAPTER:  # a trial does not take away what is in use
            _clear_away_others(folder)
    return folder


def is_whole(folder: Path) -> bool:
    """True if a model lies there and is as it was built."""
    try:
        read_manifest(folder)
    except ModelProblem:
        return False
    return True


def last_failure(recipe: Recipe) -> ModelProblem | None:
    """Why the last build of this recipe failed, if it did."""
    try:
        told = json.loads((search_folder() / FAILED).read_text(encoding="utf-8"))
        is_same = told["recipe"] == recipe.hash
        return ModelProblem(told["kind"], told["detail"]) if is_same else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _ingredients(adapter: Path) -> tuple[Taught, Pieces]:
    path = weights_file()
    if path is None:
        raise ModelProblem("no_weights")
    try:
        weights: Weights = read_weights(path)
    except WrongWeights as wrong:
        raise ModelProblem("wrong_weights", str(path)) from wrong
    try:
        return Taught(weights, adapter), [weights.pieces[one] for one in kept_pieces()]
    except WrongAdapter as wrong:
        raise ModelProblem("wrong_adapter", str(wrong)) from wrong


def _write(folder: Path, taught: Taught, pieces: Pieces, *, is_small: bool = True) -> None:
    """The graph and the tokenizer of a model."""
    width = taught.sizes.hidden
    words = taught.rows("emb.word", width=width, chosen=kept_pieces())
    try:
        (folder / MODEL).write_bytes(draw(taught, words=words, is_small=is_small))
    except WrongAdapter as wrong:
        raise ModelProblem("wrong_adapter", str(wrong)) from wrong
    make_tokenizer(pieces, unknown=UNKNOWN).save(str(folder / TOKENIZER), pretty=False)


def write_large(folder: Path, *, adapter: Path = ADAPTER) -> BuiltinEmbedder:
    """The same model with its numbers left large, to compare with; not for use."""
    taught, pieces = _ingredients(adapter)
    _write(folder, taught, pieces, is_small=False)
    recipe = current_recipe(adapter)
    return BuiltinEmbedder(folder, _manifest(folder, recipe, dimensions=taught.sizes.hidden))


def _manifest(folder: Path, recipe: Recipe, *, dimensions: int) -> Manifest:
    return Manifest(
        embedder=recipe.embedder,
        dimensions=dimensions,
        files={name: hash_of(folder / name) for name in (MODEL, TOKENIZER)},
        weights=recipe.weights,
        vocabulary=recipe.vocabulary,
        adapter=recipe.adapter,
        known={},
    )


# --- whole or not at all -----------------------------------------------------------------------


@contextmanager
def _only_one() -> Iterator[None]:
    """Wait for another build on this machine to end."""
    home = search_folder()
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = (home / "build.lock").open("a")
    except OSError as error:
        raise ModelProblem("failed", f"{home}: {error.strerror}") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _told_later(recipe: Recipe) -> Iterator[None]:
    """Keep why a build failed for the status page, which another process shows."""
    note = search_folder() / FAILED
    try:
        yield
    except ModelProblem as problem:
        _note(note, problem, recipe)
        raise
    # A library, the disk or the memory: whatever it is, it is told and nothing else stops.
    except Exception as error:
        logger.exception("The language model could not be built")
        failure = ModelProblem("failed", str(error).partition("\n")[0] or type(error).__name__)
        _note(note, failure, recipe)
        raise failure from error
    note.unlink(missing_ok=True)


def _note(note: Path, problem: ModelProblem, recipe: Recipe) -> None:
    if problem.kind == "no_weights":
        return  # that is seen by looking
    told = {"recipe": recipe.hash, "kind": problem.kind, "detail": problem.detail}
    with contextlib.suppress(OSError):  # on a full disk it is told at least where it was built
        note.write_text(json.dumps(told), encoding="utf-8")


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A folder to work in that takes the place of the other when all went well."""
    made = Path(tempfile.mkdtemp(prefix="building-", dir=folder.parent))
    try:
        yield made
        made.chmod(0o755)  # the account that serves may be another than the one that builds
        if folder.exists():
            folder.rename(made.with_name(f"{made.name}-old"))
        made.rename(folder)
    finally:
        for left in folder.parent.glob(f"{made.name}*"):
            shutil.rmtree(left, ignore_errors=True)


def _clear_away_others(folder: Path) -> None:
    """Models of other recipes, and what a build that was killed left behind."""
    for pattern in ("model-*", "building-*"):
        for other in folder.parent.glob(pattern):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)
