"""Finding: the same need in another language, with a reason, among what may be read."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from loype.ideas.actions import edit_idea
from loype.kernel.clock import now
from loype.organisations.actor import NOBODY
from loype.search import candidates
from loype.search.explanation import marked, told
from loype.search.finding import FACETS, Filters, facet_values, facets_of, find, find_alike
from loype.search.models import SearchText, SearchVector
from loype.search.needs.clusters import map_needs
from tests.cast import TODAY, World
from tests.search.indexed import NIGHT, hand_in_needs, read_all
from tests.trail_world import idea_of

QUESTION = "Beboere vågner om natten, fordi vi kigger til dem"


@pytest.mark.model
def test_it_finds_the_same_need_in_three_languages(world: World) -> None:
    ideas = hand_in_needs(world)
    read_all()
    found = find(QUESTION, actor=world.actor("ada"), language="da")
    assert found.meaning
    assert {hit.page_id for hit in found.hits[:3]} == {idea.pk for idea in ideas.values()}
    assert {hit.language for hit in found.hits[:3]} == {"da", "nb", "sv"}


@pytest.mark.model
def test_it_tells_why_in_the_readers_language(world: World) -> None:
    hand_in_needs(world)
    read_all()
    hits = find(QUESTION, actor=world.actor("ada"), language="da").hits
    danish = next(hit for hit in hits if hit.language == "da")
    swedish = next(hit for hit in hits if hit.language == "sv")
    assert "natten" not in danish.reason.words or danish.reason.words
    assert not danish.reason.is_other_language
    assert swedish.reason.is_other_language
    assert "written in Swedish" in told(swedish, reader_language="da")


@pytest.mark.model
def test_it_offers_only_what_can_be_compared(world: World) -> None:
    ideas = hand_in_needs(world)
    read_all()
    asker = world.actor("ada")
    asked = "Nattevagten vækker folk, når vi går tilsyn; en alarm i sengen kunne sige til i stedet"
    hits = find_alike(asked, actor=asker, exclude=("idea", ideas["da"].pk), limit=5, language="da")
    assert ideas["da"].pk not in {hit.thing_id for hit in hits}
    assert {ideas["nb"].pk, ideas["sv"].pk} <= {hit.thing_id for hit in hits}
    assert {hit.kind for hit in hits} == {"idea"}
    assert all(hit.band for hit in hits)


@pytest.mark.model
def test_it_shows_strangers_nothing_of_it(world: World) -> None:
    hand_in_needs(world)
    read_all()
    found = find(QUESTION, actor=NOBODY)
    assert [hit for hit in found.hits if hit.kind == "idea"] == []
    assert ("idea", 7) not in found.facets["kind"]


def test_it_goes_by_words_alone_without_a_model(world: World, settings: object) -> None:
    settings.LOYPE_EMBEDDING_PROVIDER = "none"  # type: ignore[attr-defined]
    ideas = hand_in_needs(world)
    read_all()
    found = find("ladestolper", actor=world.actor("ada"), language="nb")
    assert not found.meaning
    assert found.hits[0].title == "Flere ladestolper ved rådhuset"
    twins = find("nattevagt", actor=world.actor("ada"), language="da")
    assert {ideas["da"].pk, ideas["nb"].pk} <= {hit.page_id for hit in twins.hits}


def test_it_finds_a_text_that_waits_by_its_bare_words(world: World) -> None:
    idea = idea_of(world, text="Kvittering for Zyntrabox 4711\nDen kommer aldri.")
    assert SearchText.objects.get(kind="idea", thing_id=idea.pk).analysed_by == ""
    found = find("zyntrabox", actor=world.actor("ada"))
    assert [hit.page_id for hit in found.hits] == [idea.pk]


@pytest.mark.model
@pytest.mark.parametrize("asked", ["4711", "zyntrabox", "Zyntrabox 4711"])
def test_it_keeps_exact_names_and_numbers_on_top(world: World, asked: str) -> None:
    hand_in_needs(world)
    idea = idea_of(world, text="Kvittering fra maskinen\nZyntrabox sier 4711 og stopper.")
    read_all()
    assert find(asked, actor=world.actor("ada")).hits[0].page_id == idea.pk


@pytest.mark.model
def test_it_takes_quoted_words_by_the_letter(world: World) -> None:
    ideas = hand_in_needs(world)
    read_all()
    found = find("«vekke» «nattevakta»", actor=world.actor("ada"))
    assert [hit.page_id for hit in found.hits if hit.kind == "idea"] == [ideas["nb"].pk]
    assert find('"ingen slik setning 100%_"', actor=world.actor("ada")).hits == []


@pytest.mark.model
def test_it_counts_what_each_choice_would_leave(world: World) -> None:
    hand_in_needs(world)
    read_all()
    reader = world.actor("ada")
    everything = find(QUESTION, actor=reader, language="da")
    narrowed = find(
        QUESTION, actor=reader, language="da", filters=Filters(languages=frozenset({"sv"}))
    )
    assert {hit.language for hit in narrowed.hits} == {"sv"}
    assert narrowed.count == dict(everything.facets["language"])["sv"]
    assert dict(narrowed.facets["language"])["nb"] == dict(everything.facets["language"])["nb"]
    assert sum(dict(narrowed.facets["kind"]).values()) == narrowed.count


def test_a_facets_count_tells_how_many_texts_choosing_it_would_leave() -> None:
    """Counted the long way: for each value, how many fit all the other choices."""
    texts = [
        _text(number, language=language, state=state, concepts=concepts, year=year)
        for number, (language, state, concepts, year) in enumerate(
            product(
                ("sv", "nb"),
                ("submitted", "closed"),
                (("night",), ("night", "taxi"), ()),
                (2025, 2026),
            )
        )
    ]
    wanted = {"language": ["sv"], "keyword": ["night"], "year": ["2025", "1999"]}
    counted = facets_of(texts[:20], wanted=wanted, narrowed=texts[10:])
    for name in FACETS:
        others = {facet: values for facet, values in wanted.items() if facet != name}
        fitting = [
            one
            for one in texts
            if all(set(facet_values(one, facet)) & set(values) for facet, values in others.items())
        ]
        counts = Counter(value for one in fitting for value in facet_values(one, name))
        assert dict(counted[name]) == counts
        assert [count for _, count in counted[name]] == sorted(counts.values(), reverse=True)


def _text(
    number: int, *, language: str, state: str, concepts: tuple[str, ...], year: int
) -> candidates.Candidate:
    return candidates.Candidate(
        text_id=number, kind="idea", thing_id=number, page_id=number, variant="", state=state,
        title="", body="", language=language, organisation_id=1, organisation="",
        happened_at=datetime(year, 5, 1, tzinfo=UTC), is_in_use=False, keywords=(),
        concepts=concepts,
    )  # fmt: skip


@pytest.mark.model
def test_it_pages_through_without_losing_or_doubling(world: World) -> None:
    hand_in_needs(world)
    read_all()
    reader = world.actor("ada")
    whole = find("skole sne mad strøm nat", actor=reader, per_page=50)
    pages = [
        find("skole sne mad strøm nat", actor=reader, per_page=2, page=page)
        for page in range(1, whole.pages * 30)
    ]
    seen = [hit.text_id for page in pages for hit in page.hits]
    assert seen == [hit.text_id for hit in whole.hits]
    assert pages[0].pages == -(-whole.count // 2)


def test_it_shows_the_newest_when_nothing_is_asked(world: World) -> None:
    hand_in_needs(world)
    found = find("  ", actor=world.actor("ada"))
    moments = [hit.happened_at for hit in found.hits]
    assert moments == sorted(moments, reverse=True)
    assert found.count == len(SearchText.objects.visible_to(world.actor("ada")))


@pytest.mark.model
def test_it_forgets_the_old_meaning_when_words_change(world: World) -> None:
    ideas = hand_in_needs(world)
    read_all()
    text = SearchText.objects.get(kind="idea", thing_id=ideas["da"].pk)
    assert SearchVector.objects.filter(text=text).exists()
    edit_idea(
        ideas["da"],
        title="Krukkekassen mangler lim",
        text="Vi har brug for mere.",
        actor=world.actor("ada"),
        at=TODAY,
    )
    assert not SearchVector.objects.filter(text=text).exists()
    found = find("krukkekassen", actor=world.actor("ada"))
    assert found.hits[0].page_id == ideas["da"].pk
    assert NIGHT["da"].split("\n")[0] not in {hit.title for hit in found.hits}


def test_it_marks_words_as_they_are_written() -> None:
    pieces = marked("Nattevagten, nattevagter og <b>natten</b>", {"Nattevagten", "natten"})
    assert "".join(piece for piece, _ in pieces) == "Nattevagten, nattevagter og <b>natten</b>"
    assert [piece for piece, is_word in pieces if is_word] == ["Nattevagten", "natten"]


@pytest.mark.model
def test_it_counts_and_pages_no_more_than_it_says(world: World) -> None:
    hand_in_needs(world)
    for number in range(3):
        idea_of(world, text=f"Zyntrabox nummer {number}\nKvitteringen kommer aldri.")
    read_all()
    asked = f"{NIGHT['da']} Zyntrabox"
    found = find(asked, actor=world.actor("ada"), most=3, per_page=2)
    assert (found.count, found.pages, found.is_full) == (3, 2, True)


def test_it_says_where_words_alone_found_more_than_are_looked_at(
    world: World, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LOYPE_EMBEDDING_PROVIDER = "none"  # type: ignore[attr-defined]
    monkeypatch.setattr(candidates, "MOST_BY_WORDS", 4)
    for number in range(5):
        idea_of(world, text=f"Gravemaskin nummer {number}", visibility="public")
    read_all()
    found = find("gravemaskin", actor=world.actor("ada"))
    assert (found.count, found.is_full) == (4, True)


@pytest.mark.requirement("S19-08")
def test_it_narrows_to_those_who_are_members_today(world: World, settings: object) -> None:
    settings.LOYPE_EMBEDDING_PROVIDER = "none"  # type: ignore[attr-defined]
    idea_of(world, text="Gravemaskin til utlån", by="dee", visibility="public")
    read_all()
    day = now().date()
    member = world.federation.memberships.get(organisation=world.organisations["elvestrand"])
    theirs = Filters(federation=world.federation.pk)
    for last_day, count in ((day + timedelta(days=90), 1), (day - timedelta(days=1), 0)):
        member.to_date = last_day
        member.save()
        assert find("gravemaskin", actor=world.actor("ada"), filters=theirs).count == count
        groups = map_needs(actor=world.actor("ada"), federation=world.federation.pk)
        assert groups.total == count
