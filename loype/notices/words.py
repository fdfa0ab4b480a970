"""What a notice says, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_noop, pgettext

from loype.councils.labels import Answer, CourseLabel, Form, OutcomeLabel
from loype.portfolio.labels import Light
from loype.search.labels import Kind
from loype.spread.labels import ADOPTION_STATES

SENTENCES = {
    "receipt": gettext_noop("We have received “%(title)s”."),
    "co_author": gettext_noop("You write “%(title)s” together with others."),
    "supported": gettext_noop("%(who)s has this too: “%(title)s”."),
    "commented": gettext_noop("%(who)s commented on “%(title)s”."),
    "mentioned": gettext_noop("%(who)s mentioned you under “%(title)s”."),
    "responsible_appointed": gettext_noop("“%(title)s” is taken up; somebody is responsible now."),
    "you_are_responsible": gettext_noop("You are responsible for “%(title)s”."),
    "on_agenda": gettext_noop("“%(title)s” is on the council's agenda."),
    "decided": gettext_noop("“%(title)s” is decided: %(outcome)s."),
    "you_lead": gettext_noop("You lead the activity “%(title)s”."),
    "activity_started": gettext_noop("“%(title)s” has started."),
    "activity_paused": gettext_noop("“%(title)s” rests for now."),
    "activity_resumed": gettext_noop("“%(title)s” is taken up again."),
    "activity_finished": gettext_noop("“%(title)s” is finished."),
    "activity_stopped": gettext_noop("“%(title)s” is stopped."),
    "status_reported": gettext_noop("How “%(title)s” goes: %(light)s."),
    "joined_activity": gettext_noop("Your organisation takes part in “%(title)s”."),
    "evaluated": gettext_noop("“%(title)s” is evaluated."),
    "published": gettext_noop("“%(title)s” is now a solution that others can use."),
    "taken_up": gettext_noop("%(organisation)s considers “%(title)s”."),
    "adoption_moved": gettext_noop("%(organisation)s and “%(title)s”: %(state)s."),
    "in_use": gettext_noop("“%(title)s” is in use in %(organisation)s."),
    "council_invited": gettext_noop("%(organisation)s asks your council to join “%(title)s”."),
    "council_answered": gettext_noop("%(organisation)s answers about “%(title)s”: %(answer)s."),
    "meeting_called": gettext_noop("You are called to a meeting of %(organisation)s."),
    "new_in_queue": gettext_noop("New in the council's queue: “%(title)s”."),
    "meeting_cancelled": gettext_noop("The meeting of %(organisation)s is called off."),
    "seated": gettext_noop("You have a seat in %(organisation)s."),
    "retired": gettext_noop("“%(title)s” is no longer offered to others."),
    "withdrawn": gettext_noop("“%(title)s” was withdrawn by its giver."),
    "same_need": gettext_noop("“%(title)s” may be the same need as one in %(organisation)s."),
    "contact_asked": gettext_noop(
        "%(who)s in %(organisation)s looks for something that you have, and asks for contact."
    ),
    "found_later": gettext_noop("Others have something like “%(title)s”: %(count)s."),
    "found_new": gettext_noop("New for your search “%(title)s”: %(count)s."),
}


def headline(subject: str, facts: Mapping[str, Any]) -> str:
    """One plain sentence: what happened to what."""
    told = {"title": facts.get("title", ""), "who": facts.get("who") or _("A colleague")}
    told |= {"organisation": facts.get("organisation", ""), "count": facts.get("count", "")}
    told |= {
        "outcome": _label(OutcomeLabel, facts.get("outcome")),
        "light": _label(Light, facts.get("light")),
        "answer": _label(Answer, facts.get("answer")),
        "state": str(dict(ADOPTION_STATES).get(facts.get("state", ""), "")),
    }
    return _(SENTENCES[subject]) % told


def explanation(subject: str, facts: Mapping[str, Any]) -> str:
    """What it means for the reader and what happens next; may be empty."""
    lines = []
    if subject == "receipt":
        lines.append(_("Its case number is %(case)s.") % {"case": facts.get("case", "")})
        if facts.get("responsible_by"):
            lines.append(
                _("Somebody responsible is named by %(day)s, and it is decided by %(decision)s.")
                % {"day": _day(facts["responsible_by"]), "decision": _day(facts["decision_by"])}
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
    if subject in ("found_new", "found_later"):
        lines += [
            f"{one['title']} ({_label(Kind, one['kind'])}, {one['organisation']})"
            for one in facts.get("found", ())
        ]
        left = facts.get("count", 0) - len(facts.get("found", ()))
        lines.append(_("and %(count)s more") % {"count": left} if left > 0 else "")
    if subject == "contact_asked":
        lines.append(_("What they wrote: “%(words)s”") % {"words": facts.get("words", "")})
        lines.append(_("Answer them at %(email)s.") % {"email": facts.get("email", "")})
    if subject == "same_need":
        lines.append(_("There it is called “%(other)s”.") % {"other": facts.get("other", "")})
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


def _day(written: str) -> str:
    """A day as the reader writes it."""
    return date_format(date.fromisoformat(written), pgettext("a date", "j F Y"))


def _label(choices: Any, value: Any) -> str:
    return str(dict(choices.choices).get(value, value or ""))
