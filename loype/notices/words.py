"""What a notice says, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _, gettext_noop, ngettext, pgettext

from loype.councils.labels import Answer, CourseLabel, Form, OutcomeLabel
from loype.notices.giver import meaning
from loype.organisations.sharing import SharedKind
from loype.portfolio.labels import Light
from loype.portfolio.mandates.labels import Confirming
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
    "you_are_deputy": gettext_noop("You stand in for the responsible of “%(title)s”."),
    "follow_up_by": gettext_noop("“%(title)s” has a day by which it is ready to be decided."),
    "responsible_declined": gettext_noop("The responsible cannot take “%(title)s” on."),
    "nobody_responsible": gettext_noop("Nobody is responsible for “%(title)s” yet."),
    "follow_up_due": gettext_noop("“%(title)s” should be ready to be decided."),
    "decision_due": gettext_noop("“%(title)s” waits for its first decision."),
    "on_agenda": gettext_noop("“%(title)s” is on the council's agenda."),
    "off_agenda": gettext_noop("“%(title)s” is off the council's agenda and waits again."),
    "decided": gettext_noop("“%(title)s” is decided: %(outcome)s."),
    "you_lead": gettext_noop("You lead the activity “%(title)s”."),
    "activity_started": gettext_noop("“%(title)s” has started."),
    "activity_paused": gettext_noop("“%(title)s” rests for now."),
    "activity_resumed": gettext_noop("“%(title)s” is taken up again."),
    "activity_finished": gettext_noop("“%(title)s” is finished."),
    "activity_stopped": gettext_noop("“%(title)s” is stopped."),
    "status_reported": gettext_noop("How “%(title)s” goes: %(light)s."),
    "mandate_asked": gettext_noop("The mandate of “%(title)s” must be confirmed."),
    "mandates_asked": gettext_noop("In %(organisation)s, mandates must be confirmed: %(count)s."),
    "mandate_answered": gettext_noop("The mandate of “%(title)s”: %(confirming)s."),
    "part_asked": gettext_noop(
        "There has been an election in %(organisation)s, which owns “%(title)s” together with you."
    ),
    "part_answered": gettext_noop(
        "%(organisation)s about its part of “%(title)s”: %(confirming)s."
    ),
    "joined_activity": gettext_noop("Your organisation takes part in “%(title)s”."),
    "evaluation_planned": gettext_noop("It is planned how “%(title)s” is evaluated."),
    "evaluation_measuring": gettext_noop("What “%(title)s” brings is being measured."),
    "evaluated": gettext_noop("“%(title)s” is evaluated."),
    "solution_drafted": gettext_noop("What others may reuse of “%(title)s” is being written down."),
    "published": gettext_noop("“%(title)s” is now a solution that others can use."),
    "taken_up": gettext_noop("%(organisation)s considers “%(title)s”."),
    "adoption_moved": gettext_noop("%(organisation)s and “%(title)s”: %(state)s."),
    "in_use": gettext_noop("“%(title)s” is in use in %(organisation)s."),
    "council_invited": gettext_noop("%(organisation)s asks your council to join “%(title)s”."),
    "council_answered": gettext_noop("%(organisation)s answers about “%(title)s”: %(answer)s."),
    "terms_proposed": gettext_noop(
        "%(organisation)s proposes who leads “%(title)s” and who pays what."
    ),
    "terms_settled": gettext_noop("All have agreed on how “%(title)s” is run together."),
    "terms_declined": gettext_noop("%(organisation)s says no to the terms for “%(title)s”."),
    "joint_left": gettext_noop("%(organisation)s leaves “%(title)s”."),
    "federation_week": gettext_noop("The week in %(title)s: %(count)s new from the others."),
    "round_opened": gettext_noop("“%(title)s” waits for your assessment."),
    "round_closed": gettext_noop("The assessment “%(title)s” is closed."),
    "mandate_adopted": gettext_noop("%(organisation)s has a new mandate."),
    "procedure_adopted": gettext_noop("%(organisation)s has new rules of procedure."),
    "instruction_adopted": gettext_noop("%(organisation)s has a new instruction."),
    "paper_added": gettext_noop("There is a new paper on “%(title)s” for %(organisation)s."),
    "referral_came": gettext_noop("“%(title)s” was referred to %(organisation)s."),
    "body_ends": gettext_noop("%(organisation)s ends soon."),
    "body_ended": gettext_noop("%(organisation)s has ended."),
    "meeting_called": gettext_noop("You are called to a meeting of %(organisation)s."),
    "new_in_queue": gettext_noop("New in the council's queue: “%(title)s”."),
    "meeting_cancelled": gettext_noop("The meeting of %(organisation)s is called off."),
    "meeting_moved": gettext_noop("The meeting of %(organisation)s has another time or place."),
    "deputy_called": gettext_noop(
        "You are called to a meeting of %(organisation)s for somebody who cannot come."
    ),
    "seated": gettext_noop("You have a seat in %(organisation)s."),
    "retired": gettext_noop("“%(title)s” is no longer offered to others."),
    "no_longer_offered": gettext_noop("“%(title)s” is no longer offered as a solution."),
    "withdrawn": gettext_noop("“%(title)s” was withdrawn by its giver."),
    "same_need": gettext_noop("“%(title)s” may be the same need as one in %(organisation)s."),
    "contact_asked": gettext_noop(
        "%(who)s in %(organisation)s looks for something that you have, and asks for contact."
    ),
    "found_later": gettext_noop("Others have something like “%(title)s”: %(count)s."),
    "found_new": gettext_noop("New for your search “%(title)s”: %(count)s."),
    "news_drafted": gettext_noop("News waits to be read and approved: “%(title)s”."),
    "news_published": gettext_noop("News of what you follow: %(title)s"),
}


def headline(subject: str, facts: Mapping[str, Any]) -> str:
    """One plain sentence: what happened to what."""
    told = {"title": facts.get("title", ""), "who": facts.get("who") or _("A colleague")}
    told |= {"organisation": facts.get("organisation", ""), "count": facts.get("count", "")}
    told |= {
        "outcome": _label(OutcomeLabel, facts.get("outcome")),
        "light": _label(Light, facts.get("light")),
        "confirming": _label(Confirming, facts.get("confirming")),
        "answer": _label(Answer, facts.get("answer")),
        "state": str(dict(ADOPTION_STATES).get(facts.get("state", ""), "")),
    }
    return _(SENTENCES[subject]) % told


def explanation(subject: str, facts: Mapping[str, Any]) -> str:
    """What it means for the reader and what happens next; may be empty."""
    told = DETAILS.get(subject)
    lines = list(told(facts)) if told else []
    if facts.get("reason"):
        lines.append(_("The reasons: %(reason)s") % {"reason": facts["reason"]})
    lines.append(meaning(subject, facts.get("outcome", "")))
    return "\n".join(line for line in lines if line)


def _of_a_receipt(facts: Mapping[str, Any]) -> Iterable[str]:
    yield _("Its case number is %(case)s.") % {"case": facts.get("case", "")}
    if facts.get("responsible_by"):
        yield _("Somebody responsible is named by %(day)s, and it is decided by %(decision)s.") % {
            "day": _day(facts["responsible_by"]),
            "decision": _day(facts["decision_by"]),
        }


def _of_a_decision(facts: Mapping[str, Any]) -> Iterable[str]:
    if facts.get("form"):
        yield _("It goes on as: %(form)s, %(course)s.") % {
            "form": _label(Form, facts["form"]),
            "course": _label(CourseLabel, facts["course"]),
        }
    if facts.get("lead"):
        yield _("We join what is run together, led by %(lead)s.") % {"lead": facts["lead"]}


def _of_an_agenda(facts: Mapping[str, Any]) -> Iterable[str]:
    if facts.get("meets_on"):
        yield _("The council meets on %(day)s.") % {"day": _day(facts["meets_on"])}


def _of_an_evaluation(facts: Mapping[str, Any]) -> Iterable[str]:
    if facts.get("asked"):
        yield _("The question: %(question)s") % {"question": facts["asked"]}


def _of_finds(facts: Mapping[str, Any]) -> Iterable[str]:
    for one in facts.get("found", ()):
        yield f"{one['title']} ({_label(Kind, one['kind'])}, {one['organisation']})"
    left = facts.get("count", 0) - len(facts.get("found", ()))
    if left > 0:
        yield _("and %(count)s more") % {"count": left}


def _of_a_contact(facts: Mapping[str, Any]) -> Iterable[str]:
    yield _("What they wrote: “%(words)s”") % {"words": facts.get("words", "")}
    yield _("Answer them at %(email)s.") % {"email": facts.get("email", "")}


def _of_a_same_need(facts: Mapping[str, Any]) -> Iterable[str]:
    yield _("There it is called “%(other)s”.") % {"other": facts.get("other", "")}


def _of_a_clock(facts: Mapping[str, Any]) -> Iterable[str]:
    if facts.get("limit"):
        said = _("It was due by %(day)s.") if facts.get("is_late") else _("It is due by %(day)s.")
        yield said % {"day": _day(facts["limit"])}
    if facts.get("step") == "chair":
        yield _("You hear of it because you lead the council.")
    if facts.get("step") == "decider":
        yield _("You hear of it because the council has been told and it still waits.")


def _of_leaving(facts: Mapping[str, Any]) -> Iterable[str]:
    if facts.get("day"):
        yield _("From %(day)s on.") % {"day": _day(facts["day"])}


def _of_what_is_adopted(facts: Mapping[str, Any]) -> Iterable[str]:
    yield _("In force from %(day)s.") % {"day": _day(facts["day"])}


def _of_a_paper(facts: Mapping[str, Any]) -> Iterable[str]:
    yield _("The meeting decides on %(day)s.") % {"day": _day(facts["day"])}
    if facts.get("is_late"):
        yield _("It came after the day on which the papers were due.")


def _of_an_end(facts: Mapping[str, Any]) -> Iterable[str]:
    yield _("Its last day: %(day)s.") % {"day": _day(facts["day"])}


def _of_a_closed_round(facts: Mapping[str, Any]) -> Iterable[str]:
    count = facts["count"]
    yield ngettext(
        "%(count)s member handed in.", "%(count)s members handed in.", count
    ) % {"count": count}  # fmt: skip
    spread = facts.get("spread", {})
    if "most" in spread:
        yield _(
            "On a case the lowest and the highest usually lie %(usual)s points apart, at most "
            "%(most)s, on a scale from %(lowest)s to %(highest)s."
        ) % {
            "usual": number_format(spread["usual"], decimal_pos=1),
            "most": number_format(spread["most"], decimal_pos=1),
            "lowest": facts["scale"][0],
            "highest": facts["scale"][1],
        }
    if "pairs" in spread:
        yield _("Members differ on %(differ)s of %(pairs)s pairs that several compared.") % spread


def _of_a_week(facts: Mapping[str, Any]) -> Iterable[str]:
    for one in facts.get("found", ()):
        yield f"{one['title']} ({_label(SharedKind, one['kind'])}, {one['organisation']})"
    left = facts.get("count", 0) - len(facts.get("found", ()))
    if left > 0:
        yield _("and %(count)s more") % {"count": left}


# What is told beside the sentence, the reasons and the meaning (which `giver` holds).
def _of_a_meeting(facts: Mapping[str, Any]) -> Iterable[str]:
    if facts.get("answer_by"):
        yield _("It is decided in writing: answer by %(day)s.") % {"day": _day(facts["answer_by"])}
    if facts.get("day"):
        when = {"day": _day(facts["day"]), "time": facts["time"]}
        yield _("It begins on %(day)s at %(time)s.") % when
    if facts.get("place"):
        yield _("Place: %(place)s") % {"place": facts["place"]}


def _of_a_meeting_called_off(facts: Mapping[str, Any]) -> Iterable[str]:
    if facts.get("day"):
        when = {"day": _day(facts["day"]), "time": facts["time"]}
        yield _("It was to begin on %(day)s at %(time)s.") % when


DETAILS: dict[str, Callable[[Mapping[str, Any]], Iterable[str]]] = {
    "receipt": _of_a_receipt,
    "decided": _of_a_decision,
    "on_agenda": _of_an_agenda,
    "evaluation_planned": _of_an_evaluation,
    "found_new": _of_finds,
    "found_later": _of_finds,
    "contact_asked": _of_a_contact,
    "joint_left": _of_leaving,
    "federation_week": _of_a_week,
    "mandate_adopted": _of_what_is_adopted,
    "procedure_adopted": _of_what_is_adopted,
    "instruction_adopted": _of_what_is_adopted,
    "paper_added": _of_a_paper,
    "meeting_called": _of_a_meeting,
    "meeting_moved": _of_a_meeting,
    "meeting_cancelled": _of_a_meeting_called_off,
    "deputy_called": _of_a_meeting,
    "body_ends": _of_an_end,
    "body_ended": _of_an_end,
    "round_closed": _of_a_closed_round,
    "same_need": _of_a_same_need,
    "you_are_deputy": _of_a_clock,
    "follow_up_by": _of_a_clock,
    "nobody_responsible": _of_a_clock,
    "follow_up_due": _of_a_clock,
    "decision_due": _of_a_clock,
}


def _day(written: str) -> str:
    """A day as the reader writes it."""
    return date_format(date.fromisoformat(written), pgettext("a date", "j F Y"))


def _label(choices: Any, value: Any) -> str:
    return str(dict(choices.choices).get(value, value or ""))
