"""Proposed sets: for one council, and across a federation."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loype.councils.assessing.actions import propose_set, propose_shared_sets
from loype.councils.assessing.rules import can_propose_across
from loype.councils.models import ProposedCase, Ranking, SetProposal
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.organisations.models import Federation, FederationMembership, Organisation
from loype.web.councils.ranking_forms import MeansForm, SharedMeansForm
from loype.web.councils.ranking_presenters import (
    SetLine,
    completion_of,
    set_lines,
    value_and_cost,
)
from loype.web.councils.views.ranking import load_ranking, show_ranking
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.csv_tables import csv_table
from loype.web.shared.render import render

MOST_SHOWN = 30


@login_required
@require_POST
def set_propose(request: HttpRequest, ranking_id: int) -> HttpResponse:
    """Ask which cases give most together with the means there are."""
    ranking, actor = load_ranking(request, ranking_id), actor_of(request)
    form = MeansForm(request.POST, auto_id="means_%s")
    made: list[SetProposal] = []
    done = carried_out(
        form, lambda said: made.append(propose_set(ranking, actor=actor, at=now(), **said))
    )
    if not done:
        return show_ranking(request, ranking, means_form=form)
    return HttpResponseRedirect(reverse("set_page", args=[made[0].pk]))


def load_set(request: HttpRequest, set_id: int) -> SetProposal:
    """A proposal one may see."""
    rows = SetProposal.objects.visible_to(actor_of(request)).select_related(
        "organisation", "federation", "beside", "compared", "made_by"
    )
    found: SetProposal = get_object_or_404(rows, pk=set_id)
    return found


def lines_of(actor: Actor, proposal: SetProposal) -> tuple[list[ProposedCase], list[SetLine]]:
    """The cases of a proposal that one may read."""
    rows = list(
        ProposedCase.objects.visible_to(actor)
        .filter(proposal=proposal)
        .select_related("case__idea", "case__organisation")
        .defer("case__idea__words", "case__idea__text")
    )
    titles = {row.case_id: row.case.idea.title for row in rows}
    members = {}
    if proposal.federation_id:
        found = Organisation.objects.visible_to(actor).filter(pk__in=paying(rows))
        members = {one.pk: one.name for one in found}
    return rows, set_lines(rows, proposal, titles=titles, members=members)


def paying(rows: list[ProposedCase]) -> set[int]:
    """The organisations that speak for part of something."""
    return {int(key) for row in rows for key in row.paid}


@login_required
def set_page(request: HttpRequest, set_id: int) -> HttpResponse:
    """What is in, what fell out and why, and what it would take to bring it in."""
    proposal, actor = load_set(request, set_id), actor_of(request)
    rows, lines = lines_of(actor, proposal)
    inside = [line for line in lines if line.row.chosen]
    ranking = (
        Ranking.objects.visible_to(actor)
        .filter(proposals=proposal, organisation=proposal.organisation_id)
        .values_list("pk", flat=True)
        .first()
    )
    title = _("%(count)s of %(total)s cases fit") % {"count": len(inside), "total": len(lines)}
    context = {
        "proposal": proposal,
        "inside": inside,
        "outside": [line for line in lines if not line.row.chosen],
        "picture": value_and_cost(rows, title=title) if rows else "",
        "left": proposal.budget - proposal.cost,
        "other": proposal.beside or getattr(proposal, "compared", None),
        "ranking_id": ranking,
        "shares": shares_of(lines),
        "completion": completion_of(proposal),
    }
    return render(request, "councils/set.html", context)


def shares_of(lines: list[SetLine]) -> list[tuple[str, Decimal]]:
    """How much each organisation speaks for in all, most first."""
    total: dict[str, Decimal] = {}
    for line in lines:
        for name, part in line.paid:
            total[name] = total.get(name, Decimal(0)) + part
    return sorted(total.items(), key=lambda one: (-one[1], one[0]))


@login_required
def set_csv(request: HttpRequest, set_id: int) -> HttpResponse:
    """The proposal as a table for a spreadsheet."""
    proposal = load_set(request, set_id)
    _rows, lines = lines_of(actor_of(request), proposal)
    heads = [
        _("case"), _("title"), _("organisation"), _("in the set"), _("must be done"), _("value"),
        _("cost"), _("currency"), _("weeks of work"), _("why not"), _("what it would take"),
        _("paid from what was left"),
    ]  # fmt: skip
    table = [
        [
            line.row.case.idea.case_number or "",
            line.row.case.idea.title,
            line.row.case.organisation.name,
            _("yes") if line.row.chosen else _("no"),
            _("yes") if line.row.must_have else _("no"),
            round(line.row.value, 4),
            line.row.cost,
            proposal.currency,
            line.row.weeks,
            line.why,
            "; ".join(line.would_take),
            _("yes") if line.row.from_the_rest else _("no"),
        ]
        for line in lines
    ]
    return csv_table([heads, *table], name=f"set-{proposal.pk}.csv")


@login_required
def shared_sets(request: HttpRequest, federation_id: int) -> HttpResponse:
    """Common sets across a federation, and for its coordinator a new one."""
    actor = actor_of(request)
    federation = get_object_or_404(Federation.objects.visible_to(actor), pk=federation_id)
    may_propose = can_propose_across(actor, federation.pk)
    rows = SetProposal.objects.visible_to(actor).filter(federation=federation)
    if not may_propose and federation.pk not in actor.federation_ids:
        raise Http404
    form = SharedMeansForm(
        request.POST if request.method == "POST" else None, initial={"share_by": "equal"}
    )
    if request.method == "POST":
        made: list[SetProposal] = []

        def propose(said: dict[str, Any]) -> None:
            made.extend(propose_shared_sets(federation, actor=actor, at=now(), **said))

        if carried_out(form, propose):
            return HttpResponseRedirect(reverse("set_page", args=[made[-1].pk]))
    members = FederationMembership.objects.visible_to(actor).on(localdate(now()))
    members = members.filter(federation=federation)
    context = {
        "federation": federation,
        "form": form,
        "may_propose": may_propose,
        "proposals": list(rows.filter(method="equal_shares")[:MOST_SHOWN]),
        "shared": list(
            Ranking.objects.visible_to(actor)
            .filter(shared_at__isnull=False, organisation__in=members.values("organisation"))
            .select_related("organisation")
            .order_by("organisation__name", "-made_at")[:MOST_SHOWN]
        ),
    }
    return render(request, "councils/shared_sets.html", context, status=422 if form.errors else 200)
