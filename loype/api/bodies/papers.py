"""What bodies go by, their year, and what decisions rest on."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from ninja import Query

from loype.api.actor import ApiRequest
from loype.api.bodies.routes import load
from loype.api.bodies.shapes import (
    InstructionShape,
    MandateShape,
    PointShape,
    ProcedureShape,
    instruction_shape,
    mandate_shape,
)
from loype.api.bodies.year_shapes import (
    AnswerWanted,
    CitedWanted,
    DoneWanted,
    InstructionWanted,
    IntroductionShape,
    IntroductionWanted,
    MandateWanted,
    OfYear,
    OnAgendaShape,
    OnAgendaWanted,
    OutcomeWanted,
    PointsShape,
    PowerWanted,
    ProcedureWanted,
    ReferralShape,
    ReferralWanted,
    WheelItemShape,
    WheelWanted,
    YearShape,
    under_point,
    year_shape,
)
from loype.api.finding import find, maybe
from loype.api.idempotency import Key, create
from loype.api.operations import changing, creating, reading, room
from loype.api.problems import not_here
from loype.api.shapes import Id
from loype.bodies.actions import (
    PowerLine,
    Procedural,
    adopt_instruction,
    adopt_mandate,
    adopt_rules_of_procedure,
    decide_by_instruction,
    finish_on_wheel,
    promise_introduction,
    put_on_wheel,
    settle_introduction,
)
from loype.bodies.models import Introduction, MandatePoint, Meeting, Referral, WheelItem
from loype.bodies.year_wheel import year_wheel
from loype.councils.actions import answer_referral, put_referral_on_agenda
from loype.councils.citing import cite_points, decisions_by_point
from loype.councils.models import Decision
from loype.kernel.clock import now
from loype.kernel.errors import BadInput

router = room("bodies")
MOST_SHOWN = 100


def _lines(powers: list[PowerWanted]) -> list[PowerLine]:
    return [PowerLine(**one.model_dump()) for one in powers]


@router.post(
    "/bodies/{body_id}/mandates",
    operation_id="adopt_mandate",
    **creating(MandateShape, summary="Give a body a new version of its mandate"),
)
def adopt_a_mandate(
    request: ApiRequest, body_id: Id, wanted: MandateWanted, idempotency_key: Key
) -> object:
    """In numbered points, from a day on; the version before it ends the day before."""

    def make(at: datetime) -> MandateShape:
        body = load(request, body_id)
        made = adopt_mandate(body, actor=request.actor, at=at, **wanted.model_dump())
        return mandate_shape(made)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/bodies/{body_id}/rules-of-procedure",
    operation_id="adopt_rules_of_procedure",
    **creating(ProcedureShape, summary="Let a body work by new rules of procedure"),
)
def adopt_rules(
    request: ApiRequest, body_id: Id, wanted: ProcedureWanted, idempotency_key: Key
) -> object:
    """Notice, papers, quorum, votes and the number of meetings follow them from that day."""

    def make(at: datetime) -> ProcedureShape:
        said = wanted.model_dump(exclude={"powers", "from_date", "decision_reference"})
        made = adopt_rules_of_procedure(
            load(request, body_id), procedure=Procedural(**said), powers=_lines(wanted.powers),
            from_date=wanted.from_date, decision_reference=wanted.decision_reference,
            actor=request.actor, at=at,
        )  # fmt: skip
        return ProcedureShape.model_validate(made)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/bodies/{body_id}/instructions",
    operation_id="adopt_instruction",
    **creating(InstructionShape, summary="Say who may decide what"),
)
def adopt_an_instruction(
    request: ApiRequest, body_id: Id, wanted: InstructionWanted, idempotency_key: Key
) -> object:
    """Line by line, with limits; what is above a limit goes to the body by itself."""

    def make(at: datetime) -> InstructionShape:
        made = adopt_instruction(
            load(request, body_id), powers=_lines(wanted.powers), from_date=wanted.from_date,
            decision_reference=wanted.decision_reference, actor=request.actor, at=at,
        )  # fmt: skip
        return instruction_shape(made, made.powers.all())

    return create(request, make, key=idempotency_key, body=wanted)


@router.get(
    "/bodies/{body_id}/year",
    operation_id="get_body_year",
    **reading(YearShape, summary="A body's year"),
)
def get_year(request: ApiRequest, body_id: Id, asked: Query[OfYear]) -> YearShape:
    """For the body's organisation and those who sit on it: the wheel, promises and referrals."""
    body, actor, day = load(request, body_id), request.actor, now().date()
    if not (actor.belongs_to(body.organisation_id) or actor.sits_on(body.pk)):
        raise not_here()
    promises = Introduction.objects.visible_to(actor).filter(body=body)
    referrals = Referral.objects.visible_to(actor).filter(body=body)
    return year_shape(
        year_wheel(body, year=asked.year or day.year, today=day),
        introductions=list(promises[:MOST_SHOWN]),
        referrals=list(referrals[:MOST_SHOWN]),
    )


@router.post(
    "/bodies/{body_id}/wheel-items",
    operation_id="put_on_wheel",
    **creating(WheelItemShape, summary="Put something on a body's year wheel"),
)
def put_there(
    request: ApiRequest, body_id: Id, wanted: WheelWanted, idempotency_key: Key
) -> object:
    """For the leader, the secretary and the head."""

    def make(at: datetime) -> WheelItemShape:
        body = load(request, body_id)
        item = put_on_wheel(body, actor=request.actor, at=at, **wanted.model_dump())
        return WheelItemShape.model_validate(item)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/wheel-items/{item_id}/done",
    operation_id="finish_on_wheel",
    **changing(WheelItemShape, summary="Write down what came of something on the year wheel"),
)
def finish(request: ApiRequest, item_id: Id, wanted: DoneWanted) -> WheelItemShape:
    """With what is done about it."""
    item = find(WheelItem.objects.visible_to(request.actor), item_id)
    done = finish_on_wheel(item, actor=request.actor, at=now(), **wanted.model_dump())
    return WheelItemShape.model_validate(done)


@router.post(
    "/bodies/{body_id}/introductions",
    operation_id="promise_introduction",
    **creating(IntroductionShape, summary="Promise to bring two together"),
)
def promise(
    request: ApiRequest, body_id: Id, wanted: IntroductionWanted, idempotency_key: Key
) -> object:
    """For those around the table."""

    def make(at: datetime) -> IntroductionShape:
        said = wanted.model_dump(exclude={"meeting_id"})
        meeting = maybe(Meeting.objects.visible_to(request.actor), wanted.meeting_id)
        if wanted.meeting_id is not None and meeting is None:
            raise not_here()
        made = promise_introduction(
            load(request, body_id), meeting=meeting, actor=request.actor, at=at, **said
        )
        return IntroductionShape.model_validate(made)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/introductions/{introduction_id}/outcome",
    operation_id="settle_introduction",
    **changing(IntroductionShape, summary="Say what came of an introduction"),
)
def settle_promise(
    request: ApiRequest, introduction_id: Id, wanted: OutcomeWanted
) -> IntroductionShape:
    """For whoever promised it, the leader and the secretary."""
    found = find(Introduction.objects.visible_to(request.actor), introduction_id)
    done = settle_introduction(found, actor=request.actor, at=now(), **wanted.model_dump())
    return IntroductionShape.model_validate(done)


@router.post(
    "/bodies/{body_id}/referrals",
    operation_id="decide_by_instruction",
    **creating(ReferralShape, summary="Decide under the instruction, or put it to the body"),
)
def refer(request: ApiRequest, body_id: Id, wanted: ReferralWanted, idempotency_key: Key) -> object:
    """Within a limit it is decided at once; above it, it waits for the body."""

    def make(at: datetime) -> ReferralShape:
        body = load(request, body_id)
        made = decide_by_instruction(body, actor=request.actor, at=at, **wanted.model_dump())
        return ReferralShape.model_validate(made)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/referrals/{referral_id}/answer",
    operation_id="settle_referral",
    **changing(ReferralShape, summary="Write down what the body answered"),
)
def settle_question(request: ApiRequest, referral_id: Id, wanted: AnswerWanted) -> ReferralShape:
    """For the body's leader, in a called meeting."""
    found = find(Referral.objects.visible_to(request.actor), referral_id)
    meeting = find(Meeting.objects.visible_to(request.actor), wanted.meeting_id)
    done = answer_referral(
        found, meeting=meeting, is_agreed=wanted.is_agreed, answer=wanted.answer,
        actor=request.actor, at=now(),
    )  # fmt: skip
    return ReferralShape.model_validate(done)


@router.post(
    "/referrals/{referral_id}/agenda",
    operation_id="put_referral_on_agenda",
    **changing(OnAgendaShape, summary="Put what was referred on an agenda"),
)
def put_question(request: ApiRequest, referral_id: Id, wanted: OnAgendaWanted) -> OnAgendaShape:
    """The body's next open agenda, or the one that is named; doing it twice changes nothing."""
    found = find(Referral.objects.visible_to(request.actor).select_related("body"), referral_id)
    meeting = maybe(Meeting.objects.visible_to(request.actor), wanted.meeting_id)
    if wanted.meeting_id is not None and meeting is None:
        raise not_here()
    item = put_referral_on_agenda(found, meeting=meeting, actor=request.actor, at=now())
    return OnAgendaShape(referral_id=found.pk, meeting_id=item.meeting_id, item_id=item.pk)


@router.get(
    "/bodies/{body_id}/points",
    operation_id="list_decisions_by_point",
    **reading(PointsShape, summary="A year's decisions by the points of the mandate"),
)
def by_point(request: ApiRequest, body_id: Id, asked: Query[OfYear]) -> PointsShape:
    """Every point of the mandates in force that year, also those that nothing rests on."""
    year = asked.year or now().year
    listed = decisions_by_point(load(request, body_id), year=year, actor=request.actor)
    return PointsShape(year=year, points=[under_point(one) for one in listed])


@router.put(
    "/decisions/{decision_id}/points",
    operation_id="cite_points",
    **changing(list[PointShape], summary="Say which points of the mandate a decision rests on"),
)
def cite(request: ApiRequest, decision_id: Id, wanted: CitedWanted) -> list[PointShape]:
    """Until the minutes are approved; those named replace those cited before."""
    decision = find(Decision.objects.visible_to(request.actor), decision_id)
    points = list(MandatePoint.objects.visible_to(request.actor).filter(pk__in=wanted.point_ids))
    if len(points) != len(set(wanted.point_ids)):
        raise BadInput({"point_ids": _("There is no such point.")})
    cited = cite_points(decision, points=points, actor=request.actor, at=now())
    return [PointShape.model_validate(one.point) for one in cited]
