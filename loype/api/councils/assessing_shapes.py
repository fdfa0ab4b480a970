"""How rounds, assessments, rankings and sets look, and what is sent to make them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, Field

from loype.api.paging import Paging
from loype.api.shapes import (
    Day,
    Id,
    OrganisationRef,
    PersonShape,
    ShortLine,
    Text,
    ThingRef,
    Wanted,
    organisation_ref,
    person_shape,
    thing_ref,
)
from loype.councils.assessing.labels import Method, OrderRule, Preference
from loype.councils.models import (
    Assessment,
    Case,
    Criterion,
    Profile,
    Round,
    RoundCase,
    Sheet,
)

Ids = Annotated[list[Id], Field(max_length=500)]


class RoomFilters(Paging):
    """Whose rows are wanted."""

    organisation_id: Id | None = None


class CriterionShape(BaseModel):
    """One thing every case of a round is asked."""

    id: int
    name: str
    help: str
    weight: Decimal
    plan_item_id: int | None


class ProfileShape(BaseModel):
    """The criteria a council assesses by."""

    id: int
    organisation: OrganisationRef
    kind: str
    name: str
    lowest: int
    highest: int
    members_weigh: bool
    from_date: date
    to_date: date | None
    criteria: list[CriterionShape]


class ProfileWanted(Wanted):
    """A shipped profile, or one that follows an adopted period; one of the two."""

    organisation_id: Id
    pack: ShortLine | None = None
    period_id: Id | None = None


class RoundCaseShape(BaseModel):
    """A case in a round."""

    id: int
    case_id: int
    organisation: OrganisationRef
    idea: ThingRef | None
    must_do: bool
    must_do_reason: str


class RoundShape(BaseModel):
    """A round of assessment, the same for everybody."""

    id: int
    organisation: OrganisationRef
    profile_id: int
    name: str
    method: str
    order_rule: str
    seed: int
    hand_in_by: date | None
    state: str
    opened_at: datetime
    closed_at: datetime | None


class RoundDetail(RoundShape):
    """A round with its cases."""

    cases: list[RoundCaseShape]


class RoundWanted(Wanted):
    """A round to open."""

    organisation_id: Id
    name: ShortLine
    profile_id: Id
    case_ids: Ids
    method: Method = Method.CRITERIA
    order_rule: OrderRule = OrderRule.RANDOM
    hand_in_by: Day | None = None


class InterestWanted(Wanted):
    """An interest in one case."""

    round_case_id: Id
    words: Text


class DeclarationWanted(Wanted):
    """All interests a member has; an empty list says there is none."""

    interests: Annotated[list[InterestWanted], Field(max_length=500)]


class PointShape(BaseModel):
    """Points on one criterion."""

    criterion_id: int
    value: int


class SheetShape(BaseModel):
    """What a member says of one case."""

    id: int
    round_case_id: int
    position: int
    has_interest: bool
    interest: str
    remark: str
    points: list[PointShape]


class AssessmentShape(BaseModel):
    """One member's assessment, as far as you may see it."""

    id: int
    member: PersonShape | None
    declared_at: datetime
    handed_in_at: datetime | None
    sheets: list[SheetShape]


class AssessmentsShape(BaseModel):
    """One's own, and the others' once one's own is handed in or the round is closed."""

    items: list[AssessmentShape]


class PointWanted(Wanted):
    """Points on one criterion."""

    criterion_id: Id
    value: Annotated[int, Field(ge=0, le=100)]


class SheetWanted(Wanted):
    """Points for one case."""

    points: Annotated[list[PointWanted], Field(max_length=200)]
    remark: Text = ""


class ComparisonWanted(Wanted):
    """Which of two cases one would rather have."""

    first_id: Id = Field(description="A round case.")
    second_id: Id = Field(description="Another round case.")
    preferred: Preference


class MustDoWanted(Wanted):
    """Which law or decision demands a case; or that none does."""

    must_do: bool = True
    reason: Text = ""


def copied(thing: Any, shape: type[BaseModel], **more: Any) -> dict[str, Any]:
    """The plain facts of a row that a shape names, and what is given besides."""
    left = [name for name in shape.model_fields if name not in more and name != "id"]
    return {"id": thing.pk, **more, **{name: getattr(thing, name) for name in left}}


def idea_of(case: Case) -> ThingRef | None:
    """A case's idea by title; nothing once it is withdrawn."""
    return thing_ref(case.idea) if case.idea.state != "withdrawn" else None


def profile_shape(profile: Profile, criteria: list[Criterion]) -> ProfileShape:
    """A profile with its criteria."""
    asked = [CriterionShape(**copied(one, CriterionShape)) for one in criteria]
    organisation = organisation_ref(profile.organisation)
    return ProfileShape(**copied(profile, ProfileShape, organisation=organisation, criteria=asked))


def round_shape(round: Round) -> RoundShape:
    """A round."""
    return RoundShape(
        **copied(round, RoundShape, organisation=organisation_ref(round.organisation))
    )


def round_detail(round: Round, cases: list[RoundCase]) -> RoundDetail:
    """A round with its cases."""
    rows = [
        RoundCaseShape(
            **copied(
                one,
                RoundCaseShape,
                organisation=organisation_ref(one.case.organisation),
                idea=idea_of(one.case),
            )
        )
        for one in cases
    ]
    return RoundDetail(**round_shape(round).model_dump(), cases=rows)


def sheet_shape(sheet: Sheet, points: list[tuple[int, int]]) -> SheetShape:
    """What a member says of one case."""
    given = [PointShape(criterion_id=key, value=value) for key, value in points]
    return SheetShape(**copied(sheet, SheetShape, points=given))


def assessment_shape(assessment: Assessment, sheets: list[SheetShape]) -> AssessmentShape:
    """One member's assessment."""
    member = person_shape(assessment.person)
    return AssessmentShape(**copied(assessment, AssessmentShape, member=member, sheets=sheets))
