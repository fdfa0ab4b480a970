"""The tokens a text is found by: stems that meet across languages, parts, rare words, concepts."""

import subprocess
import sys
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings, strategies as st

from loype.keywords import LANGUAGES, READS, as_written, concepts, concepts_in, label
from loype.search.analysis import ANALYSER_VERSION, analyse, atoms_of, compounds, forms, surface
from loype.search.analysis.compounds import parts_of
from loype.search.analysis.forms import form
from loype.search.analysis.stop_words import STOP_WORDS

ANY_LANGUAGE = st.sampled_from([*LANGUAGES, "fi", ""])


def shared(first: tuple[str, str], second: tuple[str, str]) -> set[str]:
    """The tokens, concepts apart, that two texts in two languages have in common."""
    one, other = (set(analyse(text, language=language)) for language, text in (first, second))
    return {token for token in one & other if not token.startswith("§")}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("da", "læger"), ("nb", "leger")),
        (("da", "hjælp"), ("sv", "hjälp")),
        (("nb", "hjelp"), ("en", "help")),
        (("sv", "skolan"), ("sv", "skolor")),
        (("da", "trafik"), ("nb", "trafikk")),
        (("sv", "cyklar"), ("nb", "sykler")),
        (("da", "vagten"), ("nb", "vakta")),
        (("da", "bøger"), ("sv", "böcker")),
        (("da", "uge"), ("nb", "uke")),
        (("nb", "kjøkken"), ("sv", "köket")),
        (("nb", "kommunikasjon"), ("sv", "kommunikation")),
        (("nb", "kommunikasjonen"), ("en", "communication")),
        (("da", "eksempel"), ("sv", "exempel")),
        (("da", "Aarhus"), ("da", "Århus")),
        (("da", "hjemmet"), ("sv", "hemmet")),
        (("nn", "tenester"), ("nb", "tjenester")),
        (("sv", "sortering"), ("sv", "sorterar")),
        (("sv", "idé"), ("da", "ide")),
        (("sv", "biblioteket"), ("da", "biblioteker")),
        (("sv", "detaljplan"), ("sv", "detaljplaner")),
        (("da", "mænd"), ("nb", "menn")),
    ],
)
def test_it_meets_the_same_word_in_another_language_or_bent(
    first: tuple[str, str], second: tuple[str, str]
) -> None:
    assert shared(first, second)


@pytest.mark.parametrize(
    ("first", "second", "meet"),
    [
        (("nb", "innovasjonsråd"), ("da", "innovationsråd"), {"råd"}),
        (("da", "innovationsrådet"), ("sv", "innovationsråd"), {"råd"}),
        (("sv", "medborgardialog"), ("sv", "dialog med medborgare"), {"dialog", "medborg"}),
        (("da", "affaldssortering"), ("nb", "avfallssortering"), {"avfal", "sort"}),
        (("nb", "avfallssortering"), ("sv", "sortering av avfall"), {"avfal", "sort"}),
        (("da", "skolegårdene"), ("sv", "skolgården"), {"skol", "gård"}),
        (("sv", "gatubelysningen"), ("sv", "belysning på gator"), {"gad", "belys"}),
        (("sv", "kyrkogård"), ("nb", "kirkegården"), {"gård"}),
        (("nb", "byggesaksbehandling"), ("sv", "behandling"), {"behanl"}),
        (("nb", "robotklipper"), ("da", "robotter"), {"robod"}),
    ],
)
def test_it_finds_what_a_compound_is_made_of(
    first: tuple[str, str], second: tuple[str, str], meet: set[str]
) -> None:
    assert meet <= shared(first, second)


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("da", "digitalisering"),
        ("da", "kommunikation"),
        ("da", "erfaringerne"),
        ("da", "vejledning"),
        ("nb", "ungdommer"),
        ("nb", "kontroll"),
        ("nb", "universitetet"),
        ("sv", "möjligheter"),
        ("sv", "lägenheten"),
        ("en", "wheelchairs"),
    ],
)
def test_it_leaves_words_whole_that_only_look_put_together(language: str, word: str) -> None:
    assert parts_of(word, language=language) == ()


def test_it_keeps_the_compound_beside_its_parts() -> None:
    tokens = analyse("affaldssortering", language="da")
    assert form("affaldssortering", language="da") in tokens
    assert {"avfal", "sort"} <= set(tokens)


@pytest.mark.parametrize(
    "text",
    ["Jönköpings", "Kárášjohka", "Þórshöfn", "Ärjänsaari", "EN301549", "2031", "Xyzzy7", "KK"],
)
def test_it_finds_names_and_numbers_whichever_language_the_text_was_taken_for(text: str) -> None:
    found = [set(analyse(f"{text} 4471", language=language)) for language in (*LANGUAGES, "fi")]
    assert len(set.intersection(*found) - {"4471"}) >= 1
    assert "4471" in set.intersection(*found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kárášjohka og Čáhcesuolu", ["kárášjohka", "og", "čáhcesuolu"]),
        ("Þjónusta í Reykjavík", ["þjónusta", "í", "reykjavík"]),
        ("E-post, IT_system: 1.000 kr/år!", ["e", "post", "it", "system", "1", "000", "kr", "år"]),
        (normalize("NFD", "Äldreomsorg på Ærø"), ["äldreomsorg", "på", "ærø"]),
        ("af\u00adfald\u200bs\u00adsortering", ["affaldssortering"]),
        ("", []),
        ("\x00 -- 🙂", []),
    ],
)
def test_it_lists_the_words_as_written_in_small_letters(text: str, words: list[str]) -> None:
    assert surface(text) == words


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Det er ikke os, der skal have den"),
        ("nb", "Det er ikke vi som skal ha den"),
        ("nn", "Det er ikkje vi som skal ha den"),
        ("sv", "Det är inte vi som ska ha den"),
        ("en", "It is not we who should have it"),
    ],
)
def test_it_passes_common_words_over_unless_there_are_no_others(language: str, text: str) -> None:
    told = analyse(f"{text} robot", language=language)
    assert set(told) == set(analyse("robot", language=language))
    assert analyse(text, language=language)


def test_it_counts_a_word_as_often_as_it_stands() -> None:
    tokens = analyse("Skole, skolen, skoler og bibliotek", language="da")
    assert tokens.count(form("skole", language="da")) == 3
    assert tokens.index(form("skole", language="da")) < tokens.index("bibliodeg")


# --- concepts


@pytest.mark.parametrize(
    ("language", "text", "token"),
    [
        ("da", "Tryghed i demensboliger", "§dementia"),
        ("nb", "Hukommelsessvikt hos eldre", "§dementia"),
        ("en", "People with memory loss", "§dementia"),
        ("sv", "Ny hälsa: psykiska ohälsan bland unga", "§mental_health"),
        ("nb", "Plass på bo- og behandlingssenteret", "§nursing_home"),
        ("da", "Plejehjemspersonale", "§nursing_home"),
        ("sv", "Äldreboendets kök", "§nursing_home"),
        ("en", "Street lights that dim themselves", "§outdoor_lighting"),
    ],
)
def test_it_hears_a_concept_in_bent_words_phrases_and_compounds(
    language: str, text: str, token: str
) -> None:
    assert token in analyse(text, language=language)


def test_it_meets_in_a_concept_where_no_word_is_shared() -> None:
    first = analyse("Fodgængere falder på glatte fortove: bedre snerydning", language="da")
    second = analyse("Mindre halka genom halkbekämpning", language="sv")
    third = analyse("Gritting at night", language="en")
    assert set(first) & set(second) & set(third) == {"§winter_maintenance"}


def test_it_hears_no_concept_in_half_a_phrase_or_another_language() -> None:
    assert "§artificial_intelligence" not in analyse("Kunstig græs", language="da")
    assert "§child_care" not in analyse("Barnehage", language="sv")
    assert concepts_in([], language="da") == []
    assert concepts_in(["demens"], language="xx") == []


def test_it_hears_concepts_without_search_where_the_word_stands_plainly() -> None:
    assert concepts_in(["kunstig", "intelligens"], language="nb") == ["§artificial_intelligence"]
    assert concepts_in(["demensboliger"], language="da") == []
    assert as_written("Ordet", "nb") == ("ordet",)


def test_every_concept_is_said_in_every_language_and_in_order() -> None:
    codes = list(concepts())
    assert codes == sorted(codes)
    for code, said in concepts().items():
        assert code.isascii()
        assert code.replace("_", "").isalnum()
        assert list(said) == list(LANGUAGES), code
        for language, words in said.items():
            assert words, (code, language)
            assert len(set(words)) == len(words), (code, language)
            assert label(code, language=language) == words[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_for_a_concept_is_heard_in_a_text(language: str) -> None:
    unheard = [
        (code, word)
        for code, said in concepts().items()
        for understood in READS[language]
        for word in said[understood]
        if f"§{code}" not in analyse(word, language=language)
    ]
    assert unheard == []


# --- the lists


@pytest.mark.parametrize("name", ["da", "nb", "nn", "sv"])
def test_the_words_that_compounds_are_made_of_are_sorted_and_clean(name: str) -> None:
    words = (compounds.FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert words == sorted(set(words))
    assert all(word.isalpha() and word == word.casefold() for word in words)
    assert len(words) >= (60 if name == "nn" else 900)


def test_the_version_follows_the_lists_and_the_concepts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import loype.search.analysis as analysis

    assert analysis._version() == ANALYSER_VERSION
    other = tmp_path / "concepts.toml"
    other.write_text("", encoding="utf-8")
    monkeypatch.setattr(analysis, "CONCEPTS", other)
    assert analysis._version() != ANALYSER_VERSION


# --- any text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400), ANY_LANGUAGE)
@example("\x00", "da")
@example("\ud800", "sv")
@example("ab" * 5000, "sv")
@example("skole" * 12, "nb")
@example("s" * 59, "da")
@example("i̇İßŉǰ", "en")
def test_it_makes_clean_tokens_of_any_text(text: str, language: str) -> None:
    for token in analyse(text, language=language):
        assert 0 < len(token) <= 400
        assert token.removeprefix("§").replace("_", "")
        assert not set(token) & set(" \x00'\\:&|!()<>*")
        assert token.encode("utf-8")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), ANY_LANGUAGE)
def test_it_sees_no_difference_in_capitals_marks_put_apart_or_space(
    text: str, language: str
) -> None:
    words = surface(text)
    assert surface(" ".join(words)) == words
    assert surface(normalize("NFD", text)) == words
    spaced = analyse("  \n".join(words), language=language)
    assert spaced == analyse(" ".join(words), language=language)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(compounds.listed("nb")), min_size=2, max_size=4))
def test_it_keeps_every_word_of_a_text_when_more_is_written(words: list[str]) -> None:
    shorter, longer = (
        analyse(text, language="nb") for text in (" ".join(words[:-1]), " ".join(words))
    )
    told = [word for word in words[:-1] if word not in STOP_WORDS["nb"]]
    if told:
        assert set(shorter) <= set(longer)


# --- the stemmer in plain Python


def test_it_makes_the_same_tokens_where_pystemmer_is_missing() -> None:
    texts = [
        (language, word) for language in LISTED for word in compounds.listed(language)[::40]
    ] + [("en", word) for word in ("communities", "sorting", "reusable", "elderly")]
    program = (
        "import sys, json; sys.modules['Stemmer'] = None\n"
        "from loype.search.analysis import analyse\n"
        "texts = json.load(sys.stdin)\n"
        "print(json.dumps([analyse(text, language=language) for language, text in texts]))"
    )
    import json

    answer = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(texts), capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == [analyse(word, language=one) for one, word in texts]


LISTED = tuple(compounds.LISTS)


def test_each_thread_has_a_stemmer_of_its_own() -> None:
    from concurrent.futures import ThreadPoolExecutor

    texts = [(word, language) for language in LISTED for word in compounds.listed(language)]
    forms.stem.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda one: forms.stem(one[0], language=one[1]), texts))
    forms.stem.cache_clear()
    assert together == [forms.stem(word, language=language) for word, language in texts]


def test_a_common_word_has_no_atoms() -> None:
    assert atoms_of("och", "sv") == ()
    assert atoms_of("skolgård", "sv") == ("skol", "gård")
