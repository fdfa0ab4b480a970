"""Long texts are cut where people would cut them, and nothing gets lost."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, strategies as st

from loype.search.embedding import chunks
from loype.search.embedding.build import build_model
from loype.search.embedding.builtin import MOST_PIECES, Engine
from loype.search.embedding.chunks import MOST, estimate

SENTENCE = "Hjemmesygeplejersken kører 40 km om dagen for at måle blodtryk hos borgere i Nordby."
ALPHABET = st.sampled_from("aæøåZ 1.,!?\n\t–(")


def test_it_leaves_a_short_text_whole() -> None:
    assert chunks(f"  {SENTENCE}\n\n{SENTENCE} ") == [f"{SENTENCE} {SENTENCE}"]


@pytest.mark.parametrize("text", ["", " \n "])
def test_it_gives_nothing_for_nothing(text: str) -> None:
    assert chunks(text) == []


def test_it_cuts_between_sentences() -> None:
    parts = chunks(" ".join([SENTENCE] * 30))
    assert len(parts) > 3
    assert all(part.startswith("Hjemme") and part.endswith("Nordby.") for part in parts)


def test_it_cuts_a_sentence_without_end_between_words() -> None:
    words = ["gevinstrealisering"] * 200
    parts = chunks(" ".join(words))
    assert " ".join(parts).split() == words


def test_it_cuts_a_word_without_end() -> None:
    assert "".join(chunks("æ" * 3000)).replace(" ", "") == "æ" * 3000


@given(st.text(ALPHABET, max_size=2500))
def test_it_loses_nothing_and_makes_no_part_too_long(text: str) -> None:
    parts = chunks(text)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(0 < estimate(part) <= MOST for part in parts)


@pytest.mark.model
def test_it_makes_parts_that_the_model_reads_to_the_end() -> None:
    engine = Engine(build_model())
    texts = [
        " ".join([SENTENCE] * 40),
        "Kommunstyrelsens arbetsutskott föreslår att lönekartläggningen återremitteras. " * 40,
        "Does anyone else's ward keep losing its bladder scanner, or is it just us? " * 40,
        "Kven har ansvaret for å brøyte vegen til skulen når bussen ikkje kjem fram? " * 40,
    ]
    lengths = [len(engine.numbers(part)) for text in texts for part in chunks(text)]
    assert max(lengths) < MOST_PIECES
    assert sum(lengths) / len(lengths) > MOST_PIECES / 2


@pytest.mark.parametrize("sign", [".", "?!", "…)", ". "])
def test_it_takes_no_time_over_a_line_of_dots(sign: str) -> None:
    written = sign * (20_000 // len(sign))
    began = process_time()
    assert "".join(chunks(written)).replace(" ", "") == written.replace(" ", "")
    assert process_time() - began < 2
