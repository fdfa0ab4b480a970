"""Which states a solution and an adoption may be in."""

from enum import StrEnum

from loype.kernel.states import StateTable


class SolutionState(StrEnum):
    """A solution is drafted, published and one day retired."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


SOLUTION = StateTable({"draft": ["published"], "published": ["retired"], "retired": ["published"]})


class AdoptionState(StrEnum):
    """Another organisation considers, tests, adapts, uses, or stops."""

    CONSIDERING = "considering"
    TESTING = "testing"
    ADAPTING = "adapting"
    IN_USE = "in_use"
    STOPPED = "stopped"


ADOPTION = StateTable(
    {
        "considering": ["testing", "adapting", "in_use", "stopped"],
        "testing": ["adapting", "in_use", "stopped"],
        "adapting": ["testing", "in_use", "stopped"],
        "in_use": ["stopped"],
        "stopped": [],
    }
)
