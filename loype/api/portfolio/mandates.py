"""Political mandates, elections, the hand-over folder, and the sitting that answers."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate
from ninja import Query

from loype.api.actor import ApiRequest
from loype.api.finding import find, maybe
from loype.api.idempotency import Key, create
from loype.api.operations import changing, creating, reading, room
from loype.api.paging import Page, keyset
from loype.api.portfolio.mandate_shapes import (
    AnswerShape,
    ClosingWanted,
    ConfirmingWanted,
    ElectionShape,
    ElectionWanted,
    FolderShape,
    HangingWanted,
    MandateShape,
    MandateWanted,
    OfOrganisation,
    ShorteningWanted,
    SittingShape,
    SittingWanted,
    answer_shape,
    election_shape,
    folder_shape,
    mandate_shape,
    sitting_shape,
)
from loype.api.shapes import Id
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.portfolio.mandates import actions
from loype.portfolio.mandates.folder import open_folder
from loype.portfolio.mandates.models import Election, MandateSitting, PoliticalMandate
from loype.portfolio.models import Activity
from loype.trail.together import answer_in_sitting

router = room("mandates")


def home(organisation_id: int, *, actor: Actor) -> Organisation:
    """An organisation in which the actor works or sits; 404 for any other."""
    own = sorted(actor.organisation_ids | actor.council_room_ids)
    return find(Organisation.objects.visible_to(actor).filter(pk__in=own), organisation_id)


@router.get(
    "/mandates",
    operation_id="list_mandates",
    **reading(Page[MandateShape], summary="Political mandates", found=False),
)
def list_mandates(request: ApiRequest, filters: Query[OfOrganisation]) -> Page[MandateShape]:
    """What political bodies asked for, of the organisations you work or sit in."""
    rows = PoliticalMandate.objects.visible_to(request.actor).named()
    if filters.organisation_id:
        rows = rows.filter(organisation=filters.organisation_id)
    return keyset(
        rows.select_related("organisation"), mandate_shape, paging=filters,
        order=("-decided_date", "-id"),
    )  # fmt: skip


@router.post(
    "/mandates",
    operation_id="record_mandate",
    **creating(MandateShape, summary="Write a political mandate down"),
)
def record(request: ApiRequest, wanted: MandateWanted, idempotency_key: Key) -> object:
    """For administrators, the secretary and those who decide."""

    def make(at: datetime) -> MandateShape:
        facts = wanted.model_dump(exclude={"organisation_id"})
        made = actions.record_mandate(
            home(wanted.organisation_id, actor=request.actor),
            words=actions.MandateWords(**facts), actor=request.actor, at=at,
        )  # fmt: skip
        return mandate_shape(made)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/mandates/{mandate_id}/shorten",
    operation_id="shorten_mandate",
    **changing(MandateShape, summary="A mandate was taken back: it ends earlier"),
)
def shorten(request: ApiRequest, mandate_id: Id, wanted: ShorteningWanted) -> MandateShape:
    """What hangs on it is asked for on the day after."""
    rows = PoliticalMandate.objects.visible_to(request.actor).named()
    mandate = find(rows.select_related("organisation"), mandate_id)
    actions.shorten_mandate(mandate, **wanted.model_dump(), actor=request.actor, at=now())
    return mandate_shape(find(rows.select_related("organisation"), mandate_id))


@router.get(
    "/elections",
    operation_id="list_elections",
    **reading(Page[ElectionShape], summary="Elections", open_to_all=True, found=False),
)
def list_elections(request: ApiRequest, filters: Query[OfOrganisation]) -> Page[ElectionShape]:
    """When organisations elect, newest first."""
    rows = Election.objects.visible_to(request.actor).standing().select_related("organisation")
    if filters.organisation_id:
        rows = rows.filter(organisation=filters.organisation_id)
    return keyset(rows, election_shape, paging=filters, order=("-election_date", "-id"))


@router.post(
    "/elections",
    operation_id="record_election",
    **creating(ElectionShape, summary="Write an election down"),
)
def elect(request: ApiRequest, wanted: ElectionWanted, idempotency_key: Key) -> object:
    """On the day after, every mandate given before is asked for."""

    def make(at: datetime) -> ElectionShape:
        facts = wanted.model_dump(exclude={"organisation_id"})
        place = home(wanted.organisation_id, actor=request.actor)
        return election_shape(actions.record_election(place, **facts, actor=request.actor, at=at))

    return create(request, make, key=idempotency_key, body=wanted)


@router.get(
    "/organisations/{organisation_id}/mandate-folder",
    operation_id="get_mandate_folder",
    **reading(FolderShape, summary="The hand-over folder of an organisation"),
)
def folder(request: ApiRequest, organisation_id: Id) -> FolderShape:
    """What hangs on which decision, what stopping costs, what is bound and what needs a yes."""
    place = home(organisation_id, actor=request.actor)
    return folder_shape(open_folder(place, actor=request.actor, day=localdate(now())))


@router.post(
    "/mandate-sittings",
    operation_id="open_sitting",
    **creating(SittingShape, summary="Prepare the sitting that answers for everything"),
)
def sit(request: ApiRequest, wanted: SittingWanted, idempotency_key: Key) -> object:
    """One at a time; it stays open until every activity has its answer."""

    def make(at: datetime) -> SittingShape:
        facts = wanted.model_dump(exclude={"organisation_id"})
        place = home(wanted.organisation_id, actor=request.actor)
        return sitting_shape(actions.open_sitting(place, **facts, actor=request.actor, at=at))

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/mandate-sittings/{sitting_id}/answers",
    operation_id="answer_mandate",
    **changing(AnswerShape, summary="Confirm, change or end one activity"),
)
def answer(request: ApiRequest, sitting_id: Id, wanted: ConfirmingWanted) -> AnswerShape:
    """For whoever decides for the organisation, with reasons; of an activity that others own with
    it, about its own part."""
    actor = request.actor
    sitting = find(MandateSitting.objects.visible_to(actor), sitting_id)
    rows = Activity.objects.visible_to(actor).in_portfolio_of(sitting.organisation_id)
    question = answer_in_sitting(
        find(rows, wanted.activity_id),
        sitting=sitting,
        answer=wanted.answer,
        reasons=wanted.reasons,
        mandate=maybe(PoliticalMandate.objects.visible_to(actor), wanted.mandate_id),
        actor=actor,
        at=now(),
    )
    return answer_shape(question)


@router.post(
    "/mandate-sittings/{sitting_id}/close",
    operation_id="close_sitting",
    **changing(SittingShape, summary="End the sitting"),
)
def close(request: ApiRequest, sitting_id: Id, wanted: ClosingWanted) -> SittingShape:
    """When every activity has its answer."""
    rows = MandateSitting.objects.visible_to(request.actor).select_related("organisation")
    sitting = find(rows, sitting_id)
    actions.close_sitting(sitting, **wanted.model_dump(), actor=request.actor, at=now())
    return sitting_shape(find(rows, sitting_id))


@router.post(
    "/activities/{activity_id}/mandate",
    operation_id="hang_on_mandate",
    **changing(MandateShape, summary="Say on which mandate an activity hangs"),
)
def hang(request: ApiRequest, activity_id: Id, wanted: HangingWanted) -> MandateShape:
    """For its owner and those who keep the mandates, where nobody had said it yet; with a mandate
    of a co-owner, about that co-owner's part."""
    actor = request.actor
    held = PoliticalMandate.objects.visible_to(actor).select_related("organisation")
    mandate = find(held, wanted.mandate_id)
    activity = find(Activity.objects.visible_to(actor), activity_id)
    actions.hang_on_mandate(activity, mandate=mandate, actor=actor, at=now())
    return mandate_shape(mandate)
