"""Which states an evaluation may be in."""

from enum import StrEnum

from loype.kernel.states import StateTable


class EvaluationState(StrEnum):
    """An evaluation is planned, measures, and concludes."""

    PLANNED = "planned"
    MEASURING = "measuring"
    CONCLUDED = "concluded"


EVALUATION = StateTable(
    {"planned": ["measuring", "concluded"], "measuring": ["concluded"], "concluded": []}
)
