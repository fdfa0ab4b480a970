"""What speaks for a pair: the words and concepts that both texts hold, and what was compared."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from loype.ideas.models import Idea
from loype.search.asking import asked
from loype.search.candidates import Candidate
from loype.search.explanation import reason_for
from loype.search.found import facts_of
from loype.search.models import SearchText

MOST_WORDS = 12
MOST_CONCEPTS = 8


def digest_of(idea: Idea) -> str:
    """A mark of an idea's words: another mark, other words."""
    return sha256(f"{idea.title}\n{idea.text}".encode()).hexdigest()


def evidence_of(one: SearchText, other: SearchText) -> dict[str, Any]:
    """The words of each text, as written, that met the other's, and the concepts of both."""
    here, there = _met(one, by=other), _met(other, by=one)
    return {
        "words_a": list(here.words[:MOST_WORDS]),
        "words_b": list(there.words[:MOST_WORDS]),
        "concepts": list(dict.fromkeys((*here.concepts, *there.concepts)))[:MOST_CONCEPTS],
    }


def _met(text: SearchText, *, by: SearchText) -> Any:
    question = asked(f"{by.title}\n{by.body}", language=by.language, is_own_text=True)
    return reason_for(question, _candidate(text))


def _candidate(text: SearchText) -> Candidate:
    return Candidate(**facts_of(text), concepts=tuple(text.concepts))
