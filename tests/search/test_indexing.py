"""Reading: what waits is read once, whatever dies, whoever reads beside, whatever changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from django.db import connection

from loype.ideas.actions import change_visibility
from loype.organisations.actions import change_organisation
from loype.search import indexing, meaning
from loype.search.audience import EVERYBODY
from loype.search.calibration.reading import Calibration
from loype.search.embedding import EmbeddingUnavailable
from loype.search.indexing import drop_others, index_waiting, lag, mark_all
from loype.search.meaning import Meaning
from loype.search.models import SearchEmbedder, SearchText, SearchVector
from tests.cast import TODAY, World
from tests.search.indexed import hand_in_needs, read_all
from tests.trail_world import idea_of

SIZE = 12


class Letters:
    """An embedder of its own kind: which letters a text has. Small, real and quick."""

    dimensions = SIZE

    def __init__(self, name: str = "letters-1") -> None:
        self.id, self.calls, self.is_down = name, 0, False

    def embed(self, texts: Sequence[str]) -> Any:
        """Counts of letters, of unit length."""
        if self.is_down:
            raise EmbeddingUnavailable("The model rests.")
        self.calls += len(texts)
        counts = [[1 + text.lower().count(chr(97 + at)) for at in range(SIZE)] for text in texts]
        raw = np.array(counts, dtype=np.float32)
        return raw / np.linalg.norm(raw, axis=1, keepdims=True)


def calibration() -> Calibration:
    """Takes nothing away and turns nothing."""
    weights = {"short_words": 1.0, "long_words": 2.0}
    none = np.zeros((5, SIZE), dtype=np.float32)
    head = np.eye(SIZE, 256, dtype=np.float32)
    return Calibration("plain", none, none, head, np.zeros((1, 256), np.float32), weights)


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Letters]:
    """Let another embedder be the one in use."""

    def choose(name: str = "letters-1") -> Letters:
        embedder = Letters(name)
        chosen = Meaning(embedder, calibration())
        monkeypatch.setattr(indexing, "current_meaning", lambda: chosen)
        monkeypatch.setattr(meaning, "current_meaning", lambda: chosen)
        return embedder

    return choose


def test_it_reads_each_text_once(world: World, use: Callable[..., Letters]) -> None:
    embedder = use()
    hand_in_needs(world)
    waiting = lag().waiting
    assert waiting == SearchText.objects.count() > 7
    read_all()
    assert lag().waiting == 0
    read_all()
    assert embedder.calls == SearchVector.objects.count() == waiting


def test_it_leaves_nothing_half_read_when_it_dies(
    world: World, use: Callable[..., Letters], monkeypatch: pytest.MonkeyPatch
) -> None:
    use()
    hand_in_needs(world)
    waiting = lag().waiting
    with monkeypatch.context() as patch:
        patch.setattr(indexing, "_keep_tokens", _die)
        with pytest.raises(RuntimeError):
            index_waiting(at=TODAY)
    assert lag().waiting == waiting
    assert not SearchVector.objects.exists()
    read_all()
    assert lag().waiting == 0


def _die(*_all: object, **_named: object) -> None:
    raise RuntimeError("killed")


def test_it_goes_on_by_words_while_the_embedder_is_away(
    world: World, use: Callable[..., Letters]
) -> None:
    embedder = use()
    embedder.is_down = True
    idea = idea_of(world, text="Kiosken på fergekaia\nDen er stengt.")
    index_waiting(at=TODAY, most=64)
    text = SearchText.objects.get(kind="idea", thing_id=idea.pk)
    assert text.analysed_by
    assert lag().waiting == SearchText.objects.count()
    embedder.is_down = False
    read_all()
    assert lag().waiting == 0


def test_it_stops_after_as_many_as_asked_for_while_the_embedder_is_away(
    world: World, use: Callable[..., Letters]
) -> None:
    use().is_down = True
    hand_in_needs(world)
    assert index_waiting(at=TODAY, most=5) <= 5


def test_it_comes_to_an_end_while_the_embedder_is_away(
    world: World, use: Callable[..., Letters]
) -> None:
    embedder = use()
    embedder.is_down = True
    hand_in_needs(world)
    read = [index_waiting(at=TODAY, most=5) for _time in range(20)]
    assert read[-1] == 0  # the worker goes on until nothing is left: it must not go on for ever
    assert sum(read) == SearchText.objects.count() == lag().waiting
    assert not SearchText.objects.filter(analysed_by="").exists()
    embedder.is_down = False
    read_all()
    assert lag().waiting == 0


def test_it_reads_anew_what_another_analyser_read(
    world: World, use: Callable[..., Letters]
) -> None:
    use()
    hand_in_needs(world)
    read_all()
    SearchText.objects.filter(kind="idea").update(analysed_by="0.older")
    assert lag().waiting == SearchText.objects.filter(kind="idea").count()
    read_all()
    assert lag().waiting == 0


def test_it_fills_a_new_embedder_beside_the_old(world: World, use: Callable[..., Letters]) -> None:
    use("letters-1")
    hand_in_needs(world)
    read_all()
    count = SearchVector.objects.count()
    newer = use("letters-2")
    assert drop_others(at=TODAY) == []  # not before everything is read
    read_all()
    assert SearchVector.objects.count() == 2 * count
    older = use("letters-1")
    assert lag().waiting == 0
    read_all()
    assert older.calls == 0  # the two do not take turns for ever
    assert newer.calls == count
    use("letters-2")
    assert drop_others(at=TODAY) == ["letters-1+plain"]
    assert SearchVector.objects.count() == count
    assert [one.name for one in SearchEmbedder.objects.all()] == ["letters-2+plain"]


def test_it_moves_the_readers_of_a_vector_with_its_text(
    world: World, use: Callable[..., Letters]
) -> None:
    use()
    idea = idea_of(world, text="Åpne data om brøyting\nAlle kan se dem.")
    read_all()
    vector = SearchVector.objects.get(text__kind="idea", text__thing_id=idea.pk)
    assert EVERYBODY not in vector.audience
    change_visibility(idea, visibility="federation", actor=world.actor("ada"), at=TODAY)
    text = SearchText.objects.get(kind="idea", thing_id=idea.pk)
    vector.refresh_from_db()
    assert vector.audience == text.audience
    assert len(text.audience) == 4  # ours, our neighbours, the council's room, the giver


def test_it_reads_everything_anew_when_asked(world: World, use: Callable[..., Letters]) -> None:
    use()
    hand_in_needs(world)
    read_all()
    mark_all()
    assert lag().waiting == SearchText.objects.count()
    read_all()
    assert lag().waiting == 0


def test_it_sends_no_text_out_that_its_organisation_keeps(
    world: World, use: Callable[..., Letters], monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = use()
    monkeypatch.setattr(Meaning, "is_outside", True)
    idea_of(world, text="Fortrolig om turnus\nBare for oss.")
    read_all()
    assert embedder.calls == 0
    assert lag().waiting == 0
    assert not meaning.may_be_understood(world.actor("ada"))
    change_organisation(world.fjordvik, sends_text_outside=True, actor=world.actor("siv"), at=TODAY)
    read_all()
    sent = SearchVector.objects.values_list("organisation_id", flat=True)
    assert set(sent) == {world.fjordvik.pk}
    assert meaning.may_be_understood(world.actor("ada"))
    assert not meaning.may_be_understood(world.actor("dee"))


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_reading(world: World, use: Callable[..., Letters]) -> None:
    embedder = use()
    for number in range(30):
        idea_of(world, text=f"Ønske nummer {number}\nVi trenger {number} stoler.")
    waiting = lag().waiting
    problems: list[BaseException] = []

    def work() -> None:
        try:
            while index_waiting(at=TODAY, most=4):
                pass
        except BaseException as problem:  # noqa: BLE001  told below
            problems.append(problem)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert problems == []
    assert lag().waiting == 0
    assert embedder.calls == waiting == SearchVector.objects.count()
