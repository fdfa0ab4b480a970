"""Vectors from an address outside: asked for politely, never waited for, never by accident."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest

from loype.search.embedding import EmbeddingUnavailable, current_embedder, embedder_state
from loype.search.embedding.outside import REST_SECONDS, Breaker, OutsideEmbedder, Provider


@dataclass
class Service:
    """A local service that speaks `/v1/embeddings`, and behaves as told."""

    address: str = ""
    dimensions: int = 4
    status: int = 200
    wait: float = 0.0
    drip: float = 0.0
    body: bytes | None = None
    location: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, texts: list[str]) -> bytes:
        """Vectors that tell which text they belong to, in the wrong order, as is allowed."""
        if self.body is not None:
            return self.body
        rows = [
            {"index": place, "embedding": [float(len(text)), *[0.0] * (self.dimensions - 2), 1.0]}
            for place, text in enumerate(texts)
        ]
        return json.dumps({"object": "list", "data": rows[::-1]}).encode()


@pytest.fixture
def service() -> Iterator[Service]:
    """The service, listening on this machine."""
    told = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.asked.append({"path": self.path, "key": self.headers["Authorization"], **body})
            time.sleep(told.wait)
            answer = told.answer(body["input"])
            self.send_response(told.status)
            if told.location:
                self.send_header("Location", told.location)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.drip_out(answer) if told.drip else self.wfile.write(answer)

        def drip_out(self, answer: bytes) -> None:
            for sign in answer:
                time.sleep(told.drip)
                try:
                    self.wfile.write(bytes([sign]))
                except OSError:
                    return

        def do_GET(self) -> None:
            told.asked.append({"path": self.path})
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.address = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield told
    server.shutdown()
    server.server_close()
    thread.join(10)


@dataclass
class Clock:
    """A clock that a test moves."""

    at: float = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    """The breaker's clock."""
    return Clock()


@pytest.fixture
def embedder(service: Service, clock: Clock) -> OutsideEmbedder:
    """An embedder that asks the service and soon gives up."""
    provider = Provider(
        address=service.address,
        hosts=frozenset({"127.0.0.1"}),
        model="nordic-embed/1",
        dimensions=4,
        key="secret-key",
        seconds=0.5,
    )
    return OutsideEmbedder(provider, breaker=Breaker(clock))


def test_it_gives_unit_vectors_in_the_order_of_the_texts(
    embedder: OutsideEmbedder, service: Service
) -> None:
    texts = ["x" * count for count in range(1, 41)]
    vectors = embedder.embed(texts)
    assert vectors.shape == (40, 4)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.allclose(vectors[:, 0] / vectors[:, 3], range(1, 41), rtol=1e-4)
    assert [len(one["input"]) for one in service.asked] == [16, 16, 8]
    first = service.asked[0]
    assert (first["path"], first["key"]) == ("/v1/embeddings", "Bearer secret-key")
    assert first["model"] == "nordic-embed/1"
    assert first["input"][:2] == ["x", "xx"]


def test_it_asks_nobody_about_nothing(embedder: OutsideEmbedder, service: Service) -> None:
    assert embedder.embed([]).shape == (0, 4)
    assert service.asked == []


def test_it_sends_no_key_where_there_is_none(embedder: OutsideEmbedder, service: Service) -> None:
    OutsideEmbedder(replace(embedder.provider, key="")).embed(["x"])
    assert service.asked[0]["key"] is None


def test_it_has_an_id_that_tells_what_makes_the_vectors(embedder: OutsideEmbedder) -> None:
    long = OutsideEmbedder(replace(embedder.provider, model="m" * 200))
    other = OutsideEmbedder(replace(embedder.provider, dimensions=8))
    assert embedder.id.startswith("outside-nordic-embed-1-")
    assert len(long.id) <= 60
    assert len({embedder.id, long.id, other.id}) == 3
    assert OutsideEmbedder(replace(embedder.provider, key="new")).id == embedder.id


# --- what may go wrong -------------------------------------------------------------------------


def refusal(embedder: OutsideEmbedder) -> str:
    with pytest.raises(EmbeddingUnavailable) as refused:
        embedder.embed(["x"])
    return str(refused.value)


@pytest.mark.parametrize("slow", [{"wait": 5.0}, {"drip": 0.1}])
def test_it_does_not_wait_for_long(
    embedder: OutsideEmbedder, service: Service, slow: dict[str, float]
) -> None:
    vars(service).update(slow)
    began = time.monotonic()
    assert "127.0.0.1, which makes the vectors for search, does not answer" in refusal(embedder)
    assert time.monotonic() - began < 2
    vars(service).update(wait=0.0, drip=0.0)


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "correct LOYPE_EMBEDDING_KEY"), (403, "refuses the key"), (429, r"answer (429)"),
     (500, r"answer (500)")],
)  # fmt: skip
def test_it_says_why_it_was_refused(
    embedder: OutsideEmbedder, service: Service, status: int, words: str
) -> None:
    service.status = status
    assert words in refusal(embedder)


@pytest.mark.parametrize(
    "body",
    [b"<html>", b"[]", b'{"data": []}', b'{"data": [{"index": 0}]}', b'{"data": 3}',
     b'{"data": [{"index": 0, "embedding": [0, 0, 0, 0]}]}',
     b'{"data": [{"index": 0, "embedding": [1, NaN, 0, 0]}]}',
     b'{"data": [{"index": 0, "embedding": "AAAA"}]}'],
)  # fmt: skip
def test_it_takes_no_nonsense_for_vectors(
    embedder: OutsideEmbedder, service: Service, body: bytes
) -> None:
    service.body = body
    assert "answers, but not with vectors" in refusal(embedder)


def test_it_refuses_vectors_of_another_length(embedder: OutsideEmbedder, service: Service) -> None:
    service.dimensions = 5
    assert "vectors of 5 numbers, not 4" in refusal(embedder)


def test_it_follows_no_redirect(embedder: OutsideEmbedder, service: Service) -> None:
    service.status, service.location = 302, f"{service.address}/elsewhere"
    assert "refuses to answer (302)" in refusal(embedder)
    assert [one["path"] for one in service.asked] == ["/v1/embeddings"]


def test_it_leaves_the_address_alone_after_three_failures(
    embedder: OutsideEmbedder, service: Service, clock: Clock
) -> None:
    service.status = 500
    words = [refusal(embedder) for _ in range(5)]
    assert len(service.asked) == 3
    assert len(set(words)) == 1
    clock.at += REST_SECONDS + 1
    refusal(embedder)
    refusal(embedder)
    assert len(service.asked) == 4  # one try, and the rest begins again
    clock.at += REST_SECONDS + 1
    service.status = 200
    embedder.embed(["x"])
    service.status = 500
    refusal(embedder)
    refusal(embedder)
    assert len(service.asked) == 7  # all failures before are forgotten


def test_it_says_that_nobody_listens(embedder: OutsideEmbedder) -> None:
    gone = replace(embedder.provider, address="http://127.0.0.1:9/v1")
    assert "does not answer" in refusal(OutsideEmbedder(gone))


@pytest.mark.parametrize(
    ("address", "hosts", "words"),
    [
        ("https://elsewhere.example/v1", {"here.example"}, "may not be sent to elsewhere.example"),
        ("https://here.example.evil/v1", {"here.example"}, "may not be sent to here.example.evil"),
        ("http://here.example/v1", {"here.example"}, "must begin with https://"),
        ("http://127.0.0.1.example/v1", {"127.0.0.1.example"}, "must begin with https://"),
        ("ftp://here.example/v1", {"here.example"}, "is not a web address"),
        ("https://name:word@here.example/v1", {"here.example"}, "is not a web address"),
        ("file:///etc/passwd", {""}, "is not a web address"),
        ("https://[here/v1", {"here.example"}, "is not a web address"),
        ("", set(), "is not a web address"),
    ],
)
def test_it_sends_texts_only_where_the_operator_lets_it(
    settings: Any, address: str, hosts: set[str], words: str
) -> None:
    choose(settings, address=address, hosts=",".join(hosts))
    assert current_embedder() is None
    state = embedder_state()
    assert not state.is_ready
    assert words in str(state.problem)
    provider = Provider(address=address, hosts=frozenset(hosts), model="m", dimensions=4)
    assert words in refusal(OutsideEmbedder(provider))


def choose(settings: Any, *, address: str, hosts: str) -> None:
    settings.LOYPE_EMBEDDING_PROVIDER = "openai"
    settings.LOYPE_EMBEDDING_ADDRESS = address
    settings.LOYPE_EMBEDDING_HOSTS = hosts
    settings.LOYPE_EMBEDDING_MODEL = "nordic-embed"
    settings.LOYPE_EMBEDDING_DIMENSIONS = 4


def test_it_is_chosen_by_settings_and_tells_how_it_is(settings: Any, service: Service) -> None:
    choose(settings, address=service.address, hosts=" 127.0.0.1 , other.example")
    embedder = current_embedder()
    assert embedder is not None
    assert embedder is current_embedder()
    assert embedder.embed(["x"]).shape == (1, 4)
    assert embedder_state().is_ready
    service.status = 401
    with pytest.raises(EmbeddingUnavailable):
        embedder.embed(["x"])
    assert "refuses the key" in str(embedder_state().problem)
    assert current_embedder() is embedder


def test_it_wants_a_model_and_its_length(settings: Any, service: Service) -> None:
    choose(settings, address=service.address, hosts="127.0.0.1")
    settings.LOYPE_EMBEDDING_DIMENSIONS = 0
    assert current_embedder() is None
    assert "LOYPE_EMBEDDING_DIMENSIONS" in str(embedder_state().problem)
