"""Saying what the public may know of decisions: one at a time, and what waits for it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from loype.bodies.models import Body
from loype.councils.actions import refuse_unless_preparing
from loype.councils.models import Decision, DecisionAccess, LegalBasis
from loype.councils.openness.actions import AccessWords, assess_openness
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.organisations.labels import Role
from loype.web.councils.openness_forms import AccessForm
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render

MOST_BASES = 200


@login_required
def decision_access(request: HttpRequest, decision_id: int) -> HttpResponse:
    """What the public may know of one decision."""
    actor = actor_of(request)
    decision = get_object_or_404(
        Decision.objects.visible_to(actor)
        .select_related("case__idea", "organisation")
        .defer("case__idea__words", "case__idea__text"),
        pk=decision_id,
    )
    refuse_unless_preparing(actor, decision.organisation_id)
    held = list(
        DecisionAccess.objects.visible_to(actor)
        .filter(decision=decision)
        .select_related("legal_basis", "set_by")
    )
    form = access_form(request, decision, before=held[0] if held else None)

    def assess(said: dict[str, Any]) -> Any:
        basis = LegalBasis.objects.visible_to(actor).filter(pk=int(said["legal_basis"] or 0))
        words = AccessWords(**said | {"legal_basis": basis.first()})
        return assess_openness(decision, words=words, actor=actor, at=now())

    if request.method == "POST" and carried_out(form, assess):
        say(request, _("The public log shows it so from now on."))
        return redirect(
            "decision_log_entry" if decision.locked_at else "decision_page", decision.pk
        )
    page = {"decision": decision, "form": form, "held": held}
    return render(request, "councils/access.html", page, status=422 if form.is_bound else 200)


def access_form(
    request: HttpRequest, decision: Decision, *, before: DecisionAccess | None
) -> AccessForm:
    """The form, filled with what holds now."""
    country = decision.organisation.country
    bases = LegalBasis.objects.visible_to(actor_of(request)).on(localdate(now()))
    near = sorted(bases[:MOST_BASES], key=lambda one: (one.country != country, one.country, one.pk))
    first: dict[str, Any] = {
        "access_class": before.access_class if before else "",
        "public_title": (before.public_title if before else "") or decision.case.idea.title,
        "public_reasons": before.public_reasons if before else "",
        "legal_basis": str(before.legal_basis_id or "") if before else "",
        "reasons": before.reasons if before else "",
        "review_date": before.review_date if before else None,
    }
    return AccessForm(
        request.POST if request.method == "POST" else None,
        bases=[(str(one.pk), f"{one.reference}: {one.words}") for one in near],
        initial=first,
    )


def prepared_by(actor: Actor) -> Q:
    """Of the organisations whose cases one prepares: only there one says what may be known."""
    kept = set(actor.led_council_ids)
    deciding = set()
    for held in actor.roles_held:
        if held.role == Role.COUNCIL_SECRETARY:
            kept.add(held.organisation_id)
        elif held.role == Role.DECIDER:
            deciding.add(held.organisation_id)
    councils = Body.objects.visible_to(actor).councils().active()
    alone = ~Exists(councils.filter(organisation=OuterRef("organisation")))
    return Q(organisation__in=sorted(kept)) | Q(organisation__in=sorted(deciding)) & Q(alone)


@login_required
def openness_queue(request: HttpRequest) -> HttpResponse:
    """Decisions of which nobody has said yet what the public may know, or that wait to be looked
    at again."""
    actor, today = actor_of(request), localdate(now())
    held = DecisionAccess.objects.visible_to(actor).filter(decision=OuterRef("pk"), in_force=True)
    waiting = Decision.objects.visible_to(actor).filter(
        Q(~Exists(held)) & ~Q(case__idea__visibility="public")
        | Q(Exists(held.filter(review_date__lte=today))),
        prepared_by(actor),
        locked_at__isnull=False,
    )
    page = keyset_page(
        waiting.select_related("case__idea", "organisation").defer(
            "case__idea__words", "case__idea__text"
        ),
        request=request,
        order=("-decided_at", "-id"),
    )
    return render(request, "councils/openness_queue.html", {"page": page})
