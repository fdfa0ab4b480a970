"""One member's own sheets: points for one case at a time, or two cases side by side."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from loype.councils.assessing.actions import compare_cases, score_case
from loype.councils.assessing.actions.assessing import own_pairs
from loype.councils.models import Comparison, Criterion, RoundCase, Score, Sheet
from loype.kernel.clock import now
from loype.web.councils.ranking_forms import CompareForm, SheetForm
from loype.web.councils.views.assessing import load_round, own_assessment
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render


def load_sheet(request: HttpRequest, sheet_id: int) -> Sheet:
    """A sheet of one's own."""
    actor = actor_of(request)
    rows = Sheet.objects.visible_to(actor).select_related(
        "assessment__round__profile", "round_case__case__idea"
    )
    found: Sheet = get_object_or_404(rows, pk=sheet_id, assessment__person=actor.person_id)
    return found


@login_required
def sheet_page(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Give one case points; then comes the next."""
    sheet, actor = load_sheet(request, sheet_id), actor_of(request)
    round = sheet.assessment.round
    criteria = list(Criterion.objects.visible_to(actor).filter(profile=round.profile_id))
    scores = Score.objects.visible_to(actor).filter(sheet=sheet)
    initial: dict[str, Any] = {f"criterion_{one.criterion_id}": str(one.value) for one in scores}
    form = SheetForm(
        request.POST if request.method == "POST" else None,
        criteria=criteria,
        profile=round.profile,
        initial=initial | {"remark": sheet.remark},
    )
    if request.method == "POST" and carried_out(
        form,
        lambda said: score_case(
            sheet, points=form.points(), remark=said["remark"], actor=actor, at=now()
        ),
    ):
        say(request, _("Kept. You may change it until you hand in."))
        return HttpResponseRedirect(next_place(request, sheet))
    context = {
        "sheet": sheet,
        "round": round,
        "form": form,
        "is_locked": sheet.assessment.handed_in_at is not None or round.state != "open",
        "total": round.round_cases.count(),
    }
    return render(request, "councils/sheet.html", context, status=422 if form.errors else 200)


def next_place(request: HttpRequest, sheet: Sheet) -> str:
    """The next case of the member's own order, or back to the round after the last."""
    after = (
        Sheet.objects.visible_to(actor_of(request))
        .filter(assessment=sheet.assessment_id, has_interest=False, position__gt=sheet.position)
        .values_list("pk", flat=True)
        .first()
    )
    if after is None:
        return reverse("round_page", args=[sheet.assessment.round_id])
    return reverse("sheet_page", args=[after])


@login_required
def round_compare(request: HttpRequest, round_id: int) -> HttpResponse:
    """Two cases side by side: which would one rather have?"""
    round, actor = load_round(request, round_id), actor_of(request)
    assessment = own_assessment(request, round)
    assessment.round = round
    form = CompareForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        cases = {one.pk: one for one in RoundCase.objects.visible_to(actor).filter(round=round)}

        def compare(said: dict[str, Any]) -> None:
            first, second = cases.get(said["first"]), cases.get(said["second"])
            if first is None or second is None:
                raise Http404
            compare_cases(
                assessment, first=first, second=second, preferred=said["preferred"],
                actor=actor, at=now(),
            )  # fmt: skip

        if carried_out(form, compare):
            return HttpResponseRedirect(reverse("round_compare", args=[round.pk]))
    pairs = own_pairs(assessment)
    rows = Comparison.objects.visible_to(actor).filter(assessment=assessment)
    done = {(one.first_id, one.second_id) for one in rows}
    left = [
        (one, other)
        for one, other in pairs
        if (min(one.pk, other.pk), max(one.pk, other.pk)) not in done
    ]
    context = {
        "round": round,
        "pair": left[0] if left else None,
        "is_locked": assessment.handed_in_at is not None or round.state != "open",
        "left": len(left),
        "total": len(pairs),
        "form": form,
    }
    return render(request, "councils/compare.html", context, status=422 if form.errors else 200)
