"""The council's clocks: the forecast, what is proposed and promised, and who follows a case up."""

from __future__ import annotations

from loype.api.actor import ApiRequest
from loype.api.councils.clock_shapes import (
    AcceptanceWanted,
    ClocksShape,
    FollowUpShape,
    FollowUpWanted,
    ForecastShape,
    PlannedShape,
    PlanWanted,
    ProposalShape,
    TargetsShape,
    TargetsWanted,
)
from loype.api.finding import find
from loype.api.operations import changing, reading, room
from loype.api.problems import not_here
from loype.api.shapes import Id, somebody
from loype.bodies.models import Body
from loype.bodies.rules import can_prepare_meeting
from loype.councils.actions import (
    accept_responsibility,
    arrange_follow_up,
    decline_responsibility,
)
from loype.councils.models import AgendaItem, Case
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.trail.clocks.planning import plan_proposed
from loype.trail.clocks.reading import CouncilClocks, can_see_clocks, read_clocks
from loype.trail.clocks.targets import DAYS, as_targets, set_targets

router = room("clocks")


def _may_enter(actor: Actor, organisation_id: int) -> None:
    if not can_see_clocks(actor, organisation_id):
        raise not_here()


def _council(actor: Actor, organisation_id: int) -> Body:
    _may_enter(actor, organisation_id)
    bodies = Body.objects.visible_to(actor).active().filter(kind="innovation_council")
    found = bodies.filter(organisation=organisation_id).first()
    if found is None:
        raise not_here()
    return found


@router.get(
    "/organisations/{organisation_id}/clocks",
    operation_id="get_clocks",
    **reading(ClocksShape, summary="Which cases pass their limit, and what is proposed"),
)
def get_clocks(request: ApiRequest, organisation_id: Id) -> ClocksShape:
    """For the council room. Working days leave out weekends, the country's holidays and the
    organisation's own closed days."""
    _may_enter(request.actor, organisation_id)
    clocks = read_clocks(organisation_id, at=now())
    plans = clocks.body is not None and can_prepare_meeting(request.actor, body=clocks.body)
    return ClocksShape(
        organisation_id=organisation_id,
        council_id=clocks.body.pk if clocks.body else None,
        today=clocks.today,
        targets=TargetsShape.model_validate(clocks.targets_now),
        undecided=clocks.undecided,
        without_responsible=clocks.without_responsible,
        left_without_after_last_meeting=clocks.left_without or 0,
        last_met_at=clocks.last_met_at,
        cases_a_meeting=clocks.cases_a_meeting,
        cases=_forecast(clocks),
        proposal=_proposal(clocks) if plans else None,
    )


def _forecast(clocks: CouncilClocks) -> list[ForecastShape]:
    return [
        ForecastShape(
            case_id=one.case.id,
            title=one.case.title,
            language=one.case.language,
            waiting_since=one.case.began_at,
            waited=clocks.calendar.between(one.case.since, clocks.today),
            limit=one.case.limit,
            responsible_by=one.case.responsible_by,
            responsible_id=one.case.responsible_id,
            earliest_decision=one.day,
            meeting_id=one.meeting_id,
            is_late=one.is_late,
            will_pass=one.will_pass,
        )
        for one in clocks.expected
    ]


def _proposal(clocks: CouncilClocks) -> ProposalShape | None:
    proposal = clocks.proposal
    if proposal is None:
        return None
    return ProposalShape(
        form=proposal.form,
        day=proposal.day,
        case_ids=[case.id for case in proposal.cases],
        in_time=proposal.in_time,
        next_meeting=proposal.next_day,
    )


@router.post(
    "/organisations/{organisation_id}/clocks/plan",
    operation_id="plan_proposed_meeting",
    **changing(PlannedShape, summary="Plan what is proposed, with the cases on its agenda"),
)
def plan(request: ApiRequest, organisation_id: Id, wanted: PlanWanted) -> PlannedShape:
    """For those who plan meetings. Sent twice, the second finds nothing left to propose (409)."""
    council = _council(request.actor, organisation_id)
    meeting = plan_proposed(
        council, form=wanted.form, day=wanted.day, actor=request.actor, at=now()
    )
    items = AgendaItem.objects.visible_to(request.actor).filter(meeting=meeting).on_agenda()
    cases = [item.case_id for item in items if item.case_id is not None]
    return PlannedShape(meeting_id=meeting.pk, case_ids=cases)


@router.put(
    "/organisations/{organisation_id}/targets",
    operation_id="set_targets",
    **changing(TargetsShape, summary="Set what the council promises from a day on"),
)
def put_targets(request: ApiRequest, organisation_id: Id, wanted: TargetsWanted) -> TargetsShape:
    """For the council's leader and the organisation itself. Waiting cases keep what they had."""
    target = set_targets(
        _council(request.actor, organisation_id),
        valid_from=wanted.valid_from,
        stand_in=somebody(wanted.stand_in_id) if wanted.stand_in_id else None,
        cases_a_meeting=wanted.cases_a_meeting,
        decision_reference=wanted.decision_reference,
        actor=request.actor,
        at=now(),
        **{name: getattr(wanted, name) for name in DAYS},
    )
    return TargetsShape.model_validate(as_targets(target))


@router.put(
    "/cases/{case_id}/acceptance",
    operation_id="answer_responsibility",
    **changing(FollowUpShape, summary="Take a case on, or say why not"),
)
def answer(request: ApiRequest, case_id: Id, wanted: AcceptanceWanted) -> FollowUpShape:
    """For its responsible, who stays it until somebody else is named."""
    case, at = find(Case.objects.visible_to(request.actor), case_id), now()
    if wanted.accepts:
        case = accept_responsibility(case, actor=request.actor, at=at)
    else:
        case = decline_responsibility(case, reason=wanted.reason, actor=request.actor, at=at)
    return _follow_up(case)


@router.put(
    "/cases/{case_id}/follow-up",
    operation_id="arrange_follow_up",
    **changing(FollowUpShape, summary="Name a deputy and the day by which a case is ready"),
)
def follow_up(request: ApiRequest, case_id: Id, wanted: FollowUpWanted) -> FollowUpShape:
    """The responsible names the deputy; those who prepare the cases also set the day."""
    case = arrange_follow_up(
        find(Case.objects.visible_to(request.actor), case_id),
        deputy=somebody(wanted.deputy_id) if wanted.deputy_id else None,
        follow_up_by=wanted.follow_up_by,
        version=wanted.version,
        actor=request.actor,
        at=now(),
    )
    return _follow_up(case)


def _follow_up(case: Case) -> FollowUpShape:
    return FollowUpShape(
        case_id=case.pk,
        version=case.version,
        responsible_id=case.responsible_id,
        accepted_at=case.accepted_at,
        declined_because=case.declined_because,
        deputy_id=case.deputy_id,
        follow_up_by=case.follow_up_by,
    )
