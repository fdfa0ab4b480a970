"""Guessing the language of a text: sure where it says much, leaning on the author where not."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from loype.search.calibration.sentences import sentences
from loype.search.detector import detector
from loype.search.language import LANGUAGES, _load_identifier, guess, most_likely

SAID_AT_LENGTH = {
    "da": "Vi foreslår, at hjemmeplejen låner cykler ud til de ældre, så de selv kan komme ud.",
    "nb": "Vi foreslår at hjemmetjenesten låner ut sykler til eldre, slik at de kan komme seg ut.",
    "nn": "Me gjer framlegg om at heimetenesta låner ut syklar til eldre, slik at dei kjem seg ut.",
    "sv": "Vi föreslår att hemtjänsten lånar ut cyklar till äldre så att de själva kan ta sig ut.",
    "en": "We suggest that home care lends bicycles to older people so they can get out again.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_hears_each_language_in_a_whole_sentence(language: str) -> None:
    assert most_likely(guess(SAID_AT_LENGTH[language])) == language


@pytest.mark.parametrize("screen", LANGUAGES)
def test_it_keeps_to_clear_swedish_and_english_whatever_the_screen_speaks(screen: str) -> None:
    for language in ("sv", "en"):
        heard = guess(SAID_AT_LENGTH[language], prior={screen: 1.0})
        assert most_likely(heard) == language


@pytest.mark.parametrize("language", ["da", "nb", "nn"])
def test_it_leans_on_the_author_where_a_title_could_be_either(language: str) -> None:
    assert most_likely(guess("Video for alle", prior={language: 1.0})) == language
    assert (
        guess("Video for alle", prior={language: 1.0})[language] > guess("Video for alle")[language]
    )


def test_it_is_less_swayed_by_the_author_the_more_the_text_says() -> None:
    short = guess("Låna cykel", prior={"nb": 1.0})["nb"]
    long = guess(SAID_AT_LENGTH["sv"], prior={"nb": 1.0})["nb"]
    assert long < short


@pytest.mark.parametrize("text", ["", "   ", "2026-11-21 12:30", "\x00", "!!! 🙂"])
def test_it_gives_the_prior_back_where_nothing_is_said(text: str) -> None:
    assert guess(text, prior={"sv": 3.0, "nb": 1.0})["sv"] == pytest.approx(0.75)
    assert guess(text) == pytest.approx(dict.fromkeys(LANGUAGES, 0.2))


def test_it_leaves_unknown_languages_and_impossible_weights_of_a_prior_aside() -> None:
    assert guess("", prior={"fi": 5.0, "da": 1.0, "en": -4.0})["da"] == 1.0
    assert guess("", prior={"fi": 5.0}) == pytest.approx(dict.fromkeys(LANGUAGES, 0.2))


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=300),
    st.dictionaries(st.sampled_from([*LANGUAGES, "fi"]), st.floats(0, 10), max_size=5),
)
def test_it_shares_out_exactly_one_for_any_text(text: str, prior: dict[str, float]) -> None:
    shares = guess(text, prior=prior)
    assert tuple(shares) == LANGUAGES
    assert sum(shares.values()) == pytest.approx(1.0)
    assert all(0 <= share <= 1 for share in shares.values())


def test_it_gives_the_same_answer_in_many_threads_from_the_first_call_on() -> None:
    program = (
        "from concurrent.futures import ThreadPoolExecutor as Pool\n"
        "from loype.search.language import guess\n"
        "texts = ['Vi lånar ut cyklar till äldre', 'We lend bicycles'] * 20\n"
        "with Pool(8) as pool: together = list(pool.map(guess, texts))\n"
        "raise SystemExit(together != [guess(text) for text in texts])\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
    with ThreadPoolExecutor(4) as pool:
        heard = list(pool.map(guess, SAID_AT_LENGTH.values()))
    assert [most_likely(shares) for shares in heard] == list(SAID_AT_LENGTH)


def test_it_loads_nothing_heavy_until_asked() -> None:
    program = (
        "import sys, loype.search.language\n"
        "raise SystemExit(bool({'numpy', 'py3langid'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.fixture(scope="module")
def large() -> Any:
    """The detector as its package loads it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    whole.set_languages(["da", "en", "nn", "no", "sv"])
    return whole


def test_its_small_table_answers_as_the_large_one_to_every_sentence_of_ours(large: Any) -> None:
    small = detector(["da", "en", "nb", "nn", "no", "sv"])
    for one in sentences():
        assert small.rank(one.text) == large.rank(one.text)


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=200))
def test_its_small_table_answers_as_the_large_one_to_any_text(large: Any, text: str) -> None:
    assert _load_identifier().rank(text) == large.rank(text)


def test_it_takes_little_memory() -> None:
    program = (
        "import numpy, re\n"
        "from pathlib import Path\n"
        "def held():\n"
        "    told = Path('/proc/self/smaps_rollup').read_text()\n"
        "    return int(re.search(r'Private_Dirty: +([0-9]+)', told)[1]) / 1024\n"
        "from loype.search.language import guess\n"
        "before = held()\n"
        "guess('Vi lånar ut cyklar till äldre')\n"
        "print(held() - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert float(done.stdout) < 15  # MB; with the large table 47
