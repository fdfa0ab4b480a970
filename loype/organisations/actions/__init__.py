"""What may happen to organisations, their people and their federations."""

from loype.organisations.actions.closed_days import close_days, take_back_closed_days
from loype.organisations.actions.federations import (
    end_federation_membership,
    found_federation,
    join_federation,
)
from loype.organisations.actions.inviting import (
    accept_invitation,
    find_invitation,
    invite_person,
    join_by_domain,
    resend_invitation,
    withdraw_invitation,
)
from loype.organisations.actions.merging import answer_merge_proposal, propose_merge
from loype.organisations.actions.numbers import next_number
from loype.organisations.actions.organisations import (
    add_unit,
    change_organisation,
    close_unit,
    describe_unit,
    found_organisation,
    put_up_logo,
    rename_unit,
    set_logo,
)
from loype.organisations.actions.people import (
    end_membership,
    give_role,
    leave_organisation,
    place_person,
)
from loype.organisations.actions.sharing import change_sharing

__all__ = [
    "accept_invitation",
    "add_unit",
    "answer_merge_proposal",
    "change_organisation",
    "change_sharing",
    "close_days",
    "close_unit",
    "describe_unit",
    "end_federation_membership",
    "end_membership",
    "find_invitation",
    "found_federation",
    "found_organisation",
    "give_role",
    "invite_person",
    "join_by_domain",
    "join_federation",
    "leave_organisation",
    "next_number",
    "place_person",
    "propose_merge",
    "put_up_logo",
    "rename_unit",
    "resend_invitation",
    "set_logo",
    "take_back_closed_days",
    "withdraw_invitation",
]
