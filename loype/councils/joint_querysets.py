"""What may be asked of many joint cases, their terms, and the same needs elsewhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
)
from django.db.models.functions import Coalesce

from loype.organisations.models import FederationMembership
from loype.organisations.visibility import readable_by

if TYPE_CHECKING:
    from loype.councils.models import (  # noqa: F401
        JointCase,
        JointTerms,
        NeedElsewhere,
    )
    from loype.organisations.actor import Actor

GONE = ("draft", "withdrawn", "merged")


def seen_in(actor: Actor, *, joint: str = "") -> Q:
    """Joint cases of the council that asks, of those that are asked, and of the federation."""
    rooms = sorted(actor.council_room_ids)
    return (
        Q(**{f"{joint}organisation__in": rooms})
        | Q(**{f"{joint}decision__invitations__organisation__in": rooms})
        | Q(**{f"{joint}federation__in": sorted(actor.coordinated_federation_ids)})
    )


def is_shared(*, day: date) -> Q:
    """Whether a council may read the other idea on a day: it stands, and is open to everybody or to
    the federation that both organisations belong to."""
    members = FederationMembership.objects.on(day)
    ours = members.filter(organisation=OuterRef(OuterRef("case__organisation")))
    together = members.filter(
        organisation=OuterRef("other__organisation"), federation__in=ours.values("federation")
    )
    open_to_us = Q(other__idea__visibility="public") | (
        Q(other__idea__visibility="federation") & Q(Exists(together))
    )
    return open_to_us & ~Q(other__idea__state__in=GONE)


class JointCaseQuerySet(models.QuerySet["JointCase"]):
    """Joint cases."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen by the councils that ask and are asked, and by who coordinates the federation."""
        if actor.is_house:
            return self
        seen = self.model._default_manager.filter(seen_in(actor))
        return self.filter(pk__in=seen.values("pk"))

    def with_everything(self) -> Self:
        """With the idea, every answer, and all terms with their shares."""
        return (
            self.select_related("organisation", "decision__case__idea")
            .defer("decision__case__idea__words", "decision__case__idea__text")
            .prefetch_related(
                "decision__invitations__organisation",
                "terms__lead",
                "terms__declined_for",
                "terms__shares__organisation",
            )
        )

    def open(self) -> Self:
        """Those that are being agreed or are agreed."""
        return self.exclude(state="ended")


class JointTermsQuerySet(models.QuerySet["JointTerms"]):
    """Terms of joint cases."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen by those who see the joint case."""
        if actor.is_house:
            return self
        seen = self.model._default_manager.filter(seen_in(actor, joint="joint_case__"))
        return self.filter(pk__in=seen.values("pk"))

    def with_shares(self) -> Self:
        """With everybody's share."""
        from loype.councils.models import JointShare  # noqa: PLC0415  the models need this class

        shares = JointShare.objects.select_related("organisation").order_by("pk")
        return self.prefetch_related(Prefetch("shares", shares))

    def in_force(self) -> Self:
        """Those that everybody agreed on and that were not replaced."""
        return self.filter(agreed_at__isnull=False, ended_at=None)

    def proposed(self) -> Self:
        """Those that wait for somebody's yes."""
        return self.filter(agreed_at=None, ended_at=None)


class NeedElsewhereQuerySet(models.QuerySet["NeedElsewhere"]):
    """The same need before other councils."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of which the actor may read both ideas."""
        if actor.is_house:
            return self
        rows = self
        for side in ("case", "other"):
            rows = rows.filter(
                readable_by(
                    actor,
                    owner=f"{side}__organisation",
                    visibility=f"{side}__idea__visibility",
                )
            )
        return rows.exclude(other__idea__state__in=("draft", "withdrawn")).exclude(
            case__idea__state__in=("draft", "withdrawn")
        )

    def standing(self) -> Self:
        """Those not taken back, of which the other idea still stands."""
        return self.filter(ended_at=None).exclude(other__idea__state__in=GONE)

    def with_sharing(self, *, day: date) -> Self:
        """Each with `is_shared`: whether the council that is told may read the other idea on a
        day."""
        return self.annotate(is_shared=ExpressionWrapper(is_shared(day=day), BooleanField()))

    def with_own_yes(self) -> Self:
        """Each with `yes_id`, the invitation of the other council that the council that is told
        said yes to (None without), and `lead`, the name of who leads what is run together."""
        from loype.councils.models import (  # noqa: PLC0415  the models need this class
            JointInvitation,
            JointTerms,
        )

        yes = JointInvitation.objects.filter(
            decision__case=OuterRef("other"), decision__in_force=True, answer="yes",
            organisation=OuterRef("case__organisation"),
        )  # fmt: skip
        terms = JointTerms.objects.in_force().filter(
            joint_case__decision__case=OuterRef("other"), joint_case__decision__in_force=True
        )
        return self.annotate(
            yes_id=Subquery(yes.order_by("-pk").values("pk")[:1]),
            lead=Coalesce(
                Subquery(terms.order_by("-pk").values("lead__name")[:1]),
                F("other__organisation__name"),
            ),
        )

    def shared(self, *, day: date) -> Self:
        """Those of which the council that is told may read the other idea on a day."""
        return self.filter(is_shared(day=day))

    def unseen(self) -> Self:
        """Those that nobody who decides has said they saw."""
        return self.filter(seen_at=None)

    def of_federation(self, federation_id: int, *, day: date) -> Self:
        """Those between two members of a federation."""
        members = FederationMembership.objects.on(day).filter(federation=federation_id)
        within = members.values("organisation")
        return self.filter(case__organisation__in=within, other__organisation__in=within)

    def once(self) -> Self:
        """Each two cases once, although each council is told of the other."""
        return self.filter(case__lt=F("other"))
