"""What happens to cases in a council."""

from loype.councils.actions.agenda import (
    approve_minutes,
    move_agenda_item,
    put_on_agenda,
    refuse_if_decided,
    release_agenda,
    take_off_agenda,
)
from loype.councils.actions.cases import (
    appoint_responsible,
    close_case,
    current_council,
    open_case,
    open_cases_for_import,
    refuse_unless_preparing,
    reopen_case,
)
from loype.councils.actions.deciding import DecisionWords, decide_case, deciding_words
from loype.councils.actions.following import (
    accept_responsibility,
    appoint_by_delegation,
    arrange_follow_up,
    decline_responsibility,
)
from loype.councils.actions.inviting import answer_joint_invitation, invite_councils

__all__ = [
    "DecisionWords",
    "accept_responsibility",
    "answer_joint_invitation",
    "appoint_by_delegation",
    "appoint_responsible",
    "approve_minutes",
    "arrange_follow_up",
    "close_case",
    "current_council",
    "decide_case",
    "deciding_words",
    "decline_responsibility",
    "invite_councils",
    "move_agenda_item",
    "open_case",
    "open_cases_for_import",
    "put_on_agenda",
    "refuse_if_decided",
    "refuse_unless_preparing",
    "release_agenda",
    "reopen_case",
    "take_off_agenda",
]
