"""Vectors for texts: which embedder is in use, and whether it works.

Search asks `current_embedder()` and goes by words alone where there is none, or where it raises
`EmbeddingUnavailable`. Nothing here is loaded before the first text is embedded.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from loype.search.embedding.build import last_failure
from loype.search.embedding.builtin import BuiltinEmbedder
from loype.search.embedding.chunks import chunks
from loype.search.embedding.manifest import read_manifest
from loype.search.embedding.outside import OutsideEmbedder, Provider
from loype.search.embedding.problems import ModelProblem
from loype.search.embedding.protocol import Embedder, EmbeddingUnavailable
from loype.search.embedding.recipe import current_recipe, model_folder, weights_file

__all__ = [
    "Embedder",
    "EmbedderState",
    "EmbeddingUnavailable",
    "chunks",
    "current_embedder",
    "embedder_state",
]


@dataclass(frozen=True)
class EmbedderState:
    """Whether vectors can be made, by which embedder, and what is wrong if not."""

    is_ready: bool
    name: str
    problem: Any = ""


def current_embedder() -> Embedder | None:
    """The embedder in use; none where it is switched off, not built or not whole. Never raises."""
    try:
        return _chosen()
    except EmbeddingUnavailable:
        return None


def embedder_state() -> EmbedderState:
    """What the status page says about the embedder."""
    if settings.LOYPE_EMBEDDING_PROVIDER == "none":
        return EmbedderState(False, "", _("Search goes by words alone, as the settings say."))
    try:
        embedder = _chosen()
    except EmbeddingUnavailable as problem:
        return EmbedderState(False, _name(), problem.message)
    if isinstance(embedder, OutsideEmbedder) and embedder.breaker.problem:
        return EmbedderState(False, embedder.id, embedder.breaker.problem)
    return EmbedderState(True, embedder.id if embedder else "")


def _chosen() -> BuiltinEmbedder | OutsideEmbedder | None:
    provider = settings.LOYPE_EMBEDDING_PROVIDER
    if provider == "none":
        return None
    return _outside() if provider == "openai" else _builtin()


def _name() -> str:
    """What the embedder would be called if it worked."""
    if settings.LOYPE_EMBEDDING_PROVIDER == "openai":
        return OutsideEmbedder(_provider()).id
    return current_recipe().embedder


def _outside() -> OutsideEmbedder:
    embedder = _outside_for(_provider())
    if problem := embedder.provider.problem():
        raise EmbeddingUnavailable(problem)
    return embedder


def _provider() -> Provider:
    hosts = (host.strip().lower() for host in settings.LOYPE_EMBEDDING_HOSTS.split(","))
    return Provider(
        address=settings.LOYPE_EMBEDDING_ADDRESS,
        hosts=frozenset(host for host in hosts if host),
        model=settings.LOYPE_EMBEDDING_MODEL,
        dimensions=settings.LOYPE_EMBEDDING_DIMENSIONS,
        key=settings.LOYPE_EMBEDDING_KEY,
    )


def _builtin() -> BuiltinEmbedder:
    folder = model_folder(current_recipe())
    try:
        manifest = read_manifest(folder)
    except ModelProblem as problem:
        raise _why_not(problem) from problem
    # Asked for by its files' hashes, so that a model that was built anew is loaded anew.
    embedder = _loaded_once(folder, tuple(sorted(manifest.files.items())))
    if embedder.problem:
        raise embedder.problem
    return embedder


@lru_cache(maxsize=2)
def _loaded_once(folder: Path, _files: object) -> BuiltinEmbedder:
    return BuiltinEmbedder(folder, read_manifest(folder))


@lru_cache(maxsize=2)
def _outside_for(provider: Provider) -> OutsideEmbedder:
    return OutsideEmbedder(provider)


def _why_not(problem: ModelProblem) -> ModelProblem:
    """Why there is no whole model: the last build failed, or there was nothing to build it of."""
    if failure := last_failure(current_recipe()):
        return failure
    if problem.kind == "not_built" and weights_file() is None:
        return ModelProblem("no_weights")
    return problem
