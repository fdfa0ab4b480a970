"""Rounds of assessment: opening one, declaring, and what everybody thinks afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loype.councils.actions import current_council, refuse_unless_preparing
from loype.councils.assessing.actions import (
    close_round,
    declare_interests,
    hand_in_assessment,
    mark_must_do,
    open_round,
    weigh_criteria,
)
from loype.councils.assessing.choosing import assessable_cases
from loype.councils.assessing.rules import can_assess, can_lead_assessing
from loype.councils.models import (
    Assessment,
    Case,
    Criterion,
    CriterionWeight,
    Profile,
    Round,
    RoundCase,
    Score,
    Sheet,
)
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.web.councils.opinion import Given, opinion_picture, opinions
from loype.web.councils.ranking_forms import DeclareForm, MustDoForm, RoundForm, WeightsForm
from loype.web.councils.views.room import chosen_room
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.csv_tables import csv_table
from loype.web.shared.middleware import say
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render

MOST_OFFERED = 200


def room_of(request: HttpRequest) -> Organisation:
    """The organisation whose room is meant; 404 where one may enter none."""
    room = chosen_room(request)
    if room is None:
        raise Http404
    organisation: Organisation = get_object_or_404(
        Organisation.objects.visible_to(actor_of(request)), pk=room
    )
    return organisation


def in_room(name: str, organisation_id: int) -> str:
    """The address of a page in a council's room."""
    return f"{reverse(name)}?organisation={organisation_id}"


@login_required
def round_list(request: HttpRequest) -> HttpResponse:
    """The rounds of one council, newest first."""
    actor, organisation = actor_of(request), room_of(request)
    council = current_council(organisation.pk)
    rows = Round.objects.visible_to(actor).filter(organisation=organisation)
    counted = rows.select_related("profile").annotate(
        case_count=Count("round_cases", distinct=True),
        handed_in_count=Count(
            "assessments", filter=Q(assessments__handed_in_at__isnull=False), distinct=True
        ),
    )
    context = {
        "organisation": organisation,
        "page": keyset_page(counted, request=request, order=("-opened_at", "-id")),
        "may_lead": can_lead_assessing(actor, organisation.pk, council=council),
        "new_url": in_room("round_new", organisation.pk),
        "ranking_url": in_room("ranking_latest", organisation.pk),
    }
    return render(request, "councils/rounds.html", context)


def cases_to_assess(actor: Actor, organisation: Organisation) -> dict[str, Case]:
    """Cases that a round may hold, by number."""
    found = assessable_cases(actor, organisation_id=organisation.pk)[:MOST_OFFERED]
    return {str(one.pk): one for one in found}


def case_words(case: Case, organisation: Organisation) -> str:
    """A case as a choice of a list, with whose it is where it is another's."""
    if case.organisation_id == organisation.pk:
        return f"{case.idea.case_number} {case.idea.title}"
    return f"{case.idea.case_number} {case.idea.title} ({case.organisation.name})"


@login_required
def round_new(request: HttpRequest) -> HttpResponse:
    """Ask the members to assess cases."""
    actor, organisation, at = actor_of(request), room_of(request), now()
    refuse_unless_preparing(actor, organisation.pk)
    profiles = {
        str(one.pk): one
        for one in Profile.objects.visible_to(actor)
        .filter(organisation=organisation)
        .on(at.date())[:MOST_OFFERED]
    }
    cases = cases_to_assess(actor, organisation)
    form = RoundForm(
        request.POST if request.method == "POST" else None,
        profiles=[(key, one.name) for key, one in profiles.items()],
        cases=[(key, case_words(one, organisation)) for key, one in cases.items()],
        initial={"method": "criteria", "order_rule": "random"},
    )
    if request.method == "POST":
        made: list[Round] = []

        def make(said: dict[str, Any]) -> None:
            chosen = [cases[key] for key in said.pop("cases")]
            profile = profiles[said.pop("profile")]
            made.append(
                open_round(organisation, cases=chosen, profile=profile, actor=actor, at=at, **said)
            )

        if carried_out(form, make):
            say(request, _("The round is open. The members are told."))
            return HttpResponseRedirect(reverse("round_page", args=[made[0].pk]))
    context = {
        "form": form,
        "organisation": organisation,
        "profiles": profiles,
        "profiles_url": in_room("profile_list", organisation.pk),
    }
    return render(request, "councils/round_new.html", context, status=422 if form.errors else 200)


def load_round(request: HttpRequest, round_id: int) -> Round:
    """A round of a room one may enter."""
    rows = Round.objects.visible_to(actor_of(request)).select_related(
        "organisation", "profile", "opened_by"
    )
    counted = rows.annotate(
        begun_count=Count("assessments"),
        handed_in_count=Count("assessments", filter=Q(assessments__handed_in_at__isnull=False)),
    )
    found: Round = get_object_or_404(counted, pk=round_id)
    return found


@login_required
def round_page(request: HttpRequest, round_id: int) -> HttpResponse:
    """A round: one's own part first, then what everybody thinks."""
    return show_round(request, load_round(request, round_id))


def show_round(request: HttpRequest, round: Round, **returned: Any) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    actor = actor_of(request)
    round_cases = cases_in(round, actor=actor)
    criteria = list(Criterion.objects.visible_to(actor).filter(profile=round.profile_id))
    council = current_council(round.organisation_id)
    context: dict[str, Any] = {
        "round": round,
        "round_cases": round_cases,
        "must_do": [one for one in round_cases if one.must_do],
        "criteria": criteria,
        "is_open": round.state == "open",
        "may_assess": can_assess(actor, round),
        "compare_url": reverse("round_compare", args=[round.pk]),
        "make_url": in_room("ranking_make", round.organisation_id),
        "may_lead": can_lead_assessing(actor, round.organisation_id, council=council),
        **own_part(round, actor=actor, criteria=criteria),
    }
    if context["sees_others"]:
        context |= opinion_of(round, round_cases, criteria, actor=actor)
    if context["may_lead"] and context["is_open"]:
        context["must_do_form"] = MustDoForm(
            cases=[(one.pk, one.case.idea.title) for one in round_cases if not one.must_do]
        )
    if context["may_assess"] and context["is_open"] and context["assessment"] is None:
        context["declare_form"] = DeclareForm(round_cases=round_cases)
    status = 422 if returned else 200
    return render(request, "councils/round.html", context | returned, status=status)


def cases_in(round: Round, *, actor: Actor) -> list[RoundCase]:
    """The cases of a round as far as they may be read, in the round's order."""
    rows = RoundCase.objects.visible_to(actor).filter(round=round)
    found = list(
        rows.select_related("case__idea", "case__organisation").defer(
            "case__idea__words", "case__idea__text"
        )
    )
    for one in found:
        one.round = round
    return found


def own_part(round: Round, *, actor: Actor, criteria: list[Criterion]) -> dict[str, Any]:
    """One's own assessment: which sheets are filled in, and what is missing."""
    own = Assessment.objects.visible_to(actor).filter(round=round, person=actor.person_id).first()
    sees_others = round.state == "closed" or (own is not None and own.handed_in_at is not None)
    part: dict[str, Any] = {"assessment": own, "sees_others": sees_others}
    if own is None or own.handed_in_at is not None or round.state != "open":
        return part
    sheets: list[Any] = list(
        Sheet.objects.visible_to(actor)
        .filter(assessment=own)
        .select_related("round_case__case__idea")
        .annotate(given=Count("scores"))
        .defer("round_case__case__idea__words", "round_case__case__idea__text")
    )
    part["sheets"] = [(one, one.given >= len(criteria)) for one in sheets]
    part["left"] = sum(1 for one in sheets if not one.has_interest and one.given < len(criteria))
    if round.method == "criteria" and round.profile.members_weigh:
        rows = CriterionWeight.objects.visible_to(actor).filter(assessment=own)
        points = {one.criterion_id: one.points for one in rows}
        part["weights_form"] = WeightsForm(criteria=criteria, points=points)
        part["has_weighed"] = bool(points)
    return part


def opinion_of(
    round: Round, round_cases: list[RoundCase], criteria: list[Criterion], *, actor: Actor
) -> dict[str, Any]:
    """What those whose assessment one may see gave, as a picture."""
    if round.method != "criteria":
        return {}
    rows = (
        Score.objects.visible_to(actor)
        .filter(sheet__assessment__round=round, sheet__assessment__handed_in_at__isnull=False)
        .values_list("sheet__round_case_id", "sheet__assessment_id", "criterion_id", "value")
    )
    found = opinions((Given(*row) for row in rows), round_cases=round_cases, criteria=criteria)
    if not found:
        return {}
    remarks = (
        Sheet.objects.visible_to(actor)
        .filter(assessment__round=round, assessment__handed_in_at__isnull=False)
        .exclude(remark="", interest="")
        .select_related("assessment__person", "round_case__case__idea")
        .defer("round_case__case__idea__words", "round_case__case__idea__text")
    )
    picture = opinion_picture(found, criteria=criteria, profile=round.profile)
    return {"picture": picture, "remarks": list(remarks)}


def back_to(round: Round) -> HttpResponseRedirect:
    """The round again, after an act."""
    return HttpResponseRedirect(reverse("round_page", args=[round.pk]))


@login_required
@require_POST
def round_declare(request: HttpRequest, round_id: int) -> HttpResponse:
    """Say in which cases one has an interest; then one may assess."""
    round, actor = load_round(request, round_id), actor_of(request)
    form = DeclareForm(request.POST, round_cases=cases_in(round, actor=actor))
    done = carried_out(
        form,
        lambda _said: declare_interests(round, interests=form.interests(), actor=actor, at=now()),
    )
    if not done:
        return show_round(request, round, declare_form=form)
    say(request, _("Declared. Now assess one case after the other."))
    return back_to(round)


def own_assessment(request: HttpRequest, round: Round) -> Assessment:
    """One's own assessment in a round; 404 before one has declared."""
    actor = actor_of(request)
    rows = Assessment.objects.visible_to(actor).filter(round=round, person=actor.person_id)
    found: Assessment = get_object_or_404(rows)
    return found


@login_required
@require_POST
def round_weights(request: HttpRequest, round_id: int) -> HttpResponse:
    """Say how much each criterion should count."""
    round, actor = load_round(request, round_id), actor_of(request)
    assessment = own_assessment(request, round)
    criteria = list(Criterion.objects.visible_to(actor).filter(profile=round.profile_id))
    form = WeightsForm(request.POST, criteria=criteria, points={})
    done = carried_out(
        form,
        lambda _said: weigh_criteria(assessment, points=form.points(), actor=actor, at=now()),
    )
    if not done:
        return show_round(request, round, weights_form=form)
    say(request, _("Kept."))
    return back_to(round)


@login_required
@require_POST
def round_hand_in(request: HttpRequest, round_id: int) -> HttpResponse:
    """Hand one's assessment in."""
    round = load_round(request, round_id)
    assessment = own_assessment(request, round)

    form = Form(request.POST)
    done = carried_out(
        form,
        lambda _said: hand_in_assessment(assessment, actor=actor_of(request), at=now()),
    )
    if not done:
        return show_round(request, round, hand_in_form=form)
    say(request, _("Handed in. Now you see what the others think."))
    return back_to(round)


@login_required
@require_POST
def round_close(request: HttpRequest, round_id: int) -> HttpResponse:
    """End a round."""
    round = load_round(request, round_id)
    close_round(round, actor=actor_of(request), at=now())
    say(request, _("The round is closed. Now make the ranking."))
    return back_to(round)


@login_required
@require_POST
def round_must_do(request: HttpRequest, round_id: int) -> HttpResponse:
    """Take what must be done out of the ranking."""
    round, actor = load_round(request, round_id), actor_of(request)
    refuse_unless_preparing(actor, round.organisation_id)
    cases = {str(one.pk): one for one in cases_in(round, actor=actor)}
    form = MustDoForm(
        request.POST, cases=[(key, one.case.idea.title) for key, one in cases.items()]
    )
    done = carried_out(
        form,
        lambda said: mark_must_do(
            cases[said["round_case"]], reason=said["reason"], actor=actor, at=now()
        ),
    )
    if not done:
        return show_round(request, round, must_do_form=form)
    say(request, _("It stands outside the ranking, with its reason."))
    return back_to(round)


@login_required
def round_csv(request: HttpRequest, round_id: int) -> HttpResponse:
    """The proof of equal treatment: who declared what, got which order, and gave which points."""
    round, actor = load_round(request, round_id), actor_of(request)
    criteria = list(Criterion.objects.visible_to(actor).filter(profile=round.profile_id))
    sheets = list(
        Sheet.objects.visible_to(actor)
        .filter(assessment__round=round)
        .select_related("assessment__person", "round_case__case__idea")
        .defer("round_case__case__idea__words", "round_case__case__idea__text")
        .order_by("assessment_id", "position")
    )
    scores = Score.objects.visible_to(actor).filter(sheet__in=sheets)
    given = {(one.sheet_id, one.criterion_id): one.value for one in scores}
    heads = [
        _("member"), _("declared"), _("handed in"), _("order"), _("case"), _("title"),
        _("interest"), *(one.name for one in criteria), _("remark"),
    ]  # fmt: skip
    lines = [
        [
            one.assessment.person.name,
            moment_words(one.assessment.declared_at),
            moment_words(one.assessment.handed_in_at),
            one.position,
            one.round_case.case.idea.case_number or "",
            one.round_case.case.idea.title,
            one.interest,
            *(given.get((one.pk, criterion.pk)) for criterion in criteria),
            one.remark,
        ]
        for one in sheets
    ]
    return csv_table([heads, *lines], name=f"round-{round.pk}.csv")


def moment_words(moment: datetime | None) -> str:
    """A moment in a table."""
    return localtime(moment).isoformat(timespec="minutes") if moment else ""
