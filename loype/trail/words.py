"""What each act is called in the story, and on which of the five steps it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _, ngettext

from loype.councils.labels import Answer, CourseLabel, Form, OutcomeLabel
from loype.evaluation.labels import Verdict
from loype.portfolio.labels import Light, Phase
from loype.portfolio.mandates.labels import Confirming
from loype.spread.labels import ADOPTION_STATES

if TYPE_CHECKING:
    from loype.councils.models import Decision
    from loype.trail.telling import Told

STEP_OF = {
    "submit_idea": "idea",
    "import_idea": "idea",
    "support_idea": "idea",
    "comment_on_idea": "idea",
    "change_visibility": "idea",
    "withdraw_idea": "idea",
    "appoint_responsible": "decision",
    "put_on_agenda": "decision",
    "decide_case": "decision",
    "invite_council": "decision",
    "answer_joint_invitation": "decision",
    "open_activity": "activity",
    "reshape_activity": "activity",
    "start_activity": "activity",
    "pause_activity": "activity",
    "resume_activity": "activity",
    "move_to_phase": "activity",
    "report_status": "activity",
    "reach_milestone": "activity",
    "add_participant": "activity",
    "share_ownership": "activity",
    "end_co_ownership": "activity",
    "finish_activity": "activity",
    "stop_activity": "activity",
    "ask_for_mandate": "activity",
    "answer_mandate": "activity",
    "ask_for_part": "activity",
    "answer_for_part": "activity",
    "plan_evaluation": "evaluation",
    "conclude_evaluation": "evaluation",
    "publish_solution": "spread",
    "import_solution": "spread",
    "retire_solution": "spread",
    "take_up": "spread",
    "move_adoption": "spread",
    "confirm_in_use": "spread",
    "stop_adoption": "spread",
}


def _label(choices: Any, value: Any) -> str:
    """The word for a stored value."""
    return str(dict(choices.choices).get(value, value or ""))


def sentence(
    event: Told, *, decision: Decision | None = None, things: Any = None, count: int = 1
) -> str:
    """One short sentence for a station."""
    if event.verb == "decide_case":
        return _decided(event)
    if event.verb == "support_idea":
        return ngettext(
            "%(count)s colleague has this too", "%(count)s colleagues have this too", count
        ) % {"count": count}
    if event.verb == "comment_on_idea":
        return ngettext("%(count)s comment", "%(count)s comments", count) % {"count": count}
    change = event.change
    told = {
        "organisation": event.organisation,
        "milestone": change.get("title", ""),
        "case": change.get("case", ""),
        "phase": _label(Phase, (change.get("phase") or ["", ""])[-1]),
        "light": _label(Light, change.get("light")),
        "answer": _label(Answer, change.get("answer")),
        "confirming": _label(Confirming, change.get("answer")),
        "verdict": _label(Verdict, change.get("verdict")),
        "form": _label(Form, _last(change.get("form"))),
        "state": str(dict(ADOPTION_STATES).get(_last(change.get("state")), "")),
    }
    return _sentences()[event.verb] % told


def _last(value: Any) -> Any:
    """The newer of a before-and-after pair, or the value itself."""
    return value[-1] if isinstance(value, list) and value else value


def _decided(event: Told) -> str:
    change = event.change
    told = {
        "number": change.get("number", ""),
        "outcome": _label(OutcomeLabel, change.get("outcome")),
        "form": _label(Form, change.get("form")),
        "course": _label(CourseLabel, change.get("course")),
    }
    if change.get("lead"):
        told["lead"] = change["lead"]
        return _("Decided: we join what is run together, led by %(lead)s (%(number)s)") % told
    if change.get("form"):
        return _("Decided: %(outcome)s, as %(form)s, %(course)s (%(number)s)") % told
    return _("Decided: %(outcome)s (%(number)s)") % told


def _sentences() -> dict[str, str]:
    return {
        "submit_idea": _("Handed in as %(case)s"),
        "import_idea": _("Taken over from elsewhere"),
        "change_visibility": _("Shared with others"),
        "withdraw_idea": _("Withdrawn by the giver"),
        "appoint_responsible": _("Somebody responsible was named"),
        "put_on_agenda": _("Put on the council's agenda"),
        "invite_council": _("%(organisation)s was asked to join"),
        "answer_joint_invitation": _("%(organisation)s answered: %(answer)s"),
        "open_activity": _("An activity was opened: %(form)s"),
        "reshape_activity": _("The activity became: %(form)s"),
        "start_activity": _("The activity started"),
        "pause_activity": _("The activity rests"),
        "resume_activity": _("The activity was taken up again"),
        "move_to_phase": _("Came to the phase: %(phase)s"),
        "report_status": _("How it goes: %(light)s"),
        "reach_milestone": _("A milestone was reached: %(milestone)s"),
        "add_participant": _("Another organisation joined"),
        "share_ownership": _("Several organisations own it together"),
        "end_co_ownership": _("A co-owner left"),
        "finish_activity": _("The activity is finished"),
        "stop_activity": _("The activity was stopped"),
        "ask_for_mandate": _("The mandate must be confirmed: there has been an election"),
        "answer_mandate": _("The new council about the mandate: %(confirming)s"),
        "ask_for_part": _("%(organisation)s must confirm its part: there has been an election"),
        "answer_for_part": _("%(organisation)s about its part: %(confirming)s"),
        "plan_evaluation": _("An evaluation was planned"),
        "conclude_evaluation": _("Evaluated: %(verdict)s"),
        "publish_solution": _("Published as a solution"),
        "import_solution": _("Taken over from elsewhere"),
        "retire_solution": _("No longer offered"),
        "take_up": _("%(organisation)s considers it"),
        "move_adoption": _("%(organisation)s: %(state)s"),
        "confirm_in_use": _("In use in %(organisation)s"),
        "stop_adoption": _("%(organisation)s stopped"),
    }
