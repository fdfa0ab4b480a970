"""What a case may go through and what a decision may say."""

from enum import StrEnum

from loype.kernel.states import StateTable


class CaseState(StrEnum):
    """A case waits, lies on an agenda, is decided, or was closed without a decision."""

    WAITING = "waiting"
    ON_AGENDA = "on_agenda"
    DECIDED = "decided"
    CLOSED = "closed"


CASE = StateTable(
    {
        "waiting": ["on_agenda", "decided", "closed"],
        "on_agenda": ["waiting", "decided", "closed"],
        "decided": ["waiting", "decided", "closed"],
        "closed": ["waiting"],
    }
)

OPEN_CASE = frozenset({"waiting", "on_agenda"})


class Outcome(StrEnum):
    """What a decision makes of an idea."""

    GO_ON = "go_on"
    MORE_INFORMATION = "more_information"
    MERGE = "merge"
    PARK = "park"
    REJECT = "reject"
    RETURN = "return"
    JOIN = "join"


IDEA_STATE_AFTER = {
    "go_on": "going_on",
    "more_information": "needs_information",
    "merge": "merged",
    "park": "parked",
    "reject": "rejected",
    "return": "returned",
    "join": "going_on",
}


class Course(StrEnum):
    """Alone or together with others."""

    OWN_PILOT = "own_pilot"
    INTER_MUNICIPAL_SHALL = "inter_municipal_shall"
    INTER_MUNICIPAL_SHOULD = "inter_municipal_should"
    LOCAL_ONLY = "local_only"


JOINT_COURSES = frozenset({"inter_municipal_shall", "inter_municipal_should"})
