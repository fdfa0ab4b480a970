"""Groups of needs: how they come together, where they lie, what they are called."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from loype.search.indexing import index_waiting
from loype.search.needs.clusters import map_needs
from loype.search.needs.layout import Box, flat, placed
from loype.search.needs.linkage import groups, merges
from loype.search.needs.naming import Written, names_of
from tests.cast import TODAY, World
from tests.trail_world import idea_of

Numbers = Any


def points(count: int, *, seed: int, places: int = 40) -> Numbers:
    """Unit vectors around a few places."""
    dice = np.random.default_rng(seed)
    middles = dice.normal(size=(places, 64))
    found = middles[dice.integers(0, places, count)] + 0.6 * dice.normal(size=(count, 64))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def slowly(alike: Numbers, *, least: float) -> list[list[int]]:
    """Average linkage as the books say it: join the two nearest groups while they are near."""
    held = [[one] for one in range(len(alike))]
    while len(held) > 1:
        best = max(
            (float(alike[np.ix_(one, other)].mean()), -i, -j)
            for i, one in enumerate(held)
            for j, other in enumerate(held[:i])
        )
        if best[0] < least:
            break
        i, j = -best[1], -best[2]
        held[j] = sorted(held[j] + held[i])
        del held[i]
    return sorted(held)


@given(seed=st.integers(0, 500), count=st.integers(2, 24))
@hypothesis_settings(max_examples=25, deadline=None)
def test_things_come_together_as_the_books_say(seed: int, count: int) -> None:
    found = points(count, seed=seed, places=5)
    alike = found @ found.T

    fast = groups(merges(alike), count=count, least=0.4)

    assert sorted(fast) == slowly(alike, least=0.4)


def test_what_is_alone_stays_alone() -> None:
    assert groups(merges(np.eye(4, dtype=np.float32)), count=4, least=0.1) == [[0], [1], [2], [3]]
    assert groups([], count=1, least=0.1) == [[0]]


@given(seed=st.integers(0, 500), count=st.integers(1, 24), width=st.sampled_from((320.0, 1040.0)))
@hypothesis_settings(max_examples=40, deadline=None)
def test_nothing_lies_on_another_or_beside_the_sheet(seed: int, count: int, width: float) -> None:
    dice = np.random.default_rng(seed)
    boxes = [Box(float(dice.uniform(60, 150)), float(dice.uniform(80, 180))) for _ in range(count)]
    spots = flat(list(points(count, seed=seed)))

    places, height = placed(spots, boxes, width=width)

    assert (places, height) == placed(spots, boxes, width=width), "always the same sheet"
    for one, (place, box) in enumerate(zip(places, boxes, strict=True)):
        assert place.x - box.width / 2 >= -0.1
        assert place.x + box.width / 2 <= width + 0.1
        assert place.y - box.height / 2 >= -0.1
        assert place.y + box.height / 2 <= height + 0.1
        for other, other_box in zip(places[:one], boxes[:one], strict=True):
            apart_x = abs(place.x - other.x) >= (box.width + other_box.width) / 2 - 0.1
            apart_y = abs(place.y - other.y) >= (box.height + other_box.height) / 2 - 0.1
            assert apart_x or apart_y


def test_a_group_is_called_by_its_own_words_in_the_readers_language() -> None:
    def text(language: str, title: str, *tokens: str) -> Written:
        return Written(language, title, title, frozenset(tokens))

    alarms = [
        text("nb", "Trygghetsalarmer uten batteri", "trygghetsalarm", "alarm", "batteri", "§alarm"),
        text("da", "Nødkald uden batteri", "nödkald", "batteri", "§alarm"),
    ]
    snow = [text("nb", "Brøytebilen på kart", "bröytebil", "bröyt", "bil", "kart")]
    groups_ = [alarms, snow]

    def called(reader: str) -> tuple[tuple[str, ...], str]:
        name = names_of(groups_, among=[*alarms, *snow], reader_language=reader)[0]
        return name.words, name.language

    words, language = called("nb")
    assert language == "nb"
    assert "batteri" in words
    assert called("da")[1] == "da"
    assert called("sv")[1] in ("da", "nb"), "nobody wrote Swedish"


@pytest.fixture
def _by_words(settings: Any) -> None:
    settings.LOYPE_EMBEDDING_PROVIDER = "none"


@pytest.mark.usefixtures("_by_words")
def test_the_map_holds_what_its_reader_may_read(world: World) -> None:
    same = "Trygghetsalarmene hos eldre går tomme for batteri uten at noen merker det."
    first = idea_of(world, text=same, visibility="federation")
    idea_of(world, text=same.replace("hos eldre", "til eldre"), by="dee", visibility="federation")
    secret = idea_of(world, text=same.replace("noen", "folk"), visibility="confidential")
    index_waiting(at=TODAY)

    ada, mia, olaf = (
        map_needs(actor=world.actor(name), language="nb") for name in ("cai", "mia", "olaf")
    )

    assert [len(one.needs) for one in ada.clusters] == [3]
    assert [len(one.needs) for one in mia.clusters] == [2]
    assert (olaf.clusters, olaf.total) == ([], 0)
    assert ada.cluster_of(secret.pk) is not None
    assert mia.cluster_of(secret.pk) is None
    found = mia.cluster_of(first.pk)
    assert found is not None
    assert found.organisations == ["Elvestrand kommune", "Fjordvik kommune"]
    assert (found.open, found.decided) == (2, 0)
    assert "Trygghetsalarmene" in found.name.words


def test_two_thousand_come_together_quickly() -> None:
    found = points(2_000, seed=1)
    alike = found @ found.T

    began = perf_counter()
    made = groups(merges(alike), count=2_000, least=0.3)

    assert perf_counter() - began < 1.5
    assert sum(len(one) for one in made) == 2_000
