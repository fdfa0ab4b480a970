"""What happens to cases in a council."""

from loype.councils.actions.agenda import (
    approve_minutes,
    move_agenda_item,
    put_on_agenda,
    refuse_if_decided,
    release_agenda,
    take_off_agenda,
)
from loype.councils.actions.agenda_items import (
    Matter,
    add_agenda_item,
    add_agenda_items,
    change_agenda_item,
    conclude_item,
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
from loype.councils.actions.ending import close_body
from loype.councils.actions.following import (
    accept_responsibility,
    appoint_by_delegation,
    arrange_follow_up,
    decline_responsibility,
)
from loype.councils.actions.in_writing import cast_vote, count_answers, uncounted
from loype.councils.actions.interests import declare_interest, withdraw_interest
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
from loype.councils.actions.keeping import keep_minutes
from loype.councils.actions.papers import papers_due, write_paper
from loype.councils.actions.referrals import answer_referral, put_referral_on_agenda
from loype.councils.actions.voting import (
    agree_on_proposal,
    propose,
    record_dissent,
    record_votes,
    reopen_proposal,
    withdraw_proposal,
)

__all__ = [
    "DecisionWords",
    "Matter",
    "TermsWords",
    "accept_responsibility",
    "add_agenda_item",
    "add_agenda_items",
    "agree_on_proposal",
    "agree_to_joint_terms",
    "answer_joint_invitation",
    "answer_referral",
    "appoint_by_delegation",
    "appoint_responsible",
    "approve_minutes",
    "arrange_follow_up",
    "cast_vote",
    "change_agenda_item",
    "close_body",
    "close_case",
    "conclude_item",
    "count_answers",
    "current_council",
    "decide_case",
    "deciding_words",
    "declare_interest",
    "decline_joint_terms",
    "decline_responsibility",
    "end_same_need",
    "invite_councils",
    "keep_minutes",
    "leave_joint_case",
    "move_agenda_item",
    "open_case",
    "open_cases_for_import",
    "papers_due",
    "partners_of",
    "propose",
    "propose_joint_terms",
    "put_on_agenda",
    "put_referral_on_agenda",
    "record_dissent",
    "record_votes",
    "refuse_if_decided",
    "refuse_unless_preparing",
    "release_agenda",
    "reopen_case",
    "reopen_proposal",
    "standing_answers",
    "take_off_agenda",
    "tell_of_same_need",
    "uncounted",
    "withdraw_interest",
    "withdraw_proposal",
    "write_paper",
]
