"""Which states a body and a meeting may be in."""

from enum import StrEnum

from loype.kernel.states import StateTable


class BodyState(StrEnum):
    """A body is prepared, works, and ends."""

    DRAFT = "draft"
    ACTIVE = "active"
    CLOSED = "closed"


BODY = StateTable({"draft": ["active", "closed"], "active": ["closed"], "closed": []})


class MeetingState(StrEnum):
    """A meeting is planned, called, held, and its minutes approved; or it is cancelled."""

    PLANNED = "planned"
    CALLED = "called"
    HELD = "held"
    APPROVED = "approved"
    CANCELLED = "cancelled"


MEETING = StateTable(
    {
        "planned": ["called", "cancelled"],
        "called": ["held", "cancelled"],
        "held": ["approved"],
        "approved": [],
        "cancelled": [],
    }
)
