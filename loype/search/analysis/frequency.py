"""How many texts hold a token, as counted in sentences of our own: never in anybody's texts.

A count over what is stored would tell a reader something of texts they may not see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("frequencies.tsv")
COMMON = 0.03  # a token in more than this share of texts does not tell them apart


@lru_cache(maxsize=1)
def shares() -> dict[str, float]:
    """The share of our sentences that hold a token; rare ones are left out."""
    if not FILE.exists():
        return {}
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return {token: float(share) for token, share in (line.split("\t") for line in lines)}


def is_common(token: str) -> bool:
    """Whether so many texts hold it that it finds nothing."""
    return shares().get(token, 0.0) >= COMMON


def rarest_first(tokens: Iterable[str]) -> list[str]:
    """The tokens, those of the fewest sentences first; among equals the longer first."""
    return sorted(tokens, key=lambda token: (shares().get(token, 0.0), -len(token)))


def keep_shares(counted: Mapping[str, float]) -> None:
    """Write the counted shares to the file that comes with Løype."""
    lines = [f"{token}\t{share:.4f}\n" for token, share in sorted(counted.items())]
    FILE.write_text("".join(lines), encoding="utf-8")
    shares.cache_clear()
