"""Who should hear of an event: every verb, and who is told; nobody hears of what they may not see.

Whoever adds a verb adds a line to TELLERS (or says in SILENT that nobody is told), a teller beside
its like (`of_ideas`, `of_activities`, `of_councils`, `finds`), the sentence to `words`, the kind of
its subject to `kinds`, and the door to what it is about to `doors`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from loype.history.models import Event
from loype.notices.finds import contact_asked, found_later, found_new, same_need
from loype.notices.of_activities import (
    activity_teller,
    adoption_teller,
    evaluated,
    evaluation_measuring,
    evaluation_planned,
    joined,
    opened,
    published,
    retired,
    solution_drafted,
)
from loype.notices.of_bodies import adopted, ending, paper_added, referral_came
from loype.notices.of_clocks import clock_runs_out, follow_up_arranged, responsible_declined
from loype.notices.of_councils import (
    called_off,
    council_answered,
    council_invited,
    deputy_called,
    meeting_teller,
    round_closed,
    round_opened,
    seated,
)
from loype.notices.of_federations import terms_teller, week_of_federation
from loype.notices.of_ideas import (
    co_author,
    commented,
    decided,
    not_treated,
    off_agenda,
    on_agenda,
    responsible,
    submitted,
    supported,
    withdrawn,
)
from loype.notices.of_mandates import (
    mandate_answered,
    mandate_asked,
    mandates_asked,
    part_answered,
    part_asked,
)
from loype.notices.of_news import news_drafted, news_published
from loype.notices.telling import Telling


def tellings(event: Event) -> list[Telling]:
    """What to tell whom about an event; never to the person who did it, but for receipts."""
    teller = TELLERS.get(event.verb)
    if teller is None:
        return []
    found: dict[int, Telling] = {}
    for telling in teller(event):
        own = telling.person_id == event.person_id and telling.subject != "receipt"
        if not own:
            found.setdefault(telling.person_id, telling)
    return list(found.values())


TELLERS: dict[str, Callable[[Event], Iterable[Telling]]] = {
    "submit_idea": submitted,
    "add_co_author": co_author,
    "support_idea": supported,
    "comment_on_idea": commented,
    "withdraw_idea": withdrawn,
    "appoint_responsible": responsible,
    "escalate_case": clock_runs_out,
    "arrange_follow_up": follow_up_arranged,
    "decline_responsibility": responsible_declined,
    "put_on_agenda": on_agenda,
    "take_off_agenda": off_agenda,
    "decide_case": decided,
    "open_activity": opened,
    "start_activity": activity_teller("activity_started"),
    "pause_activity": activity_teller("activity_paused"),
    "resume_activity": activity_teller("activity_resumed"),
    "finish_activity": activity_teller("activity_finished"),
    "stop_activity": activity_teller("activity_stopped"),
    "report_status": activity_teller("status_reported"),
    "ask_for_mandate": mandate_asked,
    "ask_for_mandates": mandates_asked,
    "answer_mandate": mandate_answered,
    "ask_for_part": part_asked,
    "answer_for_part": part_answered,
    "add_participant": joined,
    "hand_over_activity": opened,
    "plan_evaluation": evaluation_planned,
    "measure": evaluation_measuring,
    "conclude_evaluation": evaluated,
    "draft_solution": solution_drafted,
    "publish_solution": published,
    "retire_solution": retired,
    "take_up": adoption_teller("taken_up"),
    "move_adoption": adoption_teller("adoption_moved"),
    "confirm_in_use": adoption_teller("in_use"),
    "stop_adoption": adoption_teller("adoption_moved"),
    "invite_council": council_invited,
    "answer_joint_invitation": council_answered,
    "propose_joint_terms": terms_teller("terms_proposed"),
    "settle_joint_terms": terms_teller("terms_settled"),
    "decline_joint_terms": terms_teller("terms_declined"),
    "leave_joint_case": terms_teller("joint_left"),
    "tell_of_the_week": week_of_federation,
    "open_round": round_opened,
    "close_round": round_closed,
    "adopt_mandate": adopted("mandate_adopted"),
    "adopt_rules_of_procedure": adopted("procedure_adopted"),
    "adopt_instruction": adopted("instruction_adopted"),
    "add_paper": paper_added,
    "refer_to_body": referral_came,
    "warn_of_end": ending("body_ends"),
    "end_body": ending("body_ended"),
    "call_meeting": meeting_teller("meeting_called"),
    "close_meeting": not_treated,
    "cancel_meeting": called_off,
    "move_meeting": meeting_teller("meeting_moved"),
    "reply_to_call": deputy_called,
    "appoint_to_seat": seated,
    "find_new": found_new,
    "find_later": found_later,
    "ask_for_contact": contact_asked,
    "propose_same_need": same_need,
    "draft_news": news_drafted,
    "publish_news": news_published,
}

# Verbs that follow up but tell nobody: those concerned did it themselves, or see it where they
# work. A test holds every other verb to the list above.
SILENT = frozenset(
    {
        "activate_council", "add_seat", "agree_to_joint_terms", "approve_minutes", "close_council",
        "establish_body", "establish_council", "move_to_phase", "plan_meeting",
        "reach_milestone", "reshape_activity",
    }
)  # fmt: skip
