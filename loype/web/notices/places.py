"""Which page shows what a notice is about."""

from __future__ import annotations

from loype.notices.models import Notice
from loype.web.shared.context import address

# Pages that take the thing's own number.
PAGES = {
    "idea": "idea_page",
    "case": "case_page",
    "decision": "decision_page",
    "joint_invitation": "joint_invitation",
    "joint_case": "joint_case",
    "federation": "federation_page",
    "activity": "activity_page",
    "solution": "solution_page",
    "adoption": "adoption_page",
    "meeting": "meeting_page",
    "body": "body_page",
    "body_papers": "body_papers",
    "body_year": "body_year",
    "assessment_round": "round_page",
    "organisation": "organisation_page",
    "same_need": "need_pair",
    "news_item": "news_page",
    "saved_search": "saved_search",
}
# Pages that need none.
ROOMS = {"council": "council_room", "mandate_folder": "mandate_list"}


def place_of(notice: Notice) -> str:
    """The address of what a notice is about; "" where the notice says all there is to say."""
    if notice.thing_kind in ROOMS:
        return address(ROOMS[notice.thing_kind])
    page = PAGES.get(notice.thing_kind)
    return address(page, notice.thing_id) if page else ""
