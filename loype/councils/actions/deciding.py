"""Deciding a case: numbered, with reasons, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loype.accounts.models import Person
from loype.bodies.actions import lock_meeting
from loype.bodies.models import Body, Meeting
from loype.councils.actions.amounts import Bound, amount_problems, bound
from loype.councils.actions.cases import current_council, hand_case_to, lock_case
from loype.councils.actions.elsewhere import keep_what_was_seen, unseen_problem
from loype.councils.actions.joining import join_problem, joining_told
from loype.councils.actions.looking import Looked, look_at
from loype.councils.actions.meeting_room import refuse_unready
from loype.councils.assessing.selecting import aim_problem, keep_aims
from loype.councils.labels import CourseLabel, Form, OutcomeLabel, Scale
from loype.councils.models import AgendaItem, Case, Decision, JointInvitation
from loype.councils.rules import can_decide
from loype.councils.states import IDEA_STATE_AFTER, JOINT_COURSES
from loype.history.actions import record
from loype.ideas.actions import ReuseWords, answer_reuse, reuse_problems
from loype.ideas.downstream import settle_idea
from loype.ideas.models import Idea, ReuseAnswer
from loype.kernel.errors import BadInput, NotAllowed, Stale, WrongMoment
from loype.kernel.words import clean_text
from loype.organisations.actions.numbers import next_number
from loype.organisations.actor import Actor


@dataclass(frozen=True, kw_only=True)
class DecisionWords:
    """What the decision says; the form reads as one sentence."""

    outcome: str
    reasons: str
    form: str = ""
    course: str = ""
    scale: str = ""
    conditions: str = ""
    responsible: Person | None = None
    deadline: date | None = None
    answer_by: date | None = None
    merged_into: Idea | None = None
    joins: JointInvitation | None = None
    exemption_reason: str = ""
    amount: Decimal | None = None
    matter: str = ""
    reuse: ReuseWords | None = None
    seen_elsewhere: frozenset[int] = frozenset()

    @property
    def goes_on(self) -> bool:
        """Whether an activity follows from it."""
        return self.outcome == "go_on"


@transaction.atomic
def decide_case(
    case: Case,
    *,
    words: DecisionWords,
    actor: Actor,
    at: datetime,
    meeting: Meeting | None = None,
    version: int | None = None,
) -> Decision:
    """Decide a case; a decision that is in force is replaced (corrected) by the new one."""
    case, meeting = _hold(case, meeting=meeting)
    council = _council_of(case, meeting=meeting)
    if not can_decide(actor, case.organisation_id, council=council):
        raise NotAllowed(deciding_words(council))
    looked = look_at(case, meeting=meeting, responsible=words.responsible, day=at.date())
    _refuse_wrong_moment(case, council=council, meeting=meeting, version=version, looked=looked)
    binds = _bound(words, case=case)
    also: dict[str, Any] = {
        **unseen_problem(looked.elsewhere, seen=words.seen_elsewhere),
        **amount_problems(binds, body=council, at=at),
    }
    _refuse_bad_words(words, case=case, at=at, also=also, looked=looked)
    joined = words.joins.decision.case_id if words.joins else None
    keep_what_was_seen(looked.elsewhere, case=case, joined=joined, actor=actor, at=at)
    if words.reuse is not None:
        answer_reuse(case.idea, actor=actor, at=at, **vars(words.reuse))
    before = _put_out_of_force(case)
    decision = Decision.objects.create(
        number=next_number(case.organisation, series="decision", at=at),
        case=case,
        organisation_id=case.organisation_id,
        body=council,
        meeting=meeting if council else None,
        decided_by_id=actor.signed_in_id,
        decided_at=at,
        corrects=before,
        locked_at=None if council else at,
        **_facts(words, case=case, at=at),
        **binds.facts,
    )
    keep_aims(decision, looked.serves, weeks=looked.weeks)
    _settle(case, words=words, at=at)
    record(
        "decide_case", thing=decision, actor=actor, at=at, organisation_id=case.organisation_id,
        acting_as="council" if council else "decider", reason=decision.reasons,
        change={
            "idea": case.idea_id, "outcome": words.outcome, "form": words.form,
            "course": words.course, "number": decision.number,
            "corrects": before.number if before else None, **binds.told,
            **joining_told(decision.joins),
        },
    )  # fmt: skip
    return decision


def _bound(words: DecisionWords, *, case: Case) -> Bound:
    """What the decision binds; only what goes on binds anything."""
    if not words.goes_on:
        return Bound()
    return bound(words.amount, matter=words.matter, organisation=case.organisation)


def _hold(case: Case, *, meeting: Meeting | None) -> tuple[Case, Meeting | None]:
    """The case with its idea and, before them, the meeting, as they are now, held until the
    transaction ends; in one statement where the case lies on the meeting's agenda.

    The agenda is read as it was before anything was held, so what stands on it is asked again.
    """
    if meeting is None:
        return lock_case(case), None
    on_agenda = AgendaItem.objects.filter(meeting=meeting, removed_at=None, case=case)
    item = (
        on_agenda.filter(case__idea__isnull=False)  # so that the case is joined, not looked for
        .select_for_update(of=("meeting", "case", "case__idea"))
        .select_related("meeting__body", "case__idea", "case__organisation")
        .first()
    )
    if item is not None and item.case is not None:
        return item.case, item.meeting
    meeting = lock_meeting(meeting)
    return lock_case(case), meeting


def _council_of(case: Case, *, meeting: Meeting | None) -> Body | None:
    """The active council of the case's organisation; that of the meeting, if it is the one."""
    body = meeting.body if meeting else None
    is_it = body is not None and body.is_council and body.organisation_id == case.organisation_id
    if is_it and body is not None and body.state == "active":
        return body
    return current_council(case.organisation_id)


def _put_out_of_force(case: Case) -> Decision | None:
    """The decision that the new one replaces, if the case was ever decided."""
    if case.first_decided_at is None:
        return None
    before = Decision.objects.select_for_update().filter(case=case, in_force=True).first()
    if before is not None:
        Decision.objects.filter(pk=before.pk).update(in_force=False)
    return before


def deciding_words(council: Body | None) -> str:
    """Who decides here, for those who may not."""
    if council is None:
        return _("There is no active council; only the named decider decides.")
    return _("The council decides, and its leader writes the decision down.")


def _refuse_wrong_moment(
    case: Case,
    *,
    council: Body | None,
    meeting: Meeting | None,
    version: int | None,
    looked: Looked,
) -> None:
    if version is not None and version != case.version:
        raise Stale(_("Somebody changed this case after you opened it. Look again, then decide."))
    if case.state == "closed":
        raise WrongMoment(_("The idea was withdrawn; there is nothing to decide."))
    if council is None:
        return
    if meeting is None or meeting.body_id != council.pk:
        raise WrongMoment(_("The council decides in a meeting. Choose which one."))
    if meeting.state != "called":
        raise WrongMoment(_("The meeting is not called, or it is over."))
    if not looked.is_on_agenda:
        raise WrongMoment(_("The case is not on this meeting's agenda. Put it there first."))
    refuse_unready(meeting, counted=looked.counted, proposed=looked.outcomes)


def _refuse_bad_words(
    words: DecisionWords, *, case: Case, at: datetime, also: Mapping[str, Any], looked: Looked
) -> None:
    problems: dict[str, Any] = dict(also)
    choose = _("Choose one from the list.")
    if words.outcome not in OutcomeLabel.values:
        problems["outcome"] = choose
    if not clean_text(words.reasons):
        problems["reasons"] = _("Give the reasons: the giver reads them.")
    if words.goes_on:
        problems |= _going_on_problems(words, at=at, choose=choose, works_here=looked.works_here)
        problems = aim_problem(looked.serves, weighs_aims=looked.weighs_aims) | problems
    problems |= _reuse_problem(words, case=case)
    if words.outcome == "merge":
        problems |= _merge_problem(words, case=case)
    if words.outcome == "join":
        problems |= join_problem(words.joins, case=case, day=at.date())
    if words.deadline and words.deadline < at.date():
        problems["deadline"] = _("The deadline has already passed.")
    if problems:
        raise BadInput(problems)


def _going_on_problems(
    words: DecisionWords, *, at: datetime, choose: str, works_here: bool
) -> dict[str, Any]:
    problems: dict[str, Any] = {}
    allowed = {"form": Form.values, "course": CourseLabel.values, "scale": Scale.values}
    for key, values in allowed.items():
        if getattr(words, key) not in values:
            problems[key] = choose
    if words.responsible is None:
        problems["responsible"] = _("Say who is responsible from here on.")
    elif not works_here:
        problems["responsible"] = _("The responsible must work in the organisation.")
    if words.course in JOINT_COURSES and (words.answer_by is None or words.answer_by <= at.date()):
        problems["answer_by"] = _("Say by which day ahead the other councils answer.")
    return problems


def _reuse_problem(words: DecisionWords, *, case: Case) -> dict[str, Any]:
    """A new project is not opened before somebody said whether what others have can be used.

    Trials in the small and line tasks go ahead without, and so does a decision that only corrects
    one to open a project.
    """
    if words.reuse is not None:
        problems = reuse_problems(words.reuse)
        return {f"reuse_{name}": said for name, said in problems.items()}
    if not (words.goes_on and words.form == Form.PROJECT):
        return {}
    opened = Decision.objects.filter(case=case, form=Form.PROJECT)
    if ReuseAnswer.objects.filter(idea=case.idea_id).exists() or opened.exists():
        return {}
    return {
        "reuse_answer": _(
            "Before a new project: say whether what others have is used, adapted, an "
            "inspiration, or why none of it fits."
        )
    }


def _merge_problem(words: DecisionWords, *, case: Case) -> dict[str, Any]:
    target = words.merged_into
    if target is None or target.pk == case.idea_id:
        return {"merged_into": _("Choose the idea it is merged into.")}
    if target.state in ("draft", "withdrawn", "merged"):
        return {"merged_into": _("That idea cannot take others in.")}
    return {}


def _facts(words: DecisionWords, *, case: Case, at: datetime) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "outcome": words.outcome,
        "reasons": clean_text(words.reasons),
        "conditions": clean_text(words.conditions),
        "deadline": words.deadline,
        "responsible": words.responsible,
    }
    if words.goes_on:
        facts |= {"form": words.form, "course": words.course, "scale": words.scale}
        if words.course in JOINT_COURSES:
            facts["answer_by"] = words.answer_by
        if words.scale == "full" and clean_text(words.exemption_reason):
            facts["exemption_reason"] = clean_text(words.exemption_reason)
            facts["exemption_number"] = next_number(case.organisation, series="exemption", at=at)
    if words.outcome == "merge":
        facts["merged_into"] = words.merged_into
    if words.outcome == "join":
        facts["joins"] = words.joins
    return facts


def _settle(case: Case, *, words: DecisionWords, at: datetime) -> None:
    settle_idea(
        case.idea,
        state=IDEA_STATE_AFTER[words.outcome],
        at=at,
        merged_into=words.merged_into if words.outcome == "merge" else None,
        is_locked=True,
    )
    case.state = "decided"
    case.first_decided_at = case.first_decided_at or at
    changed = ["state", "first_decided_at", "version"]
    if words.responsible is not None and words.responsible.pk != case.responsible_id:
        changed += hand_case_to(case, words.responsible, at=at)
    case.version += 1
    case.save(update_fields=changed)
