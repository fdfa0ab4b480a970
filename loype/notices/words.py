"""What a notice says, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from loype.councils.labels import Answer, CourseLabel, Form, OutcomeLabel
from loype.portfolio.labels import Light
from loype.spread.labels import ADOPTION_STATES


def headline(subject: str, facts: Mapping[str, Any]) -> str:
    """One plain sentence: what happened to what."""
    told = {"title": facts.get("title", ""), "who": facts.get("who") or _("A colleague")}
    told |= {"organisation": facts.get("organisation", "")}
    sentences = {
        "receipt": _("We have received “%(title)s”."),
        "co_author": _("You write “%(title)s” together with others."),
        "supported": _("%(who)s has this too: “%(title)s”."),
        "commented": _("%(who)s commented on “%(title)s”."),
        "mentioned": _("%(who)s mentioned you under “%(title)s”."),
        "responsible_appointed": _("“%(title)s” is taken up; somebody is responsible now."),
        "you_are_responsible": _("You are responsible for “%(title)s”."),
        "on_agenda": _("“%(title)s” is on the council's agenda."),
        "decided": _("“%(title)s” is decided: %(outcome)s."),
        "you_lead": _("You lead the activity “%(title)s”."),
        "activity_started": _("“%(title)s” has started."),
        "activity_paused": _("“%(title)s” rests for now."),
        "activity_resumed": _("“%(title)s” is taken up again."),
        "activity_finished": _("“%(title)s” is finished."),
        "activity_stopped": _("“%(title)s” is stopped."),
        "status_reported": _("How “%(title)s” goes: %(light)s."),
        "joined_activity": _("Your organisation takes part in “%(title)s”."),
        "evaluated": _("“%(title)s” is evaluated."),
        "published": _("“%(title)s” is now a solution that others can use."),
        "taken_up": _("%(organisation)s considers “%(title)s”."),
        "adoption_moved": _("%(organisation)s and “%(title)s”: %(state)s."),
        "in_use": _("“%(title)s” is in use in %(organisation)s."),
        "council_invited": _("%(organisation)s asks your council to join “%(title)s”."),
        "council_answered": _("%(organisation)s answers about “%(title)s”: %(answer)s."),
        "meeting_called": _("You are called to a meeting of %(organisation)s."),
        "new_in_queue": _("New in the council's queue: “%(title)s”."),
        "withdrawn": _("“%(title)s” was withdrawn by its giver."),
    }
    told |= {
        "outcome": _label(OutcomeLabel, facts.get("outcome")),
        "light": _label(Light, facts.get("light")),
        "answer": _label(Answer, facts.get("answer")),
        "state": str(dict(ADOPTION_STATES).get(facts.get("state", ""), "")),
    }
    return sentences[subject] % told


def explanation(subject: str, facts: Mapping[str, Any]) -> str:
    """What it means for the reader and what happens next; may be empty."""
    lines = []
    if subject == "receipt":
        lines.append(_("Its case number is %(case)s.") % {"case": facts.get("case", "")})
        if facts.get("responsible_by"):
            lines.append(
                _("Somebody responsible is named by %(day)s, and it is decided by %(decision)s.")
                % {"day": facts["responsible_by"], "decision": facts["decision_by"]}
            )
    if subject == "decided":
        if facts.get("form"):
            lines.append(
                _("It goes on as: %(form)s, %(course)s.")
                % {
                    "form": _label(Form, facts["form"]),
                    "course": _label(CourseLabel, facts["course"]),
                }
            )
        lines.append(_next_step(facts.get("outcome", "")))
    if facts.get("reason"):
        lines.append(_("The reasons: %(reason)s") % {"reason": facts["reason"]})
    return "\n".join(line for line in lines if line)


def _next_step(outcome: str) -> str:
    return {
        "go_on": _("You will hear when it starts and how it goes."),
        "more_information": _("Please answer the council's question under the idea."),
        "merge": _("Your support went along, and you follow the idea it was merged into."),
        "park": _("It is not forgotten: the council takes it up again when the time is right."),
        "reject": _("You may still read the reasons and hand in something new at any time."),
        "return": _("You may change it and hand it in again."),
    }.get(outcome, "")


def _label(choices: Any, value: Any) -> str:
    return str(dict(choices.choices).get(value, value or ""))
