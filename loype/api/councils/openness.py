"""The public log of decisions, and saying what the public may know."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Query
from pydantic import BaseModel, Field, StringConstraints

from loype.api.actor import ApiRequest
from loype.api.finding import find, maybe
from loype.api.operations import DONE, changing, reading, room
from loype.api.paging import Page, Paging, keyset
from loype.api.shapes import NO_NUL, Day, Id, OrganisationRef, Text, Wanted, organisation_ref
from loype.councils.models import Decision, LegalBasis, LoggedDecision
from loype.councils.openness.actions import AccessWords, assess_openness
from loype.councils.openness.labels import AccessClass
from loype.kernel.clock import now

router = room("openness")
ORDER = ("-decided_at", "-id")


class LogFilters(Paging):
    """Which decisions are wanted."""

    organisation_id: Id | None = None


class LegalBasisFilters(BaseModel):
    """Whose law is wanted."""

    country: str | None = Field(None, pattern=r"^[a-z]{2}$", description="no, dk, se or eu")


class LoggedShape(BaseModel):
    """A decision as everybody may read it; what is withheld is empty."""

    id: int
    number: str
    decided_at: datetime
    organisation: OrganisationRef
    in_force: bool
    access: str = Field(description="open, partly, withheld or not_assessed")
    legal_basis: str
    title: str
    outcome: str
    form: str
    course: str
    amount: Decimal | None = Field(description="Null where anything is left out.")
    currency: str
    reasons: str


class LegalBasisShape(BaseModel):
    """A rule of law by which something may be withheld."""

    id: int
    code: str
    country: str
    reference: str
    words: str
    from_date: date | None
    to_date: date | None


class AccessWanted(Wanted):
    """What the public may know, and if not all: why not."""

    access_class: AccessClass
    legal_basis_id: Id | None = None
    public_title: Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)] = ""
    public_reasons: Text = ""
    reasons: Text = ""
    review_date: Day | None = None


def logged_shape(one: Any) -> LoggedShape:
    """A decision of the log as JSON."""
    told = {name: getattr(one, f"log_{name}") for name in ("title", "outcome", "form", "course")}
    return LoggedShape(
        id=one.pk,
        number=one.number,
        decided_at=one.decided_at,
        organisation=organisation_ref(one.organisation),
        in_force=one.in_force,
        access=one.log_class,
        legal_basis=one.log_basis,
        amount=one.log_amount,
        currency=one.log_currency or "",
        reasons=one.log_reasons,
        **told,
    )


@router.get(
    "/public-decisions",
    operation_id="list_public_decisions",
    **reading(
        Page[LoggedShape], summary="The public log of decisions", open_to_all=True, found=False
    ),
)
def list_public_decisions(request: ApiRequest, filters: Query[LogFilters]) -> Page[LoggedShape]:
    """Every decision in approved minutes; of its content, what is open."""
    rows = LoggedDecision.objects.visible_to(request.actor)
    if filters.organisation_id:
        rows = rows.filter(organisation=filters.organisation_id)
    return keyset(rows, logged_shape, paging=filters, order=ORDER)


@router.get(
    "/public-decisions/{decision_id}",
    operation_id="get_public_decision",
    **reading(LoggedShape, summary="A decision in the public log", open_to_all=True),
)
def get_public_decision(request: ApiRequest, decision_id: Id) -> LoggedShape:
    """What is withheld shows its number, day and legal basis."""
    rows = LoggedDecision.objects.visible_to(request.actor)
    return logged_shape(find(rows, decision_id))


@router.get(
    "/legal-bases",
    operation_id="list_legal_bases",
    **reading(list[LegalBasisShape], summary="Legal bases", open_to_all=True, found=False),
)
def list_legal_bases(
    request: ApiRequest, filters: Query[LegalBasisFilters]
) -> list[LegalBasisShape]:
    """The rules of law by which something may be withheld."""
    names = LegalBasisShape.model_fields
    rows = LegalBasis.objects.visible_to(request.actor)
    if filters.country:
        rows = rows.filter(country=filters.country)
    return [LegalBasisShape(**{name: getattr(one, name) for name in names}) for one in rows]


@router.post(
    "/decisions/{decision_id}/access",
    operation_id="assess_openness",
    **changing(None, summary="Say what the public may know of a decision"),
)
def assess(request: ApiRequest, decision_id: Id, wanted: AccessWanted) -> object:
    """For the council's leader and secretary; what is withheld names its legal basis."""
    actor = request.actor
    facts = wanted.model_dump(exclude={"legal_basis_id"})
    basis = maybe(LegalBasis.objects.visible_to(actor), wanted.legal_basis_id)
    assess_openness(
        find(Decision.objects.visible_to(actor), decision_id),
        words=AccessWords(**facts, legal_basis=basis), actor=actor, at=now(),
    )  # fmt: skip
    return DONE
