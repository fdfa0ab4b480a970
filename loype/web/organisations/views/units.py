"""The tree of units, and the names that imports found."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loype.kernel.clock import now
from loype.kernel.errors import BadInput
from loype.organisations.actions import (
    add_unit,
    answer_merge_proposal,
    close_unit,
    describe_unit,
    rename_unit,
)
from loype.organisations.models import MergeProposal, Organisation, Unit
from loype.organisations.querysets import MergeProposalQuerySet, UnitQuerySet
from loype.web.organisations.forms import UnitFactsForm, UnitForm
from loype.web.organisations.presenters import tree_of, unit_choices
from loype.web.organisations.views.own import administered_organisation, tabs
from loype.web.organisations.views.people import chosen_unit
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_units(request: HttpRequest) -> HttpResponse:
    """The units as a tree, and a new one."""
    organisation = administered_organisation(request)
    units = list(open_units(request, organisation))
    choices = unit_choices(units)
    form = UnitForm(request.POST if request.method == "POST" else None, units=choices)
    if request.method == "POST" and carried_out(
        form,
        lambda facts: add_unit(
            organisation,
            name=facts["name"],
            parent=chosen_unit(request, organisation, facts["parent"]),
            kind=facts["kind"],
            employees=facts["employees"],
            actor=actor_of(request),
            at=now(),
        ),
    ):
        say(request, _("%(name)s is added.") % form.cleaned_data)
        return HttpResponseRedirect(reverse("organisation_units"))
    page: dict[str, Any] = {
        "organisation": organisation,
        "form": form,
        "roots": tree_of(units),
        "has_units": bool(units),
        "tabs": tabs(request, "organisation_units"),
    }
    status = 422 if form.errors else 200
    return render(request, "organisations/units.html", page, status=status)


def open_units(request: HttpRequest, organisation: Organisation) -> UnitQuerySet:
    """The organisation's units that exist today."""
    return Unit.objects.visible_to(actor_of(request)).filter(organisation=organisation).open()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One unit: its name, what it is there for, how many work there, and closing it."""
    organisation = administered_organisation(request)
    unit = get_object_or_404(open_units(request, organisation), pk=unit_id)
    form = UnitFactsForm(request.POST if request.method == "POST" else None, initial=_known(unit))
    if request.method == "POST" and carried_out(
        form, lambda facts: _change_unit(request, unit, facts)
    ):
        say(request, _("%(name)s is saved.") % form.cleaned_data)
        return HttpResponseRedirect(reverse("organisation_units"))
    return _unit_page(request, unit, form)


def _known(unit: Unit) -> dict[str, Any]:
    return {"name": unit.name, "kind": unit.kind, "employees": unit.employees}


def _change_unit(request: HttpRequest, unit: Unit, facts: dict[str, Any]) -> Unit:
    """Its name first: that is what may be refused."""
    actor, at = actor_of(request), now()
    if facts["name"] != unit.name:
        unit = rename_unit(unit, name=facts["name"], actor=actor, at=at)
    return describe_unit(unit, kind=facts["kind"], employees=facts["employees"], actor=actor, at=at)


def _unit_page(
    request: HttpRequest, unit: Unit, form: UnitFactsForm, *, said: str = ""
) -> HttpResponse:
    page = {"unit": unit, "form": form, "said": said}
    page["tabs"] = tabs(request, "organisation_units")
    status = 422 if form.errors or said else 200
    return render(request, "organisations/unit.html", page, status=status)


@login_required
@require_POST
def organisation_unit_close(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Close a unit whose people have moved."""
    organisation = administered_organisation(request)
    unit = get_object_or_404(open_units(request, organisation), pk=unit_id)
    try:
        close_unit(unit, actor=actor_of(request), at=now())
    except BadInput as problem:
        form = UnitFactsForm(initial=_known(unit))
        return _unit_page(request, unit, form, said=str(problem))
    say(request, _("%(name)s is closed; what it did stays.") % {"name": unit.name})
    return HttpResponseRedirect(reverse("organisation_units"))


@login_required
@require_safe
def organisation_merges(request: HttpRequest) -> HttpResponse:
    """Names in imported data that may be this organisation; a person says, we do not guess."""
    organisation = administered_organisation(request)
    page = keyset_page(open_proposals(request, organisation), request=request)
    told = {"organisation": organisation, "page": page}
    told["tabs"] = tabs(request, "organisation_merges")
    return render(request, "organisations/merges.html", told)


def open_proposals(request: HttpRequest, organisation: Organisation) -> MergeProposalQuerySet:
    """Questions about this organisation that nobody has answered."""
    mine = MergeProposal.objects.visible_to(actor_of(request)).filter(candidate=organisation)
    return mine.unanswered().select_related("found")


@login_required
@require_POST
def organisation_merge_answer(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Say whether the imported name is this organisation."""
    organisation = administered_organisation(request)
    proposal = get_object_or_404(open_proposals(request, organisation), pk=proposal_id)
    answer = request.POST.get("answer", "")
    if answer not in ("same", "not"):
        raise BadInput({"answer": _("Say whether the two are the same.")})
    is_same = answer == "same"
    answer_merge_proposal(proposal, same=is_same, actor=actor_of(request), at=now())
    told = {"name": proposal.found.name}
    say(request, (_("%(name)s is us.") if is_same else _("%(name)s is not us.")) % told)
    return HttpResponseRedirect(reverse("organisation_merges"))
