"""Rounds of assessment for programs: the same rules, and nobody sees more than on the page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from ninja import Query

from loype.api.actor import ApiRequest
from loype.api.councils.assessing_shapes import (
    AssessmentShape,
    AssessmentsShape,
    ComparisonWanted,
    DeclarationWanted,
    MustDoWanted,
    ProfileShape,
    ProfileWanted,
    RoomFilters,
    RoundCaseShape,
    RoundDetail,
    RoundShape,
    RoundWanted,
    SheetShape,
    SheetWanted,
    assessment_shape,
    profile_shape,
    round_detail,
    round_shape,
    sheet_shape,
)
from loype.api.finding import find
from loype.api.idempotency import Key, create
from loype.api.operations import DONE, changing, creating, reading, room
from loype.api.paging import Page, keyset
from loype.api.shapes import Id
from loype.councils.assessing.actions import (
    close_round,
    compare_cases,
    declare_interests,
    hand_in_assessment,
    mark_must_do,
    open_round,
    profile_from_pack,
    profile_from_plans,
    score_case,
)
from loype.councils.assessing.choosing import assessable_cases
from loype.councils.models import (
    Assessment,
    Criterion,
    Profile,
    Round,
    RoundCase,
    Score,
    Sheet,
)
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.strategy.models import Period

router = room("assessing")
WORDS = ("case__idea__words", "case__idea__text")


def _criteria(profile: Profile, *, actor: Actor) -> list[Criterion]:
    return list(Criterion.objects.visible_to(actor).filter(profile=profile))


@router.get(
    "/criteria-profiles",
    operation_id="list_profiles",
    **reading(Page[ProfileShape], summary="By which criteria councils assess", found=False),
)
def list_profiles(request: ApiRequest, filters: Query[RoomFilters]) -> Page[ProfileShape]:
    """Of one's own organisations and its neighbours."""
    actor = request.actor
    rows = Profile.objects.visible_to(actor).select_related("organisation")
    if filters.organisation_id:
        rows = rows.filter(organisation=filters.organisation_id)
    return keyset(
        rows.prefetch_related(Prefetch("criteria", queryset=Criterion.objects.visible_to(actor))),
        lambda one: profile_shape(one, list(one.criteria.all())),
        paging=filters,
    )


@router.post(
    "/criteria-profiles",
    operation_id="take_profile",
    **creating(ProfileShape, summary="Assess by a shipped profile or by one's own plans"),
)
def take_profile(request: ApiRequest, wanted: ProfileWanted, idempotency_key: Key) -> object:
    """For the council's leader and secretary; twice gives the first."""

    def make(at: datetime) -> ProfileShape:
        actor = request.actor
        if wanted.period_id is not None:
            period = find(Period.objects.visible_to(actor), wanted.period_id)
            profile = profile_from_plans(period, actor=actor, at=at)
        else:
            organisation = find(Organisation.objects.visible_to(actor), wanted.organisation_id)
            pack = wanted.pack or ""
            profile = profile_from_pack(organisation, pack=pack, actor=actor, at=at)
        return profile_shape(profile, _criteria(profile, actor=actor))

    return create(request, make, key=idempotency_key, body=wanted)


def _rounds(actor: Actor) -> Any:
    return Round.objects.visible_to(actor).select_related("organisation", "profile")


def _detail(round: Round, *, actor: Actor) -> RoundDetail:
    cases = RoundCase.objects.visible_to(actor).filter(round=round)
    shown = cases.select_related("case__idea", "case__organisation").defer(*WORDS)
    return round_detail(round, list(shown))


@router.get(
    "/rounds",
    operation_id="list_rounds",
    **reading(Page[RoundShape], summary="Rounds of assessment, newest first", found=False),
)
def list_rounds(request: ApiRequest, filters: Query[RoomFilters]) -> Page[RoundShape]:
    """Of the councils one sits on."""
    rows = _rounds(request.actor)
    if filters.organisation_id:
        rows = rows.filter(organisation=filters.organisation_id)
    return keyset(rows, round_shape, paging=filters)


@router.post("/rounds", operation_id="open_round", **creating(RoundDetail, summary="Open a round"))
def make_round(request: ApiRequest, wanted: RoundWanted, idempotency_key: Key) -> object:
    """For the council's leader and secretary; from then on the form is the same for all."""

    def make(at: datetime) -> RoundDetail:
        actor = request.actor
        organisation = find(Organisation.objects.visible_to(actor), wanted.organisation_id)
        profile = find(Profile.objects.visible_to(actor), wanted.profile_id)
        cases = assessable_cases(actor, organisation_id=organisation.pk)
        opened = open_round(
            organisation,
            name=wanted.name,
            cases=list(cases.filter(pk__in=wanted.case_ids)),
            profile=profile,
            method=wanted.method,
            order_rule=wanted.order_rule,
            hand_in_by=wanted.hand_in_by,
            actor=actor,
            at=at,
        )
        return _detail(opened, actor=actor)

    return create(request, make, key=idempotency_key, body=wanted)


@router.get(
    "/rounds/{round_id}", operation_id="get_round", **reading(RoundDetail, summary="A round")
)
def get_round(request: ApiRequest, round_id: Id) -> RoundDetail:
    """With its cases."""
    return _detail(find(_rounds(request.actor), round_id), actor=request.actor)


def _sheets(actor: Actor, assessments: list[Assessment]) -> dict[int, list[SheetShape]]:
    scores = Score.objects.visible_to(actor).filter(sheet__assessment__in=assessments)
    points: dict[int, list[tuple[int, int]]] = {}
    for score in scores.order_by("criterion_id"):
        points.setdefault(score.sheet_id, []).append((score.criterion_id, score.value))
    found: dict[int, list[SheetShape]] = {}
    for sheet in Sheet.objects.visible_to(actor).filter(assessment__in=assessments):
        found.setdefault(sheet.assessment_id, []).append(
            sheet_shape(sheet, points.get(sheet.pk, []))
        )
    return found


@router.get(
    "/rounds/{round_id}/assessments",
    operation_id="list_assessments",
    **reading(AssessmentsShape, summary="One's own assessment, and the others' when they are open"),
)
def list_assessments(request: ApiRequest, round_id: Id) -> AssessmentsShape:
    """Others' open when one's own is handed in, or when the round is closed."""
    actor = request.actor
    round = find(_rounds(actor), round_id)
    rows = Assessment.objects.visible_to(actor).filter(round=round).select_related("person")
    found = list(rows)
    sheets = _sheets(actor, found)
    return AssessmentsShape(items=[assessment_shape(one, sheets.get(one.pk, [])) for one in found])


def _own(request: ApiRequest, round_id: int) -> Assessment:
    actor = request.actor
    round = find(_rounds(actor), round_id)
    rows = Assessment.objects.visible_to(actor).filter(round=round, person=actor.person_id)
    return find(rows.select_related("person", "round"), _number(rows))


def _number(rows: Any) -> int:
    """The number of the only row, or one that is nobody's."""
    return rows.values_list("pk", flat=True).first() or 0


@router.post(
    "/rounds/{round_id}/declaration",
    operation_id="declare_interests",
    **changing(AssessmentShape, summary="Declare one's interests; then one may assess"),
)
def declare(request: ApiRequest, round_id: Id, wanted: DeclarationWanted) -> AssessmentShape:
    """For every case that is not named one declares to have none."""
    actor = request.actor
    round = find(_rounds(actor), round_id)
    told = {one.round_case_id: one.words for one in wanted.interests}
    declare_interests(round, interests=told, actor=actor, at=now())
    own = _own(request, round_id)
    return assessment_shape(own, _sheets(actor, [own]).get(own.pk, []))


@router.put(
    "/sheets/{sheet_id}",
    operation_id="score_case",
    **changing(SheetShape, summary="Give a case points"),
)
def score(request: ApiRequest, sheet_id: Id, wanted: SheetWanted) -> SheetShape:
    """On one's own sheet, until one hands in."""
    actor = request.actor
    rows = Sheet.objects.visible_to(actor).select_related("assessment")
    sheet = find(rows.filter(assessment__person=actor.person_id), sheet_id)
    points = {one.criterion_id: one.value for one in wanted.points}
    score_case(sheet, points=points, remark=wanted.remark, actor=actor, at=now())
    given = Score.objects.visible_to(actor).filter(sheet=sheet).order_by("criterion_id")
    return sheet_shape(sheet, list(given.values_list("criterion_id", "value")))


@router.post(
    "/rounds/{round_id}/comparisons",
    operation_id="compare_cases",
    **changing(None, summary="Say which of two one would rather have"),
)
def compare(request: ApiRequest, round_id: Id, wanted: ComparisonWanted) -> object:
    """In a round of pairs, until one hands in."""
    actor, own = request.actor, _own(request, round_id)
    cases = RoundCase.objects.visible_to(actor).filter(round=round_id)
    compare_cases(
        own,
        first=find(cases, wanted.first_id),
        second=find(cases, wanted.second_id),
        preferred=wanted.preferred,
        actor=actor,
        at=now(),
    )
    return DONE


@router.post(
    "/rounds/{round_id}/hand-in",
    operation_id="hand_in_assessment",
    **changing(AssessmentShape, summary="Hand in one's own assessment, whole"),
)
def hand_in(request: ApiRequest, round_id: Id) -> AssessmentShape:
    """From then on it stays, and the others' are open."""
    own = _own(request, round_id)
    own = hand_in_assessment(own, actor=request.actor, at=now())
    return assessment_shape(own, _sheets(request.actor, [own]).get(own.pk, []))


@router.post(
    "/rounds/{round_id}/close",
    operation_id="close_round",
    **changing(RoundShape, summary="Close a round"),
)
def close(request: ApiRequest, round_id: Id) -> RoundShape:
    """What is not handed in does not count."""
    round = find(_rounds(request.actor), round_id)
    close_round(round, actor=request.actor, at=now())
    return round_shape(find(_rounds(request.actor), round_id))


@router.put(
    "/round-cases/{round_case_id}/must-do",
    operation_id="mark_must_do",
    **changing(RoundCaseShape, summary="Take what must be done out of the ranking"),
)
def must_do(request: ApiRequest, round_case_id: Id, wanted: MustDoWanted) -> RoundCaseShape:
    """With the law or decision that demands it."""
    rows = RoundCase.objects.visible_to(request.actor)
    shown = rows.select_related("round__organisation", "case__idea", "case__organisation")
    one = find(shown.defer(*WORDS), round_case_id)
    facts = wanted.model_dump()
    marked = mark_must_do(one, actor=request.actor, at=now(), **facts)
    return round_detail(marked.round, [marked]).cases[0]
