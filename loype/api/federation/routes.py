"""The register, the coordinator's figures, what is run together, and what is shared."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from json import dumps, loads
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query

from loype.api.actor import ApiRequest
from loype.api.federation.shapes import (
    AgreementWanted,
    DeclineWanted,
    JointCaseShape,
    LeaveWanted,
    OverviewShape,
    SharingShape,
    SharingWanted,
    TermsShape,
    TermsWanted,
    WorkFilters,
    WorkShape,
    joint_shape,
    overview_shape,
    sharing_shape,
    terms_shape,
    work_shape,
)
from loype.api.finding import find
from loype.api.idempotency import Key, create
from loype.api.operations import changing, creating, reading, room
from loype.api.paging import LARGEST, Page, Paging, keyset
from loype.api.shapes import Id
from loype.councils.actions import TermsWords, decline_joint_terms, propose_joint_terms
from loype.councils.joint_querysets import JointCaseQuerySet
from loype.councils.models import JointCase, JointTerms
from loype.kernel.clock import now
from loype.kernel.errors import BadInput
from loype.organisations.actions import change_sharing
from loype.organisations.actor import Actor
from loype.organisations.models import Federation, Organisation, SharingPolicy
from loype.organisations.sharing import SHORT_FORM, SharedKind
from loype.trail.federation.reading import read_overview
from loype.trail.together import agree_to_run_together, leave_what_runs_together
from loype.trail.works import Place, Wanted, circle_of, works_of

router = room("federations")


@router.get(
    "/federations/{federation_id}/works",
    operation_id="list_works",
    **reading(Page[WorkShape], summary="What all members have in the works, newest first"),
)
def list_works(
    request: ApiRequest, federation_id: Id, filters: Query[WorkFilters]
) -> Page[WorkShape]:
    """Ideas, decisions, activities and solutions, each in the form that its owner shares."""
    actor = request.actor
    federation = find(Federation.objects.visible_to(actor), federation_id)
    wanted = Wanted(
        kinds=(filters.kind,) if filters.kind else tuple(SharedKind.values),
        organisation_id=filters.organisation_id,
        only_open=filters.only_open,
        after=_read_place(filters.cursor) if filters.cursor else None,
    )
    circle = circle_of(federation.pk, day=now().date())
    found = works_of(circle, wanted, actor=actor, most=filters.limit + 1)
    items = found[: filters.limit]
    more = len(found) > filters.limit
    return Page(
        items=[work_shape(work) for work in items],
        next=_write_place(items[-1].place) if more else None,
    )


def _write_place(place: Place) -> str:
    at, kind, number = place
    return urlsafe_b64encode(dumps([at.isoformat(), kind, number]).encode()).decode().rstrip("=")


def _read_place(cursor: str) -> Place:
    try:
        at, kind, number = loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        moment = datetime.fromisoformat(at)
        sound = moment.tzinfo is not None and kind in SharedKind.values
        if not (sound and isinstance(number, int) and 0 < number <= LARGEST):
            raise ValueError(cursor)
    except (ValueError, TypeError) as problem:
        raise BadInput({"cursor": _("Go on with the “next” of the page before.")}) from problem
    return (moment, kind, number)


@router.get(
    "/federations/{federation_id}/overview",
    operation_id="get_federation_overview",
    **reading(OverviewShape, summary="How all councils of a federation stand"),
)
def get_overview(request: ApiRequest, federation_id: Id) -> OverviewShape:
    """For the federation's coordinator: ages, meetings, attendance, and what could be common."""
    federation = find(Federation.objects.visible_to(request.actor), federation_id)
    return overview_shape(read_overview(federation, actor=request.actor, at=now()))


@router.get(
    "/organisations/{organisation_id}/sharing",
    operation_id="list_sharing",
    **reading(list[SharingShape], summary="What an organisation tells those it works with"),
)
def list_sharing(request: ApiRequest, organisation_id: Id) -> list[SharingShape]:
    """For each kind of thing; seen by the organisation and those it works with."""
    actor = request.actor
    near = Organisation.objects.visible_to(actor).filter(
        pk__in=sorted(actor.neighbour_ids | actor.organisation_ids)
    )
    organisation = find(near, organisation_id)
    rows = SharingPolicy.objects.visible_to(actor).filter(organisation=organisation)
    policies = {one.kind: one for one in rows}
    return [
        sharing_shape(kind, policies.get(kind), otherwise=SHORT_FORM) for kind in SharedKind.values
    ]


@router.put(
    "/organisations/{organisation_id}/sharing",
    operation_id="change_sharing",
    **changing(SharingShape, summary="Say what is told of a kind of thing"),
)
def put_sharing(request: ApiRequest, organisation_id: Id, wanted: SharingWanted) -> SharingShape:
    """For the organisation's administrators."""
    organisation = find(Organisation.objects.visible_to(request.actor), organisation_id)
    policy = change_sharing(
        organisation,
        kind=wanted.kind,
        tells_internal=wanted.tells_internal,
        fields=wanted.fields_told,
        actor=request.actor,
        at=now(),
    )
    return sharing_shape(policy.kind, policy, otherwise=())


def _joint_cases(actor: Actor) -> JointCaseQuerySet:
    return JointCase.objects.visible_to(actor).with_everything()


@router.get(
    "/joint-cases",
    operation_id="list_joint_cases",
    **reading(Page[JointCaseShape], summary="What councils run together", found=False),
)
def list_joint_cases(request: ApiRequest, filters: Query[Paging]) -> Page[JointCaseShape]:
    """For the councils that ask and are asked, and their federation's coordinator."""
    return keyset(_joint_cases(request.actor), joint_shape, paging=filters)


@router.get(
    "/joint-cases/{joint_case_id}",
    operation_id="get_joint_case",
    **reading(JointCaseShape, summary="Something that councils run together"),
)
def get_joint_case(request: ApiRequest, joint_case_id: Id) -> JointCaseShape:
    """With every answer and all terms that were proposed."""
    return joint_shape(find(_joint_cases(request.actor), joint_case_id))


@router.post(
    "/joint-cases/{joint_case_id}/terms",
    operation_id="propose_joint_terms",
    **creating(TermsShape, summary="Propose who leads and who pays what"),
)
def propose(
    request: ApiRequest, joint_case_id: Id, wanted: TermsWanted, idempotency_key: Key
) -> object:
    """For who decides in an organisation that takes part; what was open before ends."""

    def make(at: datetime) -> TermsShape:
        joint = find(JointCase.objects.visible_to(request.actor), joint_case_id)
        terms = propose_joint_terms(
            joint,
            words=_words(wanted),
            organisation=_organisation(request, wanted.organisation_id),
            actor=request.actor,
            at=at,
        )
        return terms_shape(terms)

    return create(request, make, key=idempotency_key, body=wanted)


def _words(wanted: TermsWanted) -> TermsWords:
    return TermsWords(
        lead_id=wanted.lead_id,
        cost_key=wanted.cost_key,
        amount=wanted.amount,
        currency=wanted.currency,
        exit_terms=wanted.exit_terms,
        exit_days=wanted.exit_days,
        users={int(key): count for key, count in wanted.users.items() if key.isdecimal()},
    )


def _organisation(request: ApiRequest, organisation_id: int) -> Organisation:
    return find(Organisation.objects.visible_to(request.actor), organisation_id)


def _terms(request: ApiRequest, terms_id: int) -> Any:
    rows = JointTerms.objects.visible_to(request.actor).select_related("joint_case", "lead")
    return find(rows, terms_id)


@router.post(
    "/joint-terms/{terms_id}/agree",
    operation_id="agree_to_joint_terms",
    **changing(TermsShape, summary="Say yes to terms"),
)
def agree(request: ApiRequest, terms_id: Id, wanted: AgreementWanted) -> TermsShape:
    """For who decides in the organisation; with the last yes the terms hold."""
    terms = agree_to_run_together(
        _terms(request, terms_id),
        organisation=_organisation(request, wanted.organisation_id),
        actor=request.actor,
        at=now(),
    )
    return terms_shape(terms)


@router.post(
    "/joint-terms/{terms_id}/decline",
    operation_id="decline_joint_terms",
    **changing(TermsShape, summary="Say no to terms, and why"),
)
def decline(request: ApiRequest, terms_id: Id, wanted: DeclineWanted) -> TermsShape:
    """For who decides in the organisation; somebody may then propose others."""
    terms = decline_joint_terms(
        _terms(request, terms_id),
        organisation=_organisation(request, wanted.organisation_id),
        reason=wanted.reason,
        actor=request.actor,
        at=now(),
    )
    return terms_shape(terms)


@router.post(
    "/joint-cases/{joint_case_id}/leave",
    operation_id="leave_joint_case",
    **changing(JointCaseShape, summary="Leave by the agreed terms"),
)
def leave(request: ApiRequest, joint_case_id: Id, wanted: LeaveWanted) -> JointCaseShape:
    """For who decides in the organisation that leaves."""
    joint = find(JointCase.objects.visible_to(request.actor), joint_case_id)
    leave_what_runs_together(
        joint,
        organisation=_organisation(request, wanted.organisation_id),
        leaving_date=wanted.leaving_date,
        reason=wanted.reason,
        actor=request.actor,
        at=now(),
    )
    return joint_shape(find(_joint_cases(request.actor), joint_case_id))
