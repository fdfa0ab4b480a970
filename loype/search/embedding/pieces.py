"""The pieces of words that the model knows, and which of them are kept.

Of 250,002 pieces in a hundred languages, those are kept that Danish, Norwegian, Swedish and
English use, with every letter of the languages beside them. `tools/search_vocabulary.py` chose
them; which ones stands in `vocabulary.gz`, one bit for each piece of the model.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

KEPT = Path(__file__).with_name("vocabulary.gz")
# Signs nobody sees: control characters, soft hyphens, zero-width and direction marks.
UNSEEN = r"[\p{Cc}\p{Cf}&&[^\t\n\r]]"
MARK = "▁"  # stands for the blank before a word


def kept_pieces(path: Path = KEPT) -> NDArray[int64]:
    """The numbers of the pieces that are kept, in rising order."""
    import numpy as np

    bits = np.unpackbits(np.frombuffer(gzip.decompress(path.read_bytes()), np.uint8))
    return np.flatnonzero(bits)


def write_kept(numbers: Sequence[int], path: Path = KEPT) -> None:
    """Keep these pieces from now on."""
    import numpy as np

    bits = np.zeros(max(numbers) + 1, np.uint8)
    bits[list(numbers)] = 1
    path.write_bytes(gzip.compress(np.packbits(bits).tobytes(), mtime=0))


def hash_of_kept(path: Path = KEPT) -> str:
    """The hash of which pieces are kept, however they are packed."""
    return hashlib.sha256(gzip.decompress(path.read_bytes())).hexdigest()


def make_tokenizer(pieces: Sequence[tuple[str, float]], *, unknown: int) -> Tokenizer:
    """Cuts text into the most probable of these pieces, and gives the numbers of their places."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    made = Tokenizer(models.Unigram(list(pieces), unknown, False))
    made.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(UNSEEN), ""),
            normalizers.NFKC(),
            normalizers.Replace(Regex(r"\s+"), " "),
            normalizers.Strip(),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement=MARK, prepend_scheme="always")
    return made
