"""Publishing a solution, and taking up one of others."""

from loype.spread.actions.adopting import confirm_in_use, move_adoption, stop_adoption, take_up
from loype.spread.actions.importing import ImportedSolution, import_solutions
from loype.spread.actions.publishing import (
    draft_solution,
    edit_solution,
    publish_solution,
    retire_solution,
)

__all__ = [
    "ImportedSolution",
    "confirm_in_use",
    "draft_solution",
    "edit_solution",
    "import_solutions",
    "move_adoption",
    "publish_solution",
    "retire_solution",
    "stop_adoption",
    "take_up",
]
