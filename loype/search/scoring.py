"""How alike two texts look: shared runs of three to five letters, whatever the language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BUCKET_BITS = 18
BUCKETS = 1 << BUCKET_BITS  # the length of a table of rarities
SHORTEST_GRAM, LONGEST_GRAM = 3, 5

_BETWEEN = "\uffff"  # no letter; stands between texts while they are spelt alike together
_MULTIPLIER = 0x01000193
_SPREAD = 0x9E3779B1  # the golden ratio: neighbouring sums land far apart

# Length may change; boundaries are found again by _BETWEEN. Quick, because it is plain replacing.
_SPELLING = (
    ("aa", "å"), ("æ", "e"), ("ä", "e"), ("é", "e"), ("ø", "ö"), ("ck", "kk"), ("sjon", "tion"),
    ("x", "ks"), ("z", "s"), ("w", "v"), ("ph", "f"), ("th", "t"), ("qu", "kv"), ("hj", "h"),
)  # fmt: skip


def character_cosine(
    query: str, texts: Sequence[str], *, rarity: NDArray[np.float32] | None = None
) -> NDArray[np.float32]:
    """How alike a query and each text look, from 0 to 1.

    The cosine of counts of three to five letters inside the edges of words (scikit-learn's
    `char_wb`), spelt alike for all Nordic languages, each count c weighing 1 + ln c, times the
    rarity of its bucket where a table of `BUCKETS` numbers is given. Runs of letters are counted in
    buckets by hash: two that meet by chance move a cosine by less than 0.01.
    """
    import numpy as np

    if not texts:
        return np.zeros(0, dtype=np.float32)
    owner, bucket, weight = _weigh([query, *texts], rarity=rarity)
    asked = owner == 0
    looked_for = np.zeros(BUCKETS, dtype=np.float32)
    looked_for[bucket[asked]] = weight[asked]
    count = len(texts) + 1
    lengths = np.sqrt(np.bincount(owner, weights=weight * weight, minlength=count))
    shared = np.bincount(owner, weights=weight * looked_for[bucket], minlength=count)
    scale = lengths * lengths[0]
    cosine = np.divide(shared, scale, out=np.zeros(count), where=scale > 0)
    return np.asarray(np.clip(cosine[1:], 0.0, 1.0), dtype=np.float32)


def gram_rarity(texts: Sequence[str]) -> NDArray[np.float32]:
    """How rare each bucket is among texts: 1 + ln((1 + texts) / (1 + texts that have it))."""
    import numpy as np

    _, bucket, _ = _weigh(texts, rarity=None)
    having = np.bincount(bucket, minlength=BUCKETS)
    return np.asarray(1 + np.log((1 + len(texts)) / (1 + having)), dtype=np.float32)


def _weigh(
    texts: Sequence[str], *, rarity: NDArray[np.float32] | None
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """For each text and each bucket it has, once: the text's place, the bucket, the weight."""
    import numpy as np

    keys = np.sort(_keys(texts))
    first = np.flatnonzero(np.diff(keys, prepend=keys[:1] + 1))
    counts = np.diff(first, append=len(keys))
    owner, bucket = np.divmod(keys[first], BUCKETS)
    weight = (1 + np.log(counts)).astype(np.float32)
    return owner, bucket, weight if rarity is None else weight * rarity[bucket]


def _keys(texts: Sequence[str]) -> NDArray[np.int64]:
    """The bucket of every run of letters, with the place of its text in the bits above."""
    import numpy as np

    codes, owner = _letters(texts)
    within = codes != ord(" ")
    hashed = codes[:-1] * np.uint32(_MULTIPLIER) + codes[1:]
    inside = np.ones(len(hashed), dtype=np.bool_)
    found = []
    for length in range(SHORTEST_GRAM, LONGEST_GRAM + 1):
        hashed = hashed[:-1] * np.uint32(_MULTIPLIER) + codes[length - 1 :]
        inside = inside[:-1] & within[length - 2 : -1]  # blanks only at the ends
        starts = np.flatnonzero(inside)
        bucket = (hashed[starts] * np.uint32(_SPREAD)) >> np.uint32(32 - BUCKET_BITS)
        found.append(owner[starts] * BUCKETS + bucket)
    return np.concatenate(found)


def _letters(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """All texts after one another, spelt alike, blanks between words; whose each letter is.

    A blank between two texts belongs to the later one: no run of letters reaches over it.
    """
    import numpy as np

    together = _BETWEEN.join(text.replace(_BETWEEN, " ") for text in texts)
    together = normalize("NFC", together).casefold()
    for written, spelt in _SPELLING:
        together = together.replace(written, spelt)
    signs = np.frombuffer(f" {together} ".encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    owner = np.cumsum(signs == ord(_BETWEEN), dtype=np.int64)
    letters = _is_letter()[np.minimum(signs, 0xFFFF)]
    return np.where(letters, signs, np.uint32(ord(" "))), owner


@lru_cache(maxsize=1)
def _is_letter() -> NDArray[np.bool_]:
    """Whether each of the first 65,536 signs is a letter, a digit or a mark on a letter."""
    import numpy as np

    table = np.fromiter((chr(sign).isalnum() for sign in range(1 << 16)), dtype=np.bool_)
    table[0x0300:0x0370] = True
    return table
