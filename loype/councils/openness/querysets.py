"""The public log: what the database hands out of a decision is only what may be public."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from loype.councils.openness.labels import CLOSED, NOT_ASSESSED

if TYPE_CHECKING:
    from loype.councils.models import Decision  # noqa: F401
    from loype.councils.openness.models import (  # noqa: F401
        DecisionAccess,
        DossierOrder,
        LegalBasis,
    )
    from loype.organisations.actor import Actor

# What the log may always tell of a decision. Everything else is left in the database.
ALWAYS = ("id", "number", "decided_at", "organisation", "locked_at", "in_force")


class LegalBasisQuerySet(models.QuerySet["LegalBasis"]):
    """The code list of legal bases."""

    def visible_to(self, actor: Actor) -> Self:
        """The law is known to everybody."""
        return self

    def on(self, day: date) -> Self:
        """Those that hold on a day."""
        return self.filter(
            Q(from_date=None) | Q(from_date__lte=day), Q(to_date=None) | Q(to_date__gte=day)
        )


class AccessQuerySet(models.QuerySet["DecisionAccess"]):
    """Assessments of decisions."""

    def visible_to(self, actor: Actor) -> Self:
        """Read in the council's room, where they are made."""
        if actor.is_house:
            return self
        return self.filter(decision__organisation__in=sorted(actor.council_room_ids))

    def closing(self) -> Self:
        """Those in force that keep something back."""
        return self.filter(in_force=True, access_class__in=CLOSED)


class DossierOrderQuerySet(models.QuerySet["DossierOrder"]):
    """Dossiers asked for."""

    def visible_to(self, actor: Actor) -> Self:
        """Each their own: a dossier holds what the one who asked may see."""
        if actor.is_house:
            return self
        return self.filter(asked_by=actor.person_id or 0)


def is_closed_to_others() -> Exists:
    """Whether something of a decision is withheld from everybody outside its organisation."""
    from loype.councils.openness.models import (  # noqa: PLC0415  the models need this module
        DecisionAccess as Accesses,
    )

    return Exists(Accesses.objects.closing().filter(decision=OuterRef("pk")))


class LoggedQuerySet(models.QuerySet[Any]):
    """Decisions as the public log shows them."""

    def visible_to(self, actor: Actor) -> Self:
        """Every locked decision of every organisation; of its content, what is open.

        Adds `log_class`, `log_title`, `log_reasons`, `log_outcome`, `log_form`, `log_course`,
        `log_amount`, `log_currency`, `log_basis` and `log_basis_words`; each is empty where it may
        not be told. The columns that hold the content itself are not read.
        """
        return (
            self.filter(locked_at__isnull=False)
            .select_related("organisation")
            .only(*ALWAYS, "organisation__name", "organisation__language")
            .annotate(**_assessed())
            .annotate(
                log_title=_told("set_title", of_public=F("case__idea__title")),
                log_reasons=_told("set_reasons", of_public=F("reasons")),
                log_outcome=_if_open(F("outcome")),
                log_form=_if_open(F("form")),
                log_course=_if_open(F("course")),
                log_amount=_if_all_open(F("amount"), models.DecimalField()),
                log_currency=_if_all_open(F("currency"), models.CharField()),
            )
        )


def _assessed() -> dict[str, Any]:
    from loype.councils.openness.models import (  # noqa: PLC0415  the models need this module
        DecisionAccess as Accesses,
    )

    now = Accesses.objects.filter(decision=OuterRef("pk"), in_force=True)
    said = Subquery(now.values("access_class")[:1])
    by_itself = Case(
        When(case__idea__visibility="public", then=Value("open")), default=Value(NOT_ASSESSED)
    )
    return {
        "set_title": Subquery(now.values("public_title")[:1]),
        "set_reasons": Subquery(now.values("public_reasons")[:1]),
        "log_class": Coalesce(said, by_itself, output_field=models.CharField()),
        "log_basis": Coalesce(Subquery(now.values("legal_basis__reference")[:1]), Value("")),
        "log_basis_words": Coalesce(Subquery(now.values("legal_basis__words")[:1]), Value("")),
    }


def _told(name: str, *, of_public: Any) -> Case:
    """What was written for the public; else, of what is open, the words themselves."""
    return Case(
        When(Q(log_class__in=("open", "partly")) & ~Q(**{name: ""}), then=F(name)),
        When(log_class="open", then=of_public),
        default=Value(""),
        output_field=models.TextField(),
    )


def _if_open(value: Any) -> Case:
    return Case(
        When(log_class__in=("open", "partly"), then=value),
        default=Value(""),
        output_field=models.CharField(),
    )


def _if_all_open(value: Any, kind: models.Field[Any, Any]) -> Case:
    """An amount may be what is left out of the rest, so it stands only where nothing is."""
    return Case(When(log_class="open", then=value), default=Value(None), output_field=kind)
