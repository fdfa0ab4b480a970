"""Reports, milestones and participants of an activity."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from ninja import Query
from ninja.responses import Status

from loype.api.actor import ApiRequest
from loype.api.finding import find, maybe
from loype.api.idempotency import Key, create
from loype.api.operations import DONE, changing, creating, reading, room
from loype.api.paging import Page, Paging, keyset
from loype.api.portfolio.routes import visible
from loype.api.portfolio.shapes import (
    MilestoneShape,
    MilestoneWanted,
    ParticipantShape,
    ParticipantWanted,
    ReachedWanted,
    ReportShape,
    ReportWanted,
    milestone_shape,
    participant_shape,
    report_shape,
)
from loype.api.shapes import Id
from loype.kernel.clock import now
from loype.kernel.errors import BadInput
from loype.organisations.models import Organisation
from loype.portfolio.actions import (
    add_milestone,
    add_participant,
    reach_milestone,
    remove_milestone,
    remove_participant,
    report_status,
)
from loype.portfolio.models import Milestone

router = room("portfolio")


@router.get(
    "/{activity_id}/reports",
    operation_id="list_reports",
    **reading(Page[ReportShape], summary="Status reports, newest first", open_to_all=True),
)
def list_reports(request: ApiRequest, activity_id: Id, paging: Query[Paging]) -> Page[ReportShape]:
    """How it went."""
    rows = visible(request, activity_id).reports.select_related("reported_by")
    return keyset(rows, report_shape, paging=paging, order=("-reported_at", "-id"))


@router.post(
    "/{activity_id}/reports",
    operation_id="report_status",
    **creating(ReportShape, summary="Say how it goes"),
)
def report(
    request: ApiRequest, activity_id: Id, wanted: ReportWanted, idempotency_key: Key
) -> object:
    """For the owner: a light, a text and the next step."""

    def make(at: datetime) -> ReportShape:
        written = report_status(
            visible(request, activity_id), actor=request.actor, at=at, **wanted.model_dump()
        )
        written.reported_by = request.person
        return report_shape(written)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/{activity_id}/milestones",
    operation_id="add_milestone",
    **creating(MilestoneShape, summary="Set a milestone"),
)
def add(
    request: ApiRequest, activity_id: Id, wanted: MilestoneWanted, idempotency_key: Key
) -> object:
    """For the owner."""

    def make(at: datetime) -> MilestoneShape:
        activity = visible(request, activity_id)
        milestone = add_milestone(
            activity, title=wanted.title, due_date=wanted.due_date, actor=request.actor, at=at
        )
        return milestone_shape(milestone)

    return create(request, make, key=idempotency_key, body=wanted)


def _milestone(request: ApiRequest, *, activity_id: int, milestone_id: int) -> Milestone:
    milestones = visible(request, activity_id).milestones.filter(removed_at=None)
    return find(milestones.select_related("activity"), milestone_id)


@router.put(
    "/{activity_id}/milestones/{milestone_id}/reached",
    operation_id="reach_milestone",
    **changing(MilestoneShape, summary="Mark a milestone as reached, or not"),
)
def reach(
    request: ApiRequest, activity_id: Id, milestone_id: Id, wanted: ReachedWanted
) -> MilestoneShape:
    """For the owner."""
    milestone = _milestone(request, activity_id=activity_id, milestone_id=milestone_id)
    reached = reach_milestone(
        milestone, reached_date=wanted.reached_date, actor=request.actor, at=now()
    )
    return milestone_shape(reached)


@router.delete(
    "/{activity_id}/milestones/{milestone_id}",
    operation_id="remove_milestone",
    **changing(None, summary="Take a milestone away"),
)
def remove(request: ApiRequest, activity_id: Id, milestone_id: Id) -> Status[None]:
    """For the owner."""
    milestone = _milestone(request, activity_id=activity_id, milestone_id=milestone_id)
    remove_milestone(milestone, actor=request.actor, at=now())
    return DONE


@router.post(
    "/{activity_id}/participants",
    operation_id="add_participant",
    **creating(ParticipantShape, summary="Let another organisation take part"),
)
def invite(
    request: ApiRequest, activity_id: Id, wanted: ParticipantWanted, idempotency_key: Key
) -> object:
    """For the owner; its people may read about the activity from now on."""

    def make(at: datetime) -> ParticipantShape:
        actor, activity = request.actor, visible(request, activity_id)
        organisation = maybe(Organisation.objects.visible_to(actor), wanted.organisation_id)
        if organisation is None:
            raise BadInput({"organisation": _("Choose an organisation that takes part.")})
        participant = add_participant(
            activity, organisation=organisation, role=wanted.role, actor=actor, at=at
        )
        return participant_shape(participant)

    return create(request, make, key=idempotency_key, body=wanted)


@router.delete(
    "/{activity_id}/participants/{participant_id}",
    operation_id="remove_participant",
    **changing(None, summary="End another organisation's part"),
)
def end(request: ApiRequest, activity_id: Id, participant_id: Id) -> Status[None]:
    """For the owner."""
    current = visible(request, activity_id).participants.filter(left_date=None)
    participant = find(current.select_related("activity"), participant_id)
    remove_participant(participant, actor=request.actor, at=now())
    return DONE
