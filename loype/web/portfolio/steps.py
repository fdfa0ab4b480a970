"""Where an activity stands and what its owner does next, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from loype.portfolio.models import Activity
from loype.web.shared.parts.moments import day_of, plain_date

REPORT_EVERY = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """The one obvious thing to do: a sentence, and a button that leads or that sends."""

    words: str
    label: str = ""
    url: str = ""
    sends: bool = False


@dataclass(frozen=True, kw_only=True)
class Place:
    """The step of the trail, how it looks, and the state in words."""

    step: str
    look: str
    words: str


def place_on_trail(activity: Activity) -> Place:
    """How far along the trail the activity has come."""
    state = activity.get_state_display()
    if activity.state == "stopped":
        return Place(step="activity", look="stopped", words=state)
    solution, evaluation = (getattr(activity, name, None) for name in ("solution", "evaluation"))
    if solution is not None and solution.state == "published":
        return Place(step="spread", look="now", words=solution.get_state_display())
    if evaluation is not None and activity.state == "finished":
        return Place(step="evaluation", look="now", words=evaluation.get_state_display())
    return Place(step="activity", look="now", words=state)


def news_of(activity: Activity, *, waits_for: str) -> str:
    """The latest in one sentence."""
    if activity.state == "planned":
        return waits_for or _("It is decided and can start.")
    if activity.state == "paused":
        return _("It rests for now.")
    if activity.ended_at:
        day = plain_date(day_of(activity.ended_at))
        ended = _("Finished %(day)s.") if activity.state == "finished" else _("Stopped %(day)s.")
        return ended % {"day": day}
    since = plain_date(day_of(activity.started_at)) if activity.started_at else ""
    if activity.due_date:
        due = plain_date(activity.due_date)
        return _("Under way since %(since)s, due %(due)s.") % {"since": since, "due": due}
    return _("Under way since %(since)s.") % {"since": since}


def next_step(activity: Activity, *, waits_for: str, today: date) -> NextStep | None:
    """What the owner does now; None when nothing is waiting."""
    here = reverse("activity_page", args=[activity.pk])
    if activity.state == "planned":
        return _start_step(activity, waits_for=waits_for)
    if activity.state == "paused":
        return NextStep(
            words=_("Take it up again when the time is right."), label=_("Take up again"),
            url=reverse("activity_resume", args=[activity.pk]), sends=True,
        )  # fmt: skip
    if activity.state == "running":
        return _report_step(activity, here=here, today=today)
    return _step_after_end(activity)


def _start_step(activity: Activity, *, waits_for: str) -> NextStep:
    if waits_for:
        return NextStep(words=waits_for)
    return NextStep(
        words=_("Start when you begin the work: the giver of the idea is told."), label=_("Start"),
        url=reverse("activity_start", args=[activity.pk]), sends=True,
    )  # fmt: skip


def _report_step(activity: Activity, *, here: str, today: date) -> NextStep | None:
    last = activity.reported_at or activity.started_at
    if activity.reported_at and last and today - day_of(last) < REPORT_EVERY:
        return None
    words = (
        _("The last report is from %(day)s.") % {"day": plain_date(day_of(last))}
        if activity.reported_at and last
        else _("Nobody has heard yet how it goes.")
    )
    return NextStep(words=words, label=_("Say how it goes"), url=f"{here}#report")


def _step_after_end(activity: Activity) -> NextStep | None:
    evaluation: Any = getattr(activity, "evaluation", None)
    solution: Any = getattr(activity, "solution", None)
    to_evaluation = reverse("evaluation_page", args=[activity.pk])
    if evaluation is None:
        return NextStep(
            words=_("Find out what came of it, while people still remember."),
            label=_("Plan the evaluation"), url=to_evaluation,
        )  # fmt: skip
    if evaluation.state != "concluded":
        return NextStep(
            words=_("Measure, and conclude when you know enough."),
            label=_("Go on with the evaluation"), url=to_evaluation,
        )  # fmt: skip
    if activity.state != "finished":
        return None
    if solution is None:
        return NextStep(
            words=_("Let others use what worked, and learn from what did not."),
            label=_("Write it as a solution"), url=reverse("solution_new", args=[activity.pk]),
        )  # fmt: skip
    if solution.state == "draft":
        return NextStep(
            words=_("The solution is written but nobody sees it yet."),
            label=_("Read it through and publish"),
            url=reverse("solution_page", args=[solution.pk]),
        )  # fmt: skip
    return None
