"""What happens to bodies: set up, filled, met in, ended."""

from loype.bodies.actions.attendance import (
    mark_answered,
    register_attendance,
    reply_to_call,
)
from loype.bodies.actions.establishing import (
    end_finished_bodies,
    establish_body,
    hand_over_leading,
    warn_of_ends,
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
from loype.bodies.actions.papers import (
    PowerLine,
    Procedural,
    add_composition_rule,
    adopt_instruction,
    adopt_mandate,
    adopt_rules_of_procedure,
    end_composition_rule,
)
from loype.bodies.actions.referrals import decide_by_instruction, settle_referral
from loype.bodies.actions.seating import seat_people
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
)
from loype.bodies.actions.year import (
    finish_on_wheel,
    promise_introduction,
    put_on_wheel,
    settle_introduction,
)
from loype.bodies.composition import refuse_incomplete

__all__ = [
    "PowerLine",
    "Procedural",
    "activate_council",
    "add_composition_rule",
    "add_seat",
    "adopt_instruction",
    "adopt_mandate",
    "adopt_rules_of_procedure",
    "appoint_to_seat",
    "appointing_words",
    "approve_meeting",
    "call_meeting",
    "cancel_meeting",
    "close_council",
    "close_meeting",
    "close_seat",
    "decide_by_instruction",
    "end_composition_rule",
    "end_finished_bodies",
    "end_term",
    "establish_body",
    "establish_council",
    "filled_seats",
    "finish_on_wheel",
    "hand_over_leading",
    "lock_meeting",
    "mark_answered",
    "move_meeting",
    "plan_meeting",
    "promise_introduction",
    "put_on_wheel",
    "refuse_incomplete",
    "refuse_stale",
    "refuse_unless_preparing",
    "register_attendance",
    "reply_to_call",
    "seat_people",
    "settle_introduction",
    "settle_referral",
    "warn_of_ends",
]
