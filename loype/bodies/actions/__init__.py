"""What happens to bodies: set up, filled, met in, ended."""

from loype.bodies.actions.attendance import (
    mark_answered,
    register_attendance,
    reply_to_call,
    seat_people,
)
from loype.bodies.actions.meetings import (
    approve_meeting,
    call_meeting,
    cancel_meeting,
    close_meeting,
    lock_meeting,
    move_meeting,
    plan_meeting,
    refuse_stale,
    refuse_unless_preparing,
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
    "lock_meeting",
    "mark_answered",
    "move_meeting",
    "plan_meeting",
    "refuse_incomplete",
    "refuse_stale",
    "refuse_unless_preparing",
    "register_attendance",
    "reply_to_call",
    "seat_people",
]
