"""Which states an activity may be in and which phases its form has."""

from enum import StrEnum

from loype.kernel.states import StateTable


class ActivityState(StrEnum):
    """Where an activity stands."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED = "stopped"


ACTIVITY = StateTable(
    {
        "planned": ["running", "stopped"],
        "running": ["paused", "finished", "stopped"],
        "paused": ["running", "stopped"],
        "finished": [],
        "stopped": [],
    }
)

OPEN_ACTIVITY = frozenset({"planned", "running", "paused"})

# Projects follow the phases of the Norwegian public-sector project guide; the light forms have
# fewer. Phases are passed in order, forwards or back, by the owner.
PHASES = {
    "project": ("concept", "planning", "execution", "closing"),
    "mini_development": ("need", "solution", "test"),
    "experiment": ("hypothesis", "trial", "learning"),
    "line_task": ("doing",),
}
ALL_PHASES = tuple(dict.fromkeys(phase for phases in PHASES.values() for phase in phases))
