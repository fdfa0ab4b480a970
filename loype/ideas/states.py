"""Which states an idea may be in and which may follow which."""

from enum import StrEnum

from loype.kernel.states import StateTable


class IdeaState(StrEnum):
    """Where an idea stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    TAKEN_UP = "taken_up"
    NEEDS_INFORMATION = "needs_information"
    GOING_ON = "going_on"
    PARKED = "parked"
    RETURNED = "returned"
    REJECTED = "rejected"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


_DECIDED = ["needs_information", "going_on", "parked", "returned", "rejected", "merged"]

IDEA = StateTable(
    {
        "draft": ["submitted", "withdrawn"],
        "submitted": ["taken_up", "withdrawn", *_DECIDED],
        "taken_up": ["withdrawn", *_DECIDED],
        "needs_information": ["taken_up", "withdrawn", *_DECIDED],
        "going_on": _DECIDED,
        "parked": ["withdrawn", *_DECIDED],
        "returned": ["submitted", "withdrawn", *_DECIDED],
        "rejected": _DECIDED,
        "merged": _DECIDED,
        "withdrawn": [],
    }
)

OPEN_FOR_EDIT = frozenset({"draft", "submitted", "returned"})
WAITING = frozenset({"submitted", "taken_up", "needs_information"})
DECIDED = frozenset({"going_on", "parked", "returned", "rejected", "merged"})
