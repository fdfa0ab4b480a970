"""One form for a word: its stem, spelt so that Danish, Norwegian, Swedish and English meet.

The spelling is for comparing only and is never shown. Every rule here was kept because it found
more of the same ideas across languages, or because it is the same rule for one more pair of them.
"""

from __future__ import annotations

import re
import threading
from functools import lru_cache
from typing import Any

SHORTEST_STEM = 4  # of a word of six letters or more; Danish Snowball makes "dem" of "demens"
LONGEST_STEMMED = 60  # nothing longer is a word that somebody bends
SNOWBALL = {
    "da": "danish",
    "nb": "norwegian",
    "nn": "norwegian",
    "sv": "swedish",
    "en": "english",
}

# "skolan", "biblioteket": Snowball leaves these on. Not "detaljplan", "tjänsteman", "organ".
_SWEDISH_THE = re.compile(
    r"(?<=....)et$|(?<=...)(?<!pl)(?<!gr)(?<!org)(?<!kr)(?<!rom)(?<!ork)(?<!oce)(?<![^m]m)an$"
)
_ENDINGS = (
    # digitalisering, digitalisera, digitalisation, digitalise -> digital
    re.compile(r"(?<=...)(?:is)?(?:ering|er|ation|asjon|tion|sjon|sion|ion|is)$"),
    # bygning, bygging, bestyrelse -> byg, bestyr
    re.compile(r"(?<=...)e$|(?<=....)(?:ning|ing|else)$"),
)
_SPELLING = tuple(
    (re.compile(pattern), spelt)
    for pattern, spelt in (
        (r"^af(?=.)", "av"),  # da afløb, nb avløp
        (r"^hv", "v"),  # da hvid, sv vit
        (r"aa", "å"),
        (r"[æäéèê]", "e"),  # da hjælp, sv hjälp, nb hjelp
        (r"ø", "ö"),
        (r"e[ij]", "e"),  # da vej, nb vei
        (r"öy", "ö"),
        (r"ck|qu", lambda found: "kk" if found[0] == "ck" else "kv"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"w", "v"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"c(?=[eiyö])", "s"),  # sv cykel, nb sykkel
        (r"ch?", "k"),
        (r"(?<=[gkt])j(?=[eiyö])", ""),  # nb kjøkken, da køkken, sv kök
        (r"hj", "h"),  # nb hjem, sv hem; nb hjelp, en help
        (r"([ln])d", r"\1"),  # da mand, nb mann; da fald, sv fall
        (r"gt", "kt"),  # da vagt, nb vakt
        (r"([b-df-hj-np-tv-xz])\1", r"\1"),  # da trafik, nb trafikk
        # da bog, uge, skib; sv bok; nb uke, skip
        (r"(?<=[aeiouyåö])[ptk](?![ptk])", lambda found: {"p": "b", "t": "d", "k": "g"}[found[0]]),
    )
)
_own = threading.local()  # a stemmer keeps its word while it works, so each thread has its own


@lru_cache(maxsize=20_000)
def form(word: str, *, language: str) -> str:
    """What a word in small letters is compared by: its stem in the common spelling."""
    return fold(stem(word, language=language))


@lru_cache(maxsize=20_000)
def stem(word: str, *, language: str) -> str:
    """A word in small letters without its ending; in languages we have no rules for, unchanged."""
    if language not in SNOWBALL or len(word) > LONGEST_STEMMED:
        return word
    stemmed: str = _stemmer(SNOWBALL[language]).stemWord(word)
    if language == "sv":
        stemmed = _SWEDISH_THE.sub("", stemmed)
    if len(stemmed) < SHORTEST_STEM <= len(word) - 2:
        return word
    return stemmed or word


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """The common spelling, without the endings that only tell noun from verb."""
    if len(word) > LONGEST_STEMMED:
        return word
    folded = word
    for ending in _ENDINGS:
        folded = ending.sub("", folded)
    for pattern, spelt in _SPELLING:
        folded = pattern.sub(spelt, folded)
    return folded or word


def _stemmer(name: str) -> Any:
    known: dict[str, Any] = _own.__dict__.setdefault("stemmers", {})
    if name not in known:
        known[name] = _new_stemmer(name)
    return known[name]


def _new_stemmer(name: str) -> Any:
    try:
        from Stemmer import Stemmer
    except ImportError:  # where it does not install: the same rules in plain Python
        from snowballstemmer import stemmer

        return stemmer(name)
    return Stemmer(name, 0)  # no memory of its own; ours is above
