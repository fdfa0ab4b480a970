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
from loype.councils.actions.elsewhere import end_same_need, tell_of_same_need
from loype.councils.actions.following import (
    accept_responsibility,
    appoint_by_delegation,
    arrange_follow_up,
    decline_responsibility,
)
from loype.councils.actions.inviting import answer_joint_invitation, invite_councils
from loype.councils.actions.joint_cases import (
    TermsWords,
    agree_to_joint_terms,
    decline_joint_terms,
    leave_joint_case,
    partners_of,
    propose_joint_terms,
    standing_answers,
)

__all__ = [
    "DecisionWords",
    "TermsWords",
    "accept_responsibility",
    "agree_to_joint_terms",
    "answer_joint_invitation",
    "appoint_by_delegation",
    "appoint_responsible",
    "approve_minutes",
    "arrange_follow_up",
    "close_case",
    "current_council",
    "decide_case",
    "deciding_words",
    "decline_joint_terms",
    "decline_responsibility",
    "end_same_need",
    "invite_councils",
    "leave_joint_case",
    "move_agenda_item",
    "open_case",
    "open_cases_for_import",
    "partners_of",
    "propose_joint_terms",
    "put_on_agenda",
    "refuse_if_decided",
    "refuse_unless_preparing",
    "release_agenda",
    "reopen_case",
    "standing_answers",
    "take_off_agenda",
    "tell_of_same_need",
]
