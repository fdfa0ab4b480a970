"""What happens to bodies: set up, filled, met in, ended."""

from loype.bodies.actions.meetings import (
    approve_meeting,
    call_meeting,
    cancel_meeting,
    close_meeting,
    plan_meeting,
)
from loype.bodies.actions.setting_up import (
    activate_council,
    add_seat,
    appoint_to_seat,
    appointing_words,
    close_council,
    close_seat,
    end_term,
    establish_council,
    filled_seats,
    refuse_incomplete,
)

__all__ = [
    "activate_council",
    "add_seat",
    "appoint_to_seat",
    "appointing_words",
    "approve_meeting",
    "call_meeting",
    "cancel_meeting",
    "close_council",
    "close_meeting",
    "close_seat",
    "end_term",
    "establish_council",
    "filled_seats",
    "plan_meeting",
    "refuse_incomplete",
]
