"""Which answers a pair of ideas may be given and which may follow which."""

from enum import StrEnum

from loype.kernel.states import StateTable


class PairState(StrEnum):
    """How a pair stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    LINKED = "linked"
    MERGED = "merged"
    DISMISSED = "dismissed"


PAIR = StateTable(
    {
        "proposed": ["confirmed", "linked", "merged", "dismissed"],
        "confirmed": ["proposed", "linked", "merged", "dismissed"],
        "linked": ["proposed", "confirmed", "linked", "merged", "dismissed"],
        "dismissed": ["proposed", "confirmed", "linked", "merged"],
        "merged": ["confirmed"],
    }
)

TAKEN_BACK = frozenset({"confirmed", "linked", "dismissed"})
"""What may be taken back: the pair then waits for an answer again."""
