"""What is done in a meeting: attendance, papers, proposals, votes, conclusions and minutes."""

from __future__ import annotations

from datetime import datetime

from loype.api.actor import ApiRequest
from loype.api.councils.meeting_shapes import (
    AgendaItemShape,
    MeetingShape,
    agenda_item_shape,
    meeting_shape,
)
from loype.api.councils.work_shapes import (
    AttendanceWanted,
    ChoiceWanted,
    ConclusionWanted,
    DissentWanted,
    InterestWanted,
    ItemDetail,
    MatterWanted,
    MinutesShape,
    PaperWanted,
    ProposalShape,
    ProposalWanted,
    RescheduleWanted,
    VotesWanted,
    item_detail,
    minutes_shape,
    proposal_shape,
)
from loype.api.finding import find
from loype.api.idempotency import Key, create
from loype.api.operations import changing, creating, reading, room
from loype.api.shapes import Id
from loype.bodies.actions import move_meeting, register_attendance
from loype.bodies.models import Meeting
from loype.councils.actions import (
    add_agenda_item,
    agree_on_proposal,
    cast_vote,
    conclude_item,
    count_answers,
    declare_interest,
    propose,
    record_dissent,
    record_votes,
    withdraw_proposal,
    write_paper,
)
from loype.councils.minutes.as_html import page
from loype.councils.minutes.reading import read_minutes
from loype.councils.models import AgendaItem, Minutes, Proposal
from loype.kernel.clock import now
from loype.trail.follow_ups import put_follow_ups_on_agenda

router = room("councils")
MEETING = "/meetings/{meeting_id}"
ITEM = f"{MEETING}/items/{{item_id}}"
PROPOSAL = f"{ITEM}/proposals/{{proposal_id}}"


def _meeting(request: ApiRequest, meeting_id: int) -> Meeting:
    """A meeting of a room one may enter, or of a body one sits on."""
    rows = Meeting.objects.visible_to(request.actor).entered_by(request.actor)
    return find(rows.select_related("organisation", "body"), meeting_id)


def _item(request: ApiRequest, *, meeting_id: int, item_id: int) -> AgendaItem:
    meeting = _meeting(request, meeting_id)
    items = AgendaItem.objects.visible_to(request.actor).filter(meeting=meeting).on_agenda()
    return find(items.select_related("meeting__body", "paper"), item_id)


def _shown(request: ApiRequest, *, meeting_id: int, item_id: int) -> ItemDetail:
    return item_detail(_item(request, meeting_id=meeting_id, item_id=item_id))


def _proposal(request: ApiRequest, *, meeting_id: int, item_id: int, proposal_id: int) -> Proposal:
    item = _item(request, meeting_id=meeting_id, item_id=item_id)
    return find(item.proposals.all(), proposal_id)


@router.post(
    f"{MEETING}/attendance",
    operation_id="register_attendance",
    **changing(MeetingShape, summary="Write down who is there now"),
)
def attendance(request: ApiRequest, meeting_id: Id, wanted: AttendanceWanted) -> MeetingShape:
    """For leader and secretary; nothing is decided before enough are there."""
    meeting = _meeting(request, meeting_id)
    present = {one.seat_id: one.person_id for one in wanted.present}
    register_attendance(meeting, present=present, actor=request.actor, at=now())
    return meeting_shape(_meeting(request, meeting_id))


@router.post(
    f"{MEETING}/reschedule",
    operation_id="move_meeting",
    **changing(MeetingShape, summary="Give a meeting another time or place"),
)
def reschedule(request: ApiRequest, meeting_id: Id, wanted: RescheduleWanted) -> MeetingShape:
    """Those who are called get the change in their calendars."""
    meeting = _meeting(request, meeting_id)
    move_meeting(meeting, actor=request.actor, at=now(), **wanted.model_dump())
    return meeting_shape(_meeting(request, meeting_id))


@router.post(
    f"{MEETING}/matters",
    operation_id="add_agenda_item",
    **creating(AgendaItemShape, summary="Put a matter that is no case on the agenda"),
)
def add_matter(
    request: ApiRequest, meeting_id: Id, wanted: MatterWanted, idempotency_key: Key
) -> object:
    """To be decided, discussed, told or followed up."""

    def make(at: datetime) -> AgendaItemShape:
        meeting = _meeting(request, meeting_id)
        item = add_agenda_item(meeting, actor=request.actor, at=at, **wanted.model_dump())
        return agenda_item_shape(item, actor=request.actor)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    f"{MEETING}/follow-ups",
    operation_id="put_follow_ups_on_agenda",
    **changing(list[AgendaItemShape], summary="Put what is late on the agenda"),
)
def follow_ups(request: ApiRequest, meeting_id: Id) -> list[AgendaItemShape]:
    """Late reports, what is due, late evaluations; doing it twice doubles nothing."""
    meeting = _meeting(request, meeting_id)
    items = put_follow_ups_on_agenda(meeting, actor=request.actor, at=now())
    return [agenda_item_shape(item, actor=request.actor) for item in items]


@router.get(
    ITEM,
    operation_id="get_agenda_item",
    **reading(ItemDetail, summary="An item with its paper, proposals and votes"),
)
def get_item(request: ApiRequest, meeting_id: Id, item_id: Id) -> ItemDetail:
    """For the council room."""
    return _shown(request, meeting_id=meeting_id, item_id=item_id)


@router.put(
    f"{ITEM}/paper",
    operation_id="write_paper",
    **changing(ItemDetail, summary="Write the decision paper of an item"),
)
def paper(request: ApiRequest, meeting_id: Id, item_id: Id, wanted: PaperWanted) -> ItemDetail:
    """Refused when somebody else wrote in between: read it again, then write."""
    item = _item(request, meeting_id=meeting_id, item_id=item_id)
    write_paper(item, words=wanted.words(), version=wanted.version, actor=request.actor, at=now())
    return _shown(request, meeting_id=meeting_id, item_id=item_id)


@router.post(
    f"{ITEM}/proposals",
    operation_id="propose",
    **creating(ProposalShape, summary="Make a proposal or an amendment"),
)
def make_proposal(
    request: ApiRequest, meeting_id: Id, item_id: Id, wanted: ProposalWanted, idempotency_key: Key
) -> object:
    """A member for the own seat, or the secretariat."""

    def make(at: datetime) -> ProposalShape:
        item = _item(request, meeting_id=meeting_id, item_id=item_id)
        proposal = propose(item, text=wanted.text, kind=wanted.kind, actor=request.actor, at=at)
        return proposal_shape(proposal)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    f"{PROPOSAL}/votes",
    operation_id="record_votes",
    **changing(ProposalShape, summary="Write down what each seat votes, and count"),
)
def votes(
    request: ApiRequest, meeting_id: Id, item_id: Id, proposal_id: Id, wanted: VotesWanted
) -> ProposalShape:
    """Every seat that is present and may vote, no other."""
    proposal = _proposal(request, meeting_id=meeting_id, item_id=item_id, proposal_id=proposal_id)
    choices = {one.call_id: str(one.choice) for one in wanted.votes}
    settled = record_votes(
        proposal, choices=choices, version=wanted.version, actor=request.actor, at=now()
    )
    return proposal_shape(settled)


@router.post(
    f"{PROPOSAL}/agree",
    operation_id="agree_on_proposal",
    **changing(ProposalShape, summary="Adopt a proposal by consensus"),
)
def agree(request: ApiRequest, meeting_id: Id, item_id: Id, proposal_id: Id) -> ProposalShape:
    """Those present agree without a vote."""
    proposal = _proposal(request, meeting_id=meeting_id, item_id=item_id, proposal_id=proposal_id)
    return proposal_shape(agree_on_proposal(proposal, actor=request.actor, at=now()))


@router.post(
    f"{PROPOSAL}/withdraw",
    operation_id="withdraw_proposal",
    **changing(ProposalShape, summary="Take a proposal back"),
)
def withdraw(request: ApiRequest, meeting_id: Id, item_id: Id, proposal_id: Id) -> ProposalShape:
    """Whoever made it, or the secretariat."""
    proposal = _proposal(request, meeting_id=meeting_id, item_id=item_id, proposal_id=proposal_id)
    return proposal_shape(withdraw_proposal(proposal, actor=request.actor, at=now()))


@router.post(
    f"{PROPOSAL}/vote",
    operation_id="cast_vote",
    **changing(ProposalShape, summary="Vote in writing for one's own seat"),
)
def vote(
    request: ApiRequest, meeting_id: Id, item_id: Id, proposal_id: Id, wanted: ChoiceWanted
) -> ProposalShape:
    """In a written procedure, until the day to answer by is over."""
    proposal = _proposal(request, meeting_id=meeting_id, item_id=item_id, proposal_id=proposal_id)
    cast_vote(proposal, choice=wanted.choice, actor=request.actor, at=now())
    return proposal_shape(proposal)


@router.post(
    f"{MEETING}/count",
    operation_id="count_answers",
    **changing(list[ProposalShape], summary="Count a written procedure"),
)
def count(request: ApiRequest, meeting_id: Id) -> list[ProposalShape]:
    """When all have answered, or the day is over."""
    counted = count_answers(_meeting(request, meeting_id), actor=request.actor, at=now())
    return [proposal_shape(one) for one in counted]


@router.post(
    f"{ITEM}/interests",
    operation_id="declare_interest",
    **changing(ItemDetail, summary="Declare a member's own interest"),
)
def interest(
    request: ApiRequest, meeting_id: Id, item_id: Id, wanted: InterestWanted
) -> ItemDetail:
    """The member then neither votes nor counts for the item."""
    item = _item(request, meeting_id=meeting_id, item_id=item_id)
    call = find(item.meeting.calls.all(), wanted.call_id)
    declare_interest(item, call=call, reason=wanted.reason, actor=request.actor, at=now())
    return _shown(request, meeting_id=meeting_id, item_id=item_id)


@router.post(
    f"{ITEM}/dissents",
    operation_id="record_dissent",
    **changing(ItemDetail, summary="Let a member's own words stand in the minutes"),
)
def dissent(request: ApiRequest, meeting_id: Id, item_id: Id, wanted: DissentWanted) -> ItemDetail:
    """Before the minutes are approved."""
    item = _item(request, meeting_id=meeting_id, item_id=item_id)
    call = find(item.meeting.calls.all(), wanted.call_id)
    record_dissent(item, call=call, text=wanted.text, actor=request.actor, at=now())
    return _shown(request, meeting_id=meeting_id, item_id=item_id)


@router.post(
    f"{ITEM}/conclude",
    operation_id="conclude_item",
    **changing(ItemDetail, summary="Write down what came of a matter"),
)
def conclude(
    request: ApiRequest, meeting_id: Id, item_id: Id, wanted: ConclusionWanted
) -> ItemDetail:
    """What is to be decided needs the leader and enough who are there."""
    item = _item(request, meeting_id=meeting_id, item_id=item_id)
    conclude_item(item, actor=request.actor, at=now(), **wanted.model_dump())
    return _shown(request, meeting_id=meeting_id, item_id=item_id)


@router.get(
    f"{MEETING}/minutes",
    operation_id="get_minutes",
    **reading(MinutesShape, summary="A meeting's minutes"),
)
def minutes(request: ApiRequest, meeting_id: Id) -> MinutesShape:
    """As they were approved, with the marks that stand in the history; else a draft."""
    meeting = _meeting(request, meeting_id)
    kept = Minutes.objects.visible_to(request.actor).filter(meeting=meeting)
    if found := kept.select_related("pdf", "docx").first():
        return minutes_shape(found)
    language = meeting.organisation.language
    html = page(read_minutes(meeting, language=language))
    return MinutesShape(
        meeting_id=meeting.pk, is_approved=False, language=language, html=html,
        html_sha256="", pdf_sha256="", docx_sha256="",
    )  # fmt: skip
