"""Whatever one asks, the answer is the same as if what one may not read did not exist.

Hypothesis makes small worlds by verbs: who belongs where, which organisations work together, who
sits and coordinates, what is handed in, by whom, how open, with whom, what is withdrawn, said,
decided, tried and shared. Then each way of asking is tried twice as somebody: with everything
there, and with all texts gone that this reader may not see. To add a way, add a function to
`WAYS`: it is given the reader and gives anything that can be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st

from loype.bodies.loading import load_actor
from loype.councils.models import Decision
from loype.evaluation.models import Evaluation
from loype.history.models import Event
from loype.ideas.actions import add_co_author, comment_on_idea, draft_idea, support_idea
from loype.ideas.models import Comment, Idea
from loype.kernel.errors import Refusal
from loype.organisations.actions import found_federation, give_role, join_federation
from loype.organisations.actor import HOUSE, Actor
from loype.organisations.models import Organisation
from loype.portfolio.actions import add_participant, share_activity
from loype.portfolio.models import Activity
from loype.search.finding import Filters, find, find_alike
from loype.search.indexing import index_waiting
from loype.search.models import SameNeed, SameNeedCheck, SearchText
from loype.search.needs.checking import check_needs
from loype.search.needs.clusters import map_needs
from loype.search.saved.actions import run_saved_search, save_search
from loype.search.saved.models import SavedSearch
from loype.spread.models import Adoption, Solution
from loype.trail.handovers import idea_to_council, withdraw
from tests.cast import TODAY, World
from tests.trail_world import go_on

PEOPLE = ("ada", "bo", "cai", "siv", "fia", "dee", "mia", "gro", "olaf")
READERS = (*PEOPLE, "eve")
PLACES = ("fjordvik", "elvestrand", "skogbygda", "fjordlaget", "sundkobing")
VISIBILITIES = ("confidential", "organisation", "federation", "public")
# Said alike in several ways, so that some of what is handed in is the same need.
SAYINGS = (
    "Trygghetsalarmene hos eldre går tomme for batteri uten at noen merker det.",
    "Trygghetsalarmene til de eldre går tomme for batteri uten at noen merker noe.",
    "Nødkaldene hos ældre løber tør for batteri, uden at nogen mærker det.",
    "Vis på et kart hvor brøytebilen har kjørt i natt.",
    "Vis på et kort, hvor sneploven har kørt i nat.",
    "Karta som visar var plogbilen har kört i natt.",
    "Nøklene til hjemmetjenesten tar for lang tid å finne.",
    "Tolken kommer ikke, og da er timen tapt.",
)
QUESTIONS = ("trygghetsalarmer og batteri", "brøytebilen kart", "tolk", "")

ideas = st.fixed_dictionaries(
    {
        "giver": st.sampled_from(PEOPLE),
        "text": st.sampled_from(SAYINGS),
        "visibility": st.sampled_from(VISIBILITIES),
        "anonymity": st.sampled_from(("open", "hidden")),
        "fate": st.sampled_from(("draft", "waits", "waits", "waits", "withdrawn", "runs")),
        "co_author": st.none() | st.sampled_from(PEOPLE),
        "comment_by": st.none() | st.sampled_from(PEOPLE),
        "participant": st.none() | st.sampled_from(PLACES),
        "shared": st.none() | st.sampled_from(VISIBILITIES),
    }
)
worlds = st.fixed_dictionaries(
    {
        "ideas": st.lists(ideas, min_size=4, max_size=8),
        "memberships": st.lists(
            st.tuples(
                st.sampled_from(PEOPLE),
                st.sampled_from(PLACES),
                st.sampled_from(("employee", "decider", "council_secretary", "coordinator")),
            ),
            max_size=3,
        ),
        "federation": st.none()
        | st.tuples(
            st.sampled_from(PLACES), st.lists(st.sampled_from(PLACES), unique=True, max_size=3)
        ),
        "readers": st.lists(st.sampled_from(READERS), min_size=3, max_size=3, unique=True),
    }
)


# --- making a world by verbs --------------------------------------------------------------------


@contextmanager
def undone() -> Iterator[None]:
    """Everything inside is as if it never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def attempt(act: Callable[..., Any], *arguments: Any, **facts: Any) -> Any:
    """Do what the rules allow; what they refuse does not happen."""
    try:
        with transaction.atomic():
            return act(*arguments, **facts)
    except Refusal:
        return None


def live(world: World, made: dict[str, Any]) -> None:
    """Let it all happen, and let search read it."""
    for name, place, role in made["memberships"]:
        attempt(
            give_role, world.people[name], organisation=world.organisations[place], role=role,
            actor=HOUSE, at=TODAY,
        )  # fmt: skip
    if made["federation"]:
        coordinator, members = made["federation"]
        second = found_federation(
            name="Nabolaget", coordinator=world.organisations[coordinator], actor=HOUSE, at=TODAY
        )
        for place in members:
            attempt(
                join_federation, second, organisation=world.organisations[place],
                from_date=TODAY.date(), actor=HOUSE, at=TODAY,
            )  # fmt: skip
    for facts in made["ideas"]:
        hand_in(world, facts)
    index_waiting(at=TODAY)
    check_needs(at=TODAY)


def hand_in(world: World, facts: dict[str, Any]) -> None:
    """One idea and what becomes of it."""
    giver = world.actor(facts["giver"])
    home = next(one for one in world.organisations.values() if one.pk == giver.organisation_id)
    idea = draft_idea(
        organisation=home, text=facts["text"], kind="need", visibility=facts["visibility"],
        anonymity=facts["anonymity"], actor=giver, at=TODAY,
    )  # fmt: skip
    if facts["co_author"]:
        attempt(add_co_author, idea, person=world.people[facts["co_author"]], actor=giver, at=TODAY)
    if facts["fate"] == "draft":
        return
    idea = idea_to_council(idea, actor=giver, at=TODAY)
    if facts["comment_by"]:
        speaker = world.actor(facts["comment_by"])
        attempt(comment_on_idea, idea, text="Batteri og brøytebil.", actor=speaker, at=TODAY)
        attempt(support_idea, idea, actor=speaker, at=TODAY)
    if facts["fate"] == "withdrawn":
        withdraw(idea, actor=giver, at=TODAY)
    if facts["fate"] == "runs" and home == world.fjordvik:
        activity, cai = go_on(world, idea), world.actor("cai")
        if facts["participant"]:
            attempt(
                add_participant, activity, organisation=world.organisations[facts["participant"]],
                role="følger med", actor=cai, at=TODAY,
            )  # fmt: skip
        if facts["shared"]:
            attempt(share_activity, activity, visibility=facts["shared"], actor=cai, at=TODAY)


def reader(world: World, name: str) -> Actor:
    """Somebody of the cast as they stand after all that happened."""
    if name == "eve":
        return Actor()
    person = world.people[name]
    return load_actor(person.pk, name=person.name, day=TODAY.date())


# --- the ways of asking -------------------------------------------------------------------------


def by_search(actor: Actor) -> Any:
    """Hits with scores and reasons, counts and facets."""
    narrowed = (Filters(), Filters(kinds=frozenset({"idea"})), Filters(languages=frozenset({"nb"})))
    return [
        asdict(find(question, actor=actor, filters=filters, language="nb", per_page=100))
        for question in QUESTIONS
        for filters in narrowed
    ]


def by_paging(actor: Actor) -> Any:
    """The second page of an answer and how many pages there are."""
    return asdict(find("batteri", actor=actor, page=2, per_page=2, language="nb"))


def by_likeness(actor: Actor) -> Any:
    """What is offered while somebody writes."""
    return [asdict(hit) for text in SAYINGS[::3] for hit in find_alike(text, actor=actor)]


def by_pairs(actor: Actor) -> Any:
    """The same needs, found from what there is now."""
    SameNeed.objects.all().delete()
    SameNeedCheck.objects.all().delete()
    check_needs(at=TODAY)
    seen = SameNeed.objects.visible_to(actor).order_by("idea_a", "idea_b")
    every = list(seen.values_list("idea_a", "idea_b", "probability", "evidence", "state"))
    mine = seen.concerning(actor, day=TODAY.date()).standing()
    return every, list(mine.values_list("idea_a", "idea_b"))


def by_map(actor: Actor) -> Any:
    """Groups with their words, members and places."""
    found = map_needs(actor=actor, language="nb")
    groups = [
        (one.key, one.name, one.needs, [round(float(value), 4) for value in one.centre])
        for one in found.clusters
    ]
    return groups, found.alone, found.total, found.is_cut


def by_saved_search(actor: Actor) -> Any:
    """What a search that somebody keeps tells the morning after."""
    if not actor.is_signed_in:
        return None
    saved = save_search(asked="batteri brøytebil", filters=Filters(), actor=actor, at=TODAY)
    known = list(saved.known)
    SavedSearch.objects.filter(pk=saved.pk).update(known=[])
    run_saved_search(saved.pk, at=TODAY)
    told = Event.objects.filter(verb="find_new").values_list("change", flat=True)
    return known, [change["texts"] for change in told]


def by_program(actor: Actor) -> Any:
    """What the API answers to somebody who is not signed in."""
    if actor.is_signed_in:
        return None
    answers = ("/search?q=batteri", "/search?q=", "/search/similar?text=Trygghetsalarmene+batteri")
    return [Client().get(f"/api/v1{address}").json() for address in answers]


WAYS = (by_search, by_paging, by_likeness, by_pairs, by_map, by_saved_search, by_program)
KINDS: dict[str, Any] = {
    "idea": Idea,
    "comment": Comment,
    "decision": Decision,
    "activity": Activity,
    "evaluation": Evaluation,
    "solution": Solution,
    "adoption": Adoption,
    "organisation": Organisation,
}


# --- what must hold -----------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _by_words(settings: Any) -> None:
    """By words alone: the same on every machine, and quick."""
    settings.LOYPE_EMBEDDING_PROVIDER = "none"


@given(made=worlds)
@hypothesis_settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_answer_derives_from_a_text_that_the_reader_may_not_see(
    world: World, made: dict[str, Any]
) -> None:
    with undone():
        live(world, made)
        for name in made["readers"]:
            actor = reader(world, name)
            asked = {way.__name__: answer(way, actor) for way in WAYS}
            with undone():
                readable = SearchText.objects.visible_to(actor).values("pk")
                SearchText.objects.exclude(pk__in=readable).delete()
                alone = {way.__name__: answer(way, actor) for way in WAYS}
            assert asked == alone, f"as {name}"


def answer(way: Callable[[Actor], Any], actor: Actor) -> Any:
    """The answer, leaving nothing behind."""
    with undone():
        return way(actor)


@given(made=worlds)
@hypothesis_settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_text_may_be_read_by_whom_its_thing_may(world: World, made: dict[str, Any]) -> None:
    """`SearchText.objects.visible_to` and each kind's own `visible_to` say the same."""
    with undone():
        live(world, made)
        for name in READERS:
            actor = reader(world, name)
            for kind, model in KINDS.items():
                texts = SearchText.objects.filter(kind=kind)
                found = set(texts.visible_to(actor).values_list("thing_id", flat=True))
                there = set(texts.values_list("thing_id", flat=True))
                things = set(model.objects.visible_to(actor).values_list("pk", flat=True))
                assert found == things & there, f"{kind} as {name}"
            pairs = SameNeed.objects.visible_to(actor)
            mine = set(Idea.objects.visible_to(actor).values_list("pk", flat=True))
            both = {
                pair.pk for pair in SameNeed.objects.all()
                if {pair.idea_a_id, pair.idea_b_id} <= mine
            }  # fmt: skip
            assert set(pairs.values_list("pk", flat=True)) == both, f"pairs as {name}"


def test_the_worlds_hold_something_to_hide(world: World) -> None:
    """The test above could not fail in a world where everybody may read everything alike."""
    facts: dict[str, Any] = {
        "giver": "ada", "text": SAYINGS[0], "anonymity": "open", "fate": "waits",
        "co_author": None, "comment_by": None, "participant": None, "shared": None,
    }  # fmt: skip
    made = {"memberships": [], "federation": None}
    live(world, made | {"ideas": [
        facts | {"visibility": "confidential"},
        facts | {"giver": "cai", "text": SAYINGS[1], "visibility": "public"},
        facts | {"giver": "dee", "text": SAYINGS[1], "visibility": "federation"},
    ]})  # fmt: skip
    olaf, bo = reader(world, "olaf"), reader(world, "bo")

    assert len(by_likeness(olaf)) < len(by_likeness(bo))
    assert by_map(olaf)[2] < by_map(bo)[2]
    assert not by_pairs(olaf)[0]
    assert len(by_pairs(bo)[0]) > 1
