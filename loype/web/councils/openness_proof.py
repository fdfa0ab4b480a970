"""The proof of equal treatment of a round, as a page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from loype.councils.models import Round
from loype.councils.openness.equal import prove_equal_treatment
from loype.web.shared.acting import actor_of
from loype.web.shared.render import render


@login_required
@require_safe
def round_proof(request: HttpRequest, round_id: int) -> HttpResponse:
    """Whether every case was judged on the same criteria by people who declared their interests."""
    actor = actor_of(request)
    rounds = Round.objects.visible_to(actor).select_related("organisation", "profile")
    proof = prove_equal_treatment(get_object_or_404(rounds, pk=round_id), actor=actor)
    return render(request, "councils/proof.html", {"proof": proof, "round": proof.round})
