"""Where one stage of the trail starts the next. Read this first.

    idea  →  case in the queue  →  decision  →  activity  →  evaluation  →  solution  →  reuse

Each function is one transaction: everything in it happens, or nothing does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _, pgettext

from loype.bodies.actions import cancel_meeting, close_meeting
from loype.bodies.models import Meeting
from loype.councils.actions import (
    DecisionWords,
    close_case,
    decide_case,
    invite_councils,
    open_case,
    open_cases_for_import,
    refuse_if_decided,
    release_agenda,
    reopen_case,
    standing_answers,
)
from loype.councils.models import Case, Decision
from loype.history.actions import told_together
from loype.ideas.actions import (
    comment_on_idea,
    draft_idea,
    import_ideas,
    submit_idea,
    withdraw_idea,
)
from loype.ideas.downstream import take_up_idea
from loype.ideas.labels import CommentKind
from loype.ideas.models import Comment, Idea
from loype.kernel.errors import BadInput, WrongMoment
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.portfolio.actions import share_activity
from loype.portfolio.downstream import (
    end_by_decision,
    open_activity,
    reshape_activity,
    start_activity,
)
from loype.portfolio.mandates.actions import due_date_of
from loype.portfolio.mandates.models import PoliticalMandate
from loype.portfolio.models import Activity
from loype.portfolio.owning import end_co_ownership


@transaction.atomic
@told_together()
def hand_in(
    *, organisation: Organisation, text: str, kind: str, actor: Actor, at: datetime, **more: Any
) -> Idea:
    """Write and hand in an idea in one go: it has its number and waits in the council's queue."""
    idea = draft_idea(organisation=organisation, text=text, kind=kind, actor=actor, at=at, **more)
    if idea.state != "draft":
        return idea  # the same form was sent twice
    return idea_to_council(idea, actor=actor, at=at)


@transaction.atomic
def idea_to_council(idea: Idea, *, actor: Actor, at: datetime) -> Idea:
    """Hand a draft (or a returned idea) in and put it in the council's queue."""
    idea = submit_idea(idea, actor=actor, at=at)
    open_case(idea, at=at)
    return idea


@transaction.atomic
def take_ideas_over(*, actor: Actor, at: datetime, **batch: Any) -> list[Idea]:
    """Import a batch of ideas; each new one gets its case in the queue."""
    ideas = import_ideas(actor=actor, at=at, **batch)
    open_cases_for_import(ideas, at=at)
    return ideas


@transaction.atomic
def withdraw(idea: Idea, *, actor: Actor, at: datetime, reason: str = "") -> Idea:
    """Withdraw an idea; its case leaves the queue."""
    idea = withdraw_idea(idea, actor=actor, at=at, reason=reason)
    close_case(idea, at=at)
    return idea


@transaction.atomic
def give_information(idea: Idea, *, text: str, actor: Actor, at: datetime) -> Comment:
    """The giver answers what the council asked; the case waits for the council again."""
    comment = comment_on_idea(idea, text=text, actor=actor, at=at, kind=CommentKind.ADDITION)
    if idea.state == "needs_information":
        take_up_idea(idea, at=at)
        reopen_case(idea, at=at)
    return comment


@transaction.atomic
@told_together()
def council_to_portfolio(
    case: Case,
    *,
    words: DecisionWords,
    actor: Actor,
    at: datetime,
    meeting: Meeting | None = None,
    trial: Activity | None = None,
    mandate: PoliticalMandate | None = None,
    version: int | None = None,
    activity_visibility: str = "",
) -> Decision:
    """Decide a case; what goes on becomes an activity, or changes the one that is open.

    A new activity is its owners' own; `activity_visibility` shares it.
    """
    decision = decide_case(case, words=words, actor=actor, at=at, meeting=meeting, version=version)
    if words.goes_on and words.scale == "full":
        trial = _small_scale_first(case, words=words, trial=trial, actor=actor)
    open_one = None
    if decision.corrects_id is not None:  # what was never decided has no activity
        open_one = Activity.objects.filter(idea=decision.case.idea_id).open().first()
    if not words.goes_on:
        if open_one is not None:
            end_by_decision(open_one, decision=decision, actor=actor, at=at)
    elif open_one is not None and open_one.scale == words.scale:
        reshape_activity(open_one, decision=decision, actor=actor, at=at)
        if activity_visibility:
            share_activity(open_one, visibility=activity_visibility, actor=actor, at=at)
    else:
        _refuse_second(open_one)
        open_activity(
            decision, trial=trial, mandate=mandate, visibility=activity_visibility, actor=actor,
            at=at,
        )  # fmt: skip
    invite_councils(decision, actor=actor, at=at)
    if open_one is not None:  # what was agreed about the earlier decision ended with it
        end_co_ownership(open_one, day=at.date(), at=at)
    return decision


def _refuse_second(open_one: Activity | None) -> None:
    if open_one is not None:
        raise WrongMoment(
            _("The small-scale trial still runs. Finish it before deciding on full scale.")
        )


def _small_scale_first(
    case: Case, *, words: DecisionWords, trial: Activity | None, actor: Actor
) -> Activity | None:
    """Full scale needs a finished, evaluated small-scale trial, or a reasoned exemption.

    The trial may be another idea's, even another organisation's, as long as it may be read.
    """
    trials = Activity.objects.visible_to(actor).filter(
        Q(pk=trial.pk) if trial else Q(idea=case.idea_id),
        scale="small",
        state="finished",
        evaluation__state="concluded",
    )
    if found := trials.first():
        return found
    if words.exemption_reason.strip():
        return None
    raise BadInput(
        {
            "scale": _(
                "Full scale needs a finished small-scale trial whose evaluation is concluded. "
                "Choose small scale first, or give the reason for an exemption."
            )
        }
    )


@transaction.atomic
def start_running(activity: Activity, *, actor: Actor, at: datetime) -> Activity:
    """Start an activity, if its course allows: *shall* needs a yes from another council, *should*
    needs every answer or that the answer day has passed."""
    answers = standing_answers(activity.current_decision_id, day=at.date())
    words = what_start_waits_for(activity, answers=answers, day=at.date())
    if words:
        raise WrongMoment(words)
    if activity.state == "planned" and due_date_of(activity, day=localdate(at)) is not None:
        raise WrongMoment(
            _("Its political mandate must be confirmed first: there has been an election since.")
        )
    _refuse_unconfirmed_parts(activity, day=localdate(at))
    return start_activity(activity, actor=actor, at=at)


def _refuse_unconfirmed_parts(activity: Activity, *, day: date) -> None:
    """Nothing planned starts on the money of a co-owner whose new council has not said yes."""
    if activity.state != "planned":
        return
    waiting = activity.participants.unconfirmed(day).values_list("organisation__name", flat=True)
    if places := ", ".join(sorted(waiting)):
        raise WrongMoment(
            _("The mandate must be confirmed first in %(places)s.") % {"places": places}
        )


def what_start_waits_for(activity: Activity, *, answers: Iterable[str], day: date) -> str:
    """Which answers of other councils an activity still waits for, in words; "" when none."""
    said = set(answers)
    if activity.course == "inter_municipal_shall" and "yes" not in said:
        return _("This shall be run together with others. Wait until another council says yes.")
    answer_by = activity.current_decision.answer_by
    waiting = activity.course == "inter_municipal_should" and "" in said
    if waiting and answer_by is not None and day <= answer_by:
        return _(
            "The other councils answer by %(day)s. Start when they have, or after that day."
        ) % {"day": date_format(answer_by, pgettext("a date", "j F Y"))}
    return ""


@transaction.atomic
def end_meeting(meeting: Meeting, *, actor: Actor, at: datetime, **minutes: Any) -> Meeting:
    """End a meeting; what it did not decide goes back to the queue."""
    meeting = close_meeting(meeting, actor=actor, at=at, **minutes)
    release_agenda(meeting, at=at)
    return meeting


@transaction.atomic
def call_off_meeting(meeting: Meeting, *, reason: str, actor: Actor, at: datetime) -> Meeting:
    """Cancel a meeting; its cases go back to the queue."""
    meeting = cancel_meeting(meeting, reason=reason, actor=actor, at=at)
    refuse_if_decided(meeting)
    release_agenda(meeting, at=at)
    return meeting
