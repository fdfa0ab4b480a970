"""Something councils run together: what they answer, on which terms, and leaving it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loype.councils.actions import TermsWords, decline_joint_terms, propose_joint_terms
from loype.councils.models import JointCase, JointTerms
from loype.kernel.clock import now
from loype.kernel.errors import NotAllowed
from loype.organisations.models import Organisation
from loype.trail.together import agree_to_run_together, leave_what_runs_together
from loype.web.federation.forms import AnswerTermsForm, LeaveForm, TermsForm
from loype.web.federation.joint import JointPage, decided_by, load_page, members_of
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render


def load_joint(request: HttpRequest, joint_id: int) -> JointCase:
    """A joint case one may see; 404 otherwise."""
    rows = JointCase.objects.visible_to(actor_of(request)).select_related(
        "organisation", "federation", "decision__case__idea", "decision__organisation"
    )
    return get_object_or_404(rows.defer("decision__case__idea__words"), pk=joint_id)


def back_to(joint_id: int) -> HttpResponseRedirect:
    """The page again, after an act."""
    return HttpResponseRedirect(reverse("joint_case", args=[joint_id]))


@login_required
@require_safe
def joint_case(request: HttpRequest, joint_id: int) -> HttpResponse:
    """Who takes part, what is proposed, what is agreed."""
    return show(request, load_joint(request, joint_id))


def show(
    request: HttpRequest, joint: JointCase, *, sent: dict[str, Any] | None = None
) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    page = load_page(joint, actor=actor_of(request), at=now())
    context = {"joint": joint, "shown": page, **empty_forms(page), **(sent or {})}
    return render(request, "federation/joint.html", context, status=422 if sent else 200)


def empty_forms(page: JointPage) -> dict[str, Any]:
    """The forms that the reader may send."""
    forms: dict[str, Any] = {}
    if page.may_propose:
        forms["terms_form"] = TermsForm(members=page.members, initial=page.first_terms)
    if page.proposed is not None and page.may_answer:
        forms["answer_form"] = AnswerTermsForm(auto_id="decline_%s")
    if page.may_leave:
        forms["leave_form"] = LeaveForm(auto_id="leave_%s")
    return forms


def acting(request: HttpRequest, members: list[Organisation]) -> Organisation:
    """The organisation for which one decides here; 403 for those who do not."""
    own = decided_by(members, actor=actor_of(request))
    wanted = request.POST.get("organisation", "")
    named = (one for one in own if str(one.pk) == wanted)
    found = next(named, own[0] if own else None)
    if found is None:
        raise NotAllowed(_("The council's leader or the named decider does this."))
    return found


@login_required
@require_POST
def joint_terms_propose(request: HttpRequest, joint_id: int) -> HttpResponse:
    """Propose who leads, how the cost is split and how one leaves."""
    joint, actor, at = load_joint(request, joint_id), actor_of(request), now()
    members = members_of(joint)
    organisation = acting(request, members)
    form = TermsForm(request.POST, members=members)

    def act(said: dict[str, Any]) -> None:
        words = TermsWords(
            lead_id=int(said["lead"]) if said["lead"] else None,
            cost_key=said["cost_key"],
            amount=said["amount"],
            currency=said["currency"].upper(),
            exit_terms=said["exit_terms"],
            exit_days=said["exit_days"],
            users=form.users(),
        )
        propose_joint_terms(joint, words=words, organisation=organisation, actor=actor, at=at)

    if not carried_out(form, act):
        return show(request, joint, sent={"terms_form": form})
    say(request, _("Proposed. The others are asked to say yes."))
    return back_to(joint.pk)


def load_terms(request: HttpRequest, terms_id: int) -> JointTerms:
    """Terms one may see; 404 otherwise."""
    rows = JointTerms.objects.visible_to(actor_of(request)).select_related(
        "joint_case__organisation", "joint_case__decision"
    )
    return get_object_or_404(rows, pk=terms_id)


@login_required
@require_POST
def joint_terms_agree(request: HttpRequest, terms_id: int) -> HttpResponse:
    """Say yes to the terms for one's own organisation."""
    terms = load_terms(request, terms_id)
    terms = agree_to_run_together(
        terms,
        organisation=acting(request, members_of(terms.joint_case)),
        actor=actor_of(request),
        at=now(),
    )
    if terms.agreed_at is not None:
        say(request, _("All have agreed. It stands in everybody's portfolio now."))
    else:
        say(request, _("Your yes is given. The terms hold when all have said yes."))
    return back_to(terms.joint_case_id)


@login_required
@require_POST
def joint_terms_decline(request: HttpRequest, terms_id: int) -> HttpResponse:
    """Say no to the terms, and why."""
    terms, actor = load_terms(request, terms_id), actor_of(request)
    organisation = acting(request, members_of(terms.joint_case))
    form = AnswerTermsForm(request.POST, auto_id="decline_%s")
    done = carried_out(
        form,
        lambda said: decline_joint_terms(
            terms, organisation=organisation, reason=said["reason"], actor=actor, at=now()
        ),
    )
    if not done:
        joint = load_joint(request, terms.joint_case_id)
        return show(request, joint, sent={"answer_form": form})
    say(request, _("Your no is given. Somebody may propose other terms."))
    return back_to(terms.joint_case_id)


@login_required
@require_POST
def joint_leave(request: HttpRequest, joint_id: int) -> HttpResponse:
    """Say from which day on one's organisation takes part no longer."""
    joint, actor = load_joint(request, joint_id), actor_of(request)
    organisation = acting(request, members_of(joint))
    form = LeaveForm(request.POST, auto_id="leave_%s")
    done = carried_out(
        form,
        lambda said: leave_what_runs_together(
            joint, organisation=organisation, actor=actor, at=now(), **said
        ),
    )
    if not done:
        return show(request, joint, sent={"leave_form": form})
    say(request, _("The others are told from which day on you no longer take part."))
    return back_to(joint.pk)
