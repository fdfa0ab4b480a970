"""Who hears that a case's time runs out, and of who follows it up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from loype.bodies.models import Term
from loype.councils.models import Case
from loype.history.models import Event
from loype.notices.telling import Telling, council_people, role_holders
from loype.organisations.labels import Role
from loype.trail.labels import Clock, Step

SUBJECTS = {
    Clock.RESPONSIBLE: "nobody_responsible",
    Clock.FOLLOW_UP: "follow_up_due",
    Clock.DECISION: "decision_due",
}


def clock_runs_out(event: Event) -> Iterable[Telling]:
    """The step that is due: the responsible and deputy, then the leader, then the decider."""
    case = Case.objects.select_related("idea").get(pk=event.thing_id)
    limit = event.change["limit"]
    facts = {
        "title": case.idea.title,
        "limit": limit,
        "is_late": event.at.date().isoformat() > limit,
        "step": event.change["step"],
    }
    subject = SUBJECTS[Clock(event.change["clock"])]
    for person in sorted(people_of_step(case, event.change["step"], at=event.at)):
        yield Telling(person, subject, "case", case.pk, facts)


def people_of_step(case: Case, step: str, *, at: datetime) -> set[int]:
    """Whom a step concerns; where nobody has the case, those who should name somebody."""
    own = {one for one in (case.responsible_id, case.deputy_id) if one is not None}
    if step == Step.RESPONSIBLE and own:
        return own
    if step == Step.RESPONSIBLE:
        return role_holders(case.organisation_id, (Role.COUNCIL_SECRETARY,), at) or _above(case, at)
    if step == Step.CHAIR:
        leaders = Term.objects.on(at.date()).filter(
            seat__body__organisation=case.organisation_id, seat__body__state="active",
            seat__body__kind="innovation_council", seat__is_leader=True, is_deputy=False,
        ).values_list("person_id", flat=True)  # fmt: skip
        return set(leaders) or _above(case, at)
    return _above(case, at)


def _above(case: Case, at: datetime) -> set[int]:
    return role_holders(case.organisation_id, (Role.DECIDER,), at)


def follow_up_arranged(event: Event) -> Iterable[Telling]:
    """A new deputy hears of it; the responsible hears of the day to keep."""
    case = Case.objects.select_related("idea").get(pk=event.thing_id)
    before, after = event.change["deputy"]
    facts = {"title": case.idea.title, "limit": event.change["by"]}
    if after is not None and after != before:
        yield Telling(after, "you_are_deputy", "case", case.pk, facts)
    if case.responsible_id is not None and event.change["by"]:
        yield Telling(case.responsible_id, "follow_up_by", "case", case.pk, facts)


def responsible_declined(event: Event) -> Iterable[Telling]:
    """Those who prepare the cases name somebody else."""
    case = Case.objects.select_related("idea").get(pk=event.thing_id)
    facts = {"title": case.idea.title, "reason": event.reason}
    for person in sorted(council_people(case.organisation_id, event.at)):
        yield Telling(person, "responsible_declined", "case", case.pk, facts)
