"""Vectors from outside: any address that speaks OpenAI's `/v1/embeddings`.

Off unless the operator turns it on, for texts then leave this server. Only hosts on the operator's
list are spoken to, over HTTPS, and nowhere a redirect may lead. When the address does not answer
three times in a row it is left alone for a minute, so that nobody waits for it again and again.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from loype.search.embedding.protocol import EmbeddingUnavailable

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

BATCH = 16
SECONDS = 5.0
LARGEST_ANSWER = 32_000_000  # bytes
MOST_FAILURES = 3
REST_SECONDS = 60.0


@dataclass(frozen=True)
class Provider:
    """Where to ask for vectors, and what for."""

    address: str
    hosts: frozenset[str]
    model: str
    dimensions: int
    key: str = ""
    seconds: float = SECONDS

    @property
    def host(self) -> str:
        """The host name in the address."""
        try:
            return (urlsplit(self.address).hostname or "").lower()
        except ValueError:
            return ""

    def problem(self) -> Any:
        """What is wrong with these settings, in one sentence; nothing if they can be used."""
        parts = urlsplit(self.address) if self.host else None
        if parts is None or parts.scheme not in ("http", "https") or parts.username:
            return _(
                "LOYPE_EMBEDDING_ADDRESS is not a web address: write it as https://HOST/v1, "
                "without name or password."
            )
        if self.host not in self.hosts:
            return format_lazy(
                _(
                    "Texts may not be sent to {host}: add it to LOYPE_EMBEDDING_HOSTS, "
                    "or correct LOYPE_EMBEDDING_ADDRESS."
                ),
                host=self.host,
            )
        if parts.scheme == "http" and not is_this_machine(self.host):
            return _("LOYPE_EMBEDDING_ADDRESS must begin with https://, for texts are sent there.")
        if not self.model or self.dimensions < 1:
            return _(
                "Set LOYPE_EMBEDDING_MODEL and LOYPE_EMBEDDING_DIMENSIONS: which model to ask for, "
                "and how long its vectors are."
            )
        return None


def is_this_machine(host: str) -> bool:
    """True for localhost and the addresses of the loopback."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Breaker:
    """Says when to leave an address alone: after failures in a row, for a while."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0
        self.problem: Any = None

    @property
    def is_open(self) -> bool:
        """True while the address is left alone."""
        return self._clock() < self._until

    def failed(self, problem: Any) -> None:
        """Count a failure. After the rest a single one is enough for the next rest."""
        with self._lock:
            self._failures += 1
            self.problem = problem
            if self._failures >= MOST_FAILURES:
                self._until = self._clock() + REST_SECONDS

    def worked(self) -> None:
        """Forget the failures."""
        with self._lock:
            self._failures, self._until, self.problem = 0, 0.0, None


class OutsideEmbedder:
    """Asks the provider for vectors."""

    def __init__(self, provider: Provider, *, breaker: Breaker | None = None) -> None:
        self.provider = provider
        self.breaker = breaker or Breaker()
        self.dimensions = provider.dimensions
        told = f"{provider.address} {provider.model} {provider.dimensions}"
        name = re.sub(r"[^A-Za-z0-9.-]+", "-", provider.model)[:40]
        self.id = f"outside-{name}-{hashlib.sha256(told.encode()).hexdigest()[:10]}"

    def embed(self, texts: Sequence[str]) -> NDArray[float32]:
        """One vector of unit length a text, shape (texts, dimensions)."""
        import numpy as np

        if problem := self.provider.problem():
            raise EmbeddingUnavailable(problem)
        parts = [self._ask(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
        return np.concatenate([np.zeros((0, self.dimensions), np.float32), *parts])

    def _ask(self, texts: Sequence[str]) -> NDArray[float32]:
        if self.breaker.is_open:
            raise EmbeddingUnavailable(self.breaker.problem)
        try:
            vectors = self._vectors(self._answer(texts), count=len(texts))
        except EmbeddingUnavailable as problem:
            self.breaker.failed(problem.message)
            raise
        self.breaker.worked()
        return vectors

    def _answer(self, texts: Sequence[str]) -> bytes:
        request = urllib.request.Request(  # noqa: S310 - http and https only, looked at before
            f"{self.provider.address.rstrip('/')}/embeddings",
            data=json.dumps({"model": self.provider.model, "input": list(texts)}).encode(),
            headers={"Content-Type": "application/json", "User-Agent": "loype"} | self._key(),
        )
        try:
            with self._opener().open(request, timeout=self.provider.seconds) as answer:
                return _read_in_time(answer, seconds=self.provider.seconds)
        except urllib.error.HTTPError as error:
            with error:
                raise EmbeddingUnavailable(self._refused(error.code)) from error
        except (OSError, HTTPException) as error:
            raise EmbeddingUnavailable(self._say(SILENT)) from error

    def _key(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.provider.key}"} if self.provider.key else {}

    def _opener(self) -> urllib.request.OpenerDirector:
        # The way out that the system names is taken, but never to reach this machine itself.
        own = is_this_machine(self.provider.host)
        proxies = urllib.request.ProxyHandler({} if own else None)
        return urllib.request.build_opener(proxies, NoRedirect)

    def _vectors(self, answer: bytes, *, count: int) -> NDArray[float32]:
        import numpy as np

        try:
            rows = sorted(json.loads(answer)["data"], key=lambda row: row["index"])
            vectors = np.array([row["embedding"] for row in rows], np.float32)
        except (ValueError, KeyError, TypeError) as error:
            raise EmbeddingUnavailable(self._say(NONSENSE)) from error
        if vectors.ndim != 2 or len(vectors) != count or not np.isfinite(vectors).all():
            raise EmbeddingUnavailable(self._say(NONSENSE))
        if vectors.shape[1] != self.dimensions:
            raise EmbeddingUnavailable(self._say(WRONG_LENGTH, found=vectors.shape[1]))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not lengths.all():
            raise EmbeddingUnavailable(self._say(NONSENSE))
        return np.asarray(vectors / lengths, np.float32)

    def _refused(self, status: int) -> Any:
        return self._say(WRONG_KEY if status in (401, 403) else REFUSED, status=status)

    def _say(self, sentence: Any, **details: object) -> Any:
        return format_lazy(sentence, host=self.provider.host, wanted=self.dimensions, **details)


SILENT = _(
    "{host}, which makes the vectors for search, does not answer; search goes by words alone."
)
WRONG_KEY = _(
    "{host}, which makes the vectors for search, refuses the key ({status}): "
    "correct LOYPE_EMBEDDING_KEY."
)
REFUSED = _(
    "{host}, which makes the vectors for search, refuses to answer ({status}); "
    "search goes by words alone."
)
NONSENSE = _(
    "{host} answers, but not with vectors: look at LOYPE_EMBEDDING_ADDRESS and "
    "LOYPE_EMBEDDING_MODEL."
)
WRONG_LENGTH = _(
    "{host} gives vectors of {found} numbers, not {wanted}: correct LOYPE_EMBEDDING_DIMENSIONS."
)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Nobody else gets the texts or the key."""

    def redirect_request(self, *_args: object, **_more: object) -> None:
        """Take the answer as it is: a refusal."""


def _read_in_time(answer: Any, *, seconds: float) -> bytes:
    """The whole answer; an `OSError` where it drips too slowly or is too large."""
    deadline, parts, size = time.monotonic() + seconds, [], 0
    while part := answer.read1(65_536):
        parts.append(part)
        size += len(part)
        if time.monotonic() > deadline or size > LARGEST_ANSWER:
            raise OSError("The answer takes too long.")
    return b"".join(parts)
