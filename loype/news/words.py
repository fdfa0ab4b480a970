"""What a draft says, in the language that is spoken now; nobody is named in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _, pgettext

from loype.councils.labels import Form
from loype.evaluation.labels import Verdict
from loype.kernel.words import clean_line
from loype.news.labels import NewsKind
from loype.news.steps import Step
from loype.portfolio.labels import Phase

LONGEST_HEADLINE = 200
LONGEST_PIECE = 600


def headline(step: Step) -> str:
    """One plain sentence: what happened to what."""
    told = {
        "title": step.facts["title"],
        "organisation": step.organisation.name,
        "other": step.facts.get("other", ""),
        "phase": _label(Phase, step.facts.get("after")),
        "verdict": _label(Verdict, _verdict(step)),
        "taker": step.adoption.organisation.name if step.adoption else "",
    }
    words = {
        NewsKind.DECIDED: _("“%(title)s” goes on"),
        NewsKind.TOGETHER: _("%(organisation)s wants to do “%(title)s” together with others"),
        NewsKind.JOINED: _("%(other)s joins in: “%(title)s”"),
        NewsKind.STARTED: _("Work on “%(title)s” has begun"),
        NewsKind.GATE: _("“%(title)s” has come to a new phase: %(phase)s"),
        NewsKind.EVALUATED: _("“%(title)s” is evaluated: %(verdict)s"),
        NewsKind.SOLUTION: _("“%(title)s” can now be used by others"),
        NewsKind.IN_USE: _("%(taker)s uses “%(title)s”"),
    }
    return clean_line(words[step.kind] % told)[:LONGEST_HEADLINE]


def text(step: Step) -> str:
    """A few short paragraphs: what happened, why, and what comes next."""
    return "\n\n".join(piece for piece in _TEXTS[step.kind](step) if piece)


def _decided(step: Step) -> Iterable[str]:
    assert step.decision is not None
    yield _("%(organisation)s has decided to go on with this.") % _place(step)
    yield _form(step.decision.form)
    yield _reasons(step.decision.reasons)
    yield _("Somebody is responsible, and the work is being planned.")


def _together(step: Step) -> Iterable[str]:
    assert step.decision is not None
    yield _("%(organisation)s has decided to go on with this, and would like others to join.") % (
        _place(step)
    )
    others = ", ".join(step.facts["asked"])
    if step.decision.answer_by is not None:
        yield _("Asked to join: %(others)s. They answer by %(day)s.") % {
            "others": others,
            "day": _day(step.decision.answer_by),
        }
    yield _reasons(step.decision.reasons)


def _joined(step: Step) -> Iterable[str]:
    yield _("%(other)s has said yes to doing this together with %(organisation)s.") % {
        "other": step.facts["other"],
        **_place(step),
    }


def _started(step: Step) -> Iterable[str]:
    assert step.activity is not None
    yield _("%(organisation)s has begun to work on this.") % _place(step)
    yield _form(step.activity.form)
    if step.activity.due_date is not None:
        yield _("It is to be done by %(day)s.") % {"day": _day(step.activity.due_date)}


def _gate(step: Step) -> Iterable[str]:
    assert step.activity is not None
    yield _("The phase “%(before)s” is done, and “%(after)s” begins.") % {
        "before": _label(Phase, step.facts["before"]),
        "after": _label(Phase, step.facts["after"]),
    }
    if step.activity.due_date is not None:
        yield _("It is to be done by %(day)s.") % {"day": _day(step.activity.due_date)}


def _evaluated(step: Step) -> Iterable[str]:
    found = step.facts["evaluation"]
    yield _("What we wanted to know: %(question)s") % {"question": _piece(found.question)}
    yield _("What we found: %(conclusion)s") % {"conclusion": _piece(found.conclusion)}
    yield _("What nobody expected: %(found)s") % {"found": _piece(found.unexpected_findings)}


def _offered(step: Step) -> Iterable[str]:
    assert step.solution is not None
    yield _piece(step.solution.summary)
    if step.solution.for_whom:
        yield _("For whom: %(whom)s") % {"whom": _piece(step.solution.for_whom)}
    if step.solution.contact_role:
        yield _("Whom to ask: %(contact)s") % {"contact": _piece(step.solution.contact_role)}


def _in_use(step: Step) -> Iterable[str]:
    assert step.adoption is not None
    yield _("What %(organisation)s made is now in use in %(taker)s.") % {
        "taker": step.adoption.organisation.name,
        **_place(step),
    }
    yield _("What it gives there: %(value)s") % {"value": _piece(step.adoption.value_seen)}


_TEXTS: dict[NewsKind, Callable[[Step], Iterable[str]]] = {
    NewsKind.DECIDED: _decided,
    NewsKind.TOGETHER: _together,
    NewsKind.JOINED: _joined,
    NewsKind.STARTED: _started,
    NewsKind.GATE: _gate,
    NewsKind.EVALUATED: _evaluated,
    NewsKind.SOLUTION: _offered,
    NewsKind.IN_USE: _in_use,
}


def _form(form: str) -> str:
    """In which form it goes on, said to somebody who never heard the word."""
    words = {
        Form.PROJECT: _("It is done as a project."),
        Form.MINI_DEVELOPMENT: _("It is developed in small steps, close to those who use it."),
        Form.EXPERIMENT: _("It is tried out first, to see whether it works."),
        Form.LINE_TASK: _("It is done as an ordinary task, where it belongs."),
    }
    return words.get(Form(form), "")


def _reasons(reasons: str) -> str:
    return _("The reasons: %(reason)s") % {"reason": _piece(reasons)}


def _place(step: Step) -> dict[str, str]:
    return {"organisation": step.organisation.name}


def _verdict(step: Step) -> str:
    found = step.facts.get("evaluation")
    return found.verdict if found else ""


def _piece(written: str) -> str:
    """What somebody wrote, as much of it as news has room for."""
    line = clean_line(written)
    if len(line) <= LONGEST_PIECE:
        return line
    return line[: LONGEST_PIECE - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _day(day: date) -> str:
    return date_format(day, pgettext("a date", "j F Y"))


def _label(choices: Any, value: Any) -> str:
    return str(dict(choices.choices).get(value, value or ""))
