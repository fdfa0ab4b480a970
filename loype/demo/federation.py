"""What the demo's municipalities run together: terms, one who leaves, and what each tells."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from loype.councils.actions import (
    TermsWords,
    decline_joint_terms,
    partners_of,
    propose_joint_terms,
)
from loype.councils.models import JointCase, JointTerms
from loype.demo.stage import Stage
from loype.notices.weekly import tell_of_all_weeks
from loype.organisations.actions import change_sharing
from loype.trail.together import agree_to_run_together, leave_what_runs_together

SHARED_DAYS_AGO = 320
SWEEP_EVERY_DAYS = 12
WEEKS_TOLD = 6
# What each tells the others also of what stays inside; the others tell only what they share.
TELLS: dict[str, dict[str, tuple[str, ...]]] = {
    "fjordvik": {
        "idea": ("title", "form", "state", "since"),
        "activity": ("title", "form", "state", "since", "summary"),
    },
    "elvestrand": {"idea": ("form", "state", "since", "unit")},
    "nordheia": {"activity": ("title", "form", "state", "since")},
}
EXIT = {
    "nb": "Den som går ut, betaler sin del ut kalenderåret. Data og rettigheter blir hos dem som "
    "fortsetter.",
    "nn": "Den som går ut, betaler sin del ut kalenderåret. Data og rettar blir hos dei som held "
    "fram.",
}
TOO_DEAR = {
    "nb": "Delt likt blir det for mye for oss, som er minst. Del etter innbyggertall.",
    "nn": "Delt likt blir det for mykje for oss, som er minst. Del etter innbyggjartal.",
}
LEAVES = {
    "nb": "Vi får samme funksjon i fagsystemet vårt neste år.",
    "nn": "Vi får same funksjonen i fagsystemet vårt neste år.",
}
AMOUNTS = (Decimal(420_000), Decimal(186_500), Decimal(960_000), Decimal(74_250))
KEYS = ("inhabitants", "equal", "users")
USERS = {"fjordvik": 310, "elvestrand": 140, "nordheia": 55, "skogbygda": 32}


def plan_federation(stage: Stage) -> None:
    """Who tells what, and every few weeks the terms of what councils said yes to."""
    for place, kinds in TELLS.items():
        if place in stage.organisations:
            stage.plan(stage.moment(SHARED_DAYS_AGO), partial(_share, stage, place, kinds))
    for days_ago in range(SHARED_DAYS_AGO, 0, -SWEEP_EVERY_DAYS):
        stage.plan(stage.moment(days_ago, hour=14), partial(_sweep, stage))
    for weeks_ago in range(WEEKS_TOLD, -1, -1):
        monday = stage.now - timedelta(days=stage.now.weekday() + 7 * weeks_ago)
        at = monday.replace(hour=6, minute=20, second=0, microsecond=0)
        stage.plan(at, lambda moment: tell_of_all_weeks(at=moment))


def _share(stage: Stage, place: str, kinds: dict[str, tuple[str, ...]], at: datetime) -> None:
    actor = stage.actor(stage.holder_of("administrator", place), at)
    for kind, fields in kinds.items():
        change_sharing(
            stage.organisations[place], kind=kind, tells_internal=True, fields=fields, actor=actor,
            at=at,
        )  # fmt: skip


def _sweep(stage: Stage, at: datetime) -> None:
    """What somebody has said yes to and everybody has answered gets its terms."""
    ready = JointCase.objects.filter(state="asking", terms=None).exclude(
        decision__invitations__answer="", answer_by__gte=at.date()
    )
    for number, joint in enumerate(ready.order_by("opened_at", "pk")):
        if partners_of(joint.decision_id, day=at.date()):
            _propose(stage, joint, at + timedelta(minutes=number))


def _propose(stage: Stage, joint: JointCase, at: datetime) -> None:
    """The council that asked proposes; the others answer within days."""
    place = _key(stage, joint.organisation_id)
    turn = JointTerms.objects.filter(number=1).count()
    is_refused = turn % 3 == 1
    terms = propose_joint_terms(
        joint,
        words=_words(stage, joint, turn=turn, key="equal" if is_refused else KEYS[turn % 3]),
        organisation=joint.organisation,
        actor=stage.actor(stage.decider_of(place), at),
        at=at,
    )
    if is_refused:
        stage.plan(at + timedelta(days=4), partial(_refuse, stage, terms))
    else:
        _plan_yeses(stage, terms, at=at)


def _words(stage: Stage, joint: JointCase, *, turn: int, key: str) -> TermsWords:
    if key == "inhabitants" and joint.organisation.inhabitants is None:
        key = "users"  # who coordinates has users, but nobody lives there
    users = {one.pk: USERS.get(name, 40) for name, one in stage.organisations.items()}
    return TermsWords(
        lead_id=joint.organisation_id,
        cost_key=key,
        amount=AMOUNTS[turn % len(AMOUNTS)],
        exit_terms=EXIT.get(joint.organisation.language, EXIT["nb"]),
        exit_days=90,
        users=users,
    )


def _plan_yeses(stage: Stage, terms: JointTerms, *, at: datetime) -> None:
    waiting = terms.shares.filter(agreed_at=None).order_by("pk")
    for number, share in enumerate(waiting, start=1):
        moment = at + timedelta(days=2 * number)
        stage.plan(moment, partial(_agree, stage, terms, share.organisation_id))


def _agree(stage: Stage, terms: JointTerms, organisation_id: int, at: datetime) -> None:
    terms.refresh_from_db()
    if terms.ended_at is not None:
        return
    place = _key(stage, organisation_id)
    actor = stage.actor(stage.decider_of(place), at)
    organisation = stage.organisations[place]
    terms = agree_to_run_together(terms, organisation=organisation, actor=actor, at=at)
    is_first = JointTerms.objects.in_force().count() == 1
    if terms.agreed_at is not None and is_first and terms.shares.count() > 2:
        stage.plan(at + timedelta(days=60), partial(_leave, stage, terms, organisation_id))


def _refuse(stage: Stage, terms: JointTerms, at: datetime) -> None:
    """The smallest says no to equal parts, and gets its share by inhabitants."""
    terms.refresh_from_db()
    waiting = terms.shares.filter(agreed_at=None).select_related("organisation")
    share = waiting.order_by("organisation__inhabitants", "pk").first()
    if terms.ended_at is not None or share is None:
        return
    place = _key(stage, share.organisation_id)
    decline_joint_terms(
        terms, organisation=share.organisation,
        reason=TOO_DEAR.get(share.organisation.language, TOO_DEAR["nb"]),
        actor=stage.actor(stage.decider_of(place), at), at=at,
    )  # fmt: skip
    stage.plan(at + timedelta(days=6), partial(_propose_anew, stage, terms.joint_case))


def _propose_anew(stage: Stage, joint: JointCase, at: datetime) -> None:
    joint.refresh_from_db()
    if joint.state != "asking":
        return
    place = _key(stage, joint.organisation_id)
    terms = propose_joint_terms(
        joint, words=_words(stage, joint, turn=1, key="inhabitants"),
        organisation=joint.organisation, actor=stage.actor(stage.decider_of(place), at), at=at,
    )  # fmt: skip
    _plan_yeses(stage, terms, at=at)


def _leave(stage: Stage, terms: JointTerms, organisation_id: int, at: datetime) -> None:
    place = _key(stage, organisation_id)
    joint = JointCase.objects.get(pk=terms.joint_case_id)
    terms.refresh_from_db()
    if joint.state != "agreed" or terms.ended_at is not None:
        return
    organisation = stage.organisations[place]
    leave_what_runs_together(
        joint, organisation=organisation,
        leaving_date=(at + timedelta(days=terms.exit_days + 30)).date(),
        reason=LEAVES.get(organisation.language, LEAVES["nb"]),
        actor=stage.actor(stage.decider_of(place), at), at=at,
    )  # fmt: skip


def _key(stage: Stage, organisation_id: int) -> str:
    return next(key for key, one in stage.organisations.items() if one.pk == organisation_id)
