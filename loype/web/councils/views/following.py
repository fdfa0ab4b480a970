"""Following a case up: taking it on, saying no, a deputy and a day to keep."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loype.accounts.models import Person
from loype.councils.actions import (
    accept_responsibility,
    arrange_follow_up,
    current_council,
    decline_responsibility,
)
from loype.councils.rules import can_name_deputy, can_prepare_cases
from loype.kernel.clock import now
from loype.kernel.errors import BadInput, NotAllowed
from loype.web.councils.clock_forms import DeclineForm, FollowUpForm
from loype.web.councils.presenters import colleagues, names
from loype.web.councils.views.cases import back_to, load_case, show_case
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say


@login_required
@require_POST
def case_accept(request: HttpRequest, case_id: int) -> HttpResponse:
    """Yes, I follow it up."""
    case = load_case(request, case_id)
    accept_responsibility(case, actor=actor_of(request), at=now())
    say(request, _("You follow it up. The others see that you have taken it on."))
    return back_to(case)


@login_required
@require_POST
def case_decline(request: HttpRequest, case_id: int) -> HttpResponse:
    """No, and why; those who prepare the cases are told."""
    case, actor = load_case(request, case_id), actor_of(request)
    form = DeclineForm(request.POST)
    done = carried_out(
        form,
        lambda said: decline_responsibility(case, reason=said["reason"], actor=actor, at=now()),
    )
    if not done:
        return show_case(request, case, sent=form)
    say(request, _("The council is told. You stay responsible until somebody else is named."))
    return back_to(case)


@login_required
@require_POST
def case_follow_up(request: HttpRequest, case_id: int) -> HttpResponse:
    """Who stands in, and by which day the case is ready."""
    case, actor, at = load_case(request, case_id), actor_of(request), now()
    council = current_council(case.organisation_id)
    prepares = can_prepare_cases(actor, case.organisation_id, council=council)
    if not prepares and not can_name_deputy(actor, case):
        raise NotAllowed(_("The responsible and those who prepare the cases arrange this."))
    people = colleagues(actor, case.organisation_id, at=at)
    form = FollowUpForm(request.POST, people=names(people))
    done = carried_out(
        form,
        lambda said: arrange_follow_up(
            case,
            deputy=chosen(people, said["deputy"]),
            follow_up_by=said["follow_up_by"],
            version=said["version"],
            actor=actor,
            at=at,
        ),
    )
    if not done:
        return show_case(request, case, sent=form)
    say(request, _("It is arranged, and those concerned are told."))
    return back_to(case)


def chosen(people: dict[str, Person], key: str) -> Person | None:
    """The colleague that was chosen, if any."""
    if key and key not in people:
        raise BadInput({"deputy": _("Choose one from the list.")})
    return people.get(key)
