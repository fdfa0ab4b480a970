"""Candidates are the same whichever way they are looked up."""

from __future__ import annotations

import json
from typing import Any

import pytest

from loype.organisations.actor import HOUSE
from loype.search import candidates
from loype.search.asking import asked
from loype.search.audience import codes_of
from loype.search.candidates import Estimate, gather, is_quicker_one_by_one, lexical_query
from loype.search.models import SearchText
from tests.cast import World
from tests.search.indexed import hand_in_needs, read_all

QUESTION = "Nattevakten vekker pasientene"
NARROWED = [
    {"kind": ["idea"]},
    {"kind": ["solution"]},
    {"variant": ["idea", "need"]},
    {"state": ["submitted"]},
    {"language": ["sv", "da"]},
    {"year": ["2026", "1999"]},
    {"year": ["1999"]},
    {"organisation": ["none"]},
    {"keyword": ["night", "dementia's"]},
    {"language": ["'; DROP TABLE search_text; --"]},
    {"kind": ["idea"], "language": ["sv"], "year": ["2026"]},
]


@pytest.mark.model
@pytest.mark.parametrize("actor", ["ada", "house"])
def test_the_graph_and_one_by_one_give_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch, actor: str
) -> None:
    hand_in_needs(world)
    read_all()
    asks = HOUSE if actor == "house" else world.actor(actor)
    home = {"organisation": [str(world.fjordvik.pk)]}
    question = asked(QUESTION, language="nb")
    for wanted in (None, home, *NARROWED):
        found = []
        for way, wide in ((True, 0.0), (True, 2.0), (False, 0.5)):
            monkeypatch.setattr(candidates, "is_quicker_one_by_one", lambda *_, way=way, **__: way)
            monkeypatch.setattr(candidates, "WIDE", wide)
            pool = gather(question, actor=asks, wanted=wanted)
            assert pool.vector is not None
            found.append({one.text_id for one in pool.candidates})
        assert found[0] == found[1] == found[2], wanted
        fitting = SearchText.objects.visible_to(asks).that_fit(wanted or {})
        assert found[0] <= set(fitting.values_list("pk", flat=True)), wanted
        assert found[0] or not fitting.exists(), wanted


def test_few_are_looked_at_one_by_one_and_many_by_the_graph() -> None:
    million = Estimate(1_000_000, 120_000)
    for rows, one_by_one in ((500, True), (20_000, True), (200_000, False), (1_000_000, False)):
        assert is_quicker_one_by_one(Estimate(rows, 0), million, is_narrowed=False) is one_by_one
    # A tenth fits, and nothing but reading everything finds it.
    assert not is_quicker_one_by_one(Estimate(100_000, 120_000), million, is_narrowed=True)
    # Five thousand fit, and an index gives them.
    assert is_quicker_one_by_one(Estimate(5_000, 4_000), million, is_narrowed=True)
    # The more are wanted, the longer the graph is followed.
    many = Estimate(30_000, 8_000)
    assert not is_quicker_one_by_one(many, million, is_narrowed=True, most=200)
    assert is_quicker_one_by_one(many, million, is_narrowed=True, most=1_000)


def test_the_more_texts_the_fewer_words_are_looked_up() -> None:
    question = asked("Sykepleieren dokumenterer medisinen i pasientens journal om natten")
    few = lexical_query(question, texts=1_000).split(" | ")
    many = lexical_query(question, texts=10_000_000).split(" | ")
    assert len(many) < len(few)
    assert set(many) <= set(few)


def test_a_quoted_word_is_only_demanded_where_somebody_searches() -> None:
    text = "De spør stadig «når kommer dere» på telefonen"
    assert asked(text).phrases == ("når kommer dere",)
    assert asked(text, is_own_text=True).phrases == ()


def test_the_planner_is_asked_once_about_all_that_is_weighed(
    world: World, django_assert_num_queries: Any
) -> None:
    """It says of each lot of texts what it would say if that were all it is asked about."""
    hand_in_needs(world)
    codes, wanted = codes_of(world.actor("ada")), {"kind": ["idea"]}
    condition, values = candidates._condition(wanted)
    candidates.forget_estimates()
    with django_assert_num_queries(1):
        together = candidates._estimates(codes, condition, values)
    with django_assert_num_queries(0):
        assert candidates._estimates(codes, condition, values) == together
    readable = SearchText.objects.filter(audience__overlap=codes).values("pk")
    lots = readable, SearchText.objects.values("pk"), readable.that_fit(wanted)
    for told, alone in zip(together, lots, strict=True):
        plan = json.loads(alone.order_by().explain(format="json"))[0]["Plan"]
        assert told.rows == plan["Plan Rows"]
