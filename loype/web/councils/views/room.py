"""The council room: what waits, what meets next, what runs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import models
from django.db.models import F, Q, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from loype.bodies.models import Body, Meeting
from loype.bodies.rules import can_establish_body, can_prepare_meeting
from loype.councils.models import Case
from loype.councils.querysets import CaseQuerySet, with_agenda, with_queue
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.portfolio.models import Activity
from loype.trail.clocks.reading import CouncilClocks, read_clocks
from loype.web.councils.clocks import proposal_shown
from loype.web.councils.presenters import (
    age_by,
    age_of,
    agendas,
    clocked_row,
    running,
)
from loype.web.councils.same_needs import with_twins
from loype.web.shared.acting import actor_of
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render

MOST_RUNNING = 12
MOST_AGENDA_LINES = 300


def chosen_room(request: HttpRequest) -> int | None:
    """The organisation whose room is meant; None when that must still be chosen."""
    actor = actor_of(request)
    rooms = actor.council_room_ids
    asked = request.GET.get("organisation", "")
    if asked:
        if not asked.isdecimal() or len(asked) > 18 or int(asked) not in rooms:
            raise Http404
        return int(asked)
    if actor.organisation_id in rooms:
        return actor.organisation_id
    return next(iter(rooms)) if len(rooms) == 1 else None


@login_required
def council_room(request: HttpRequest) -> HttpResponse:
    """The room of one council, the list of one's rooms, or why there is none."""
    room = chosen_room(request)
    if room is None:
        return council_rooms(request)
    actor, at = actor_of(request), now()
    clocks = read_clocks(room, at=at)
    council = clocks.body
    may_plan = council is not None and can_prepare_meeting(actor, body=council)
    cases = Case.objects.visible_to(actor).filter(organisation=room)
    page = keyset_page(
        with_twins(chosen_cases(cases, request.GET.get("show", ""), actor=actor), actor=actor)
        .select_related("idea", "responsible")
        .defer("idea__words", "idea__text"),
        request=request,
        order=("waiting_since", "id"),
    )
    meetings = with_agenda(
        Meeting.objects.visible_to(actor)
        .filter(organisation=room, body__kind="innovation_council")
        .unfinished()
    )[:MOST_AGENDA_LINES]
    context = {
        "organisation": {"pk": room, "name": clocks.organisation_name},
        "council": council,
        "clocks": clocks,
        "proposal": proposal_shown(clocks) if may_plan else None,
        "oldest": age_by(clocks, clocks.oldest_since),
        "page": page,
        "rows": [clocked_row(case, clocks=clocks) for case in page.items],
        "tabs": queue_tabs(clocks),
        "may_plan": may_plan,
        "referred": clocks.referred,
        "may_set_up": can_establish_body(actor, room),
        "has_other_rooms": len(actor.council_room_ids) > 1,
        "running": running(open_activities(actor, room, at=at), at=at),
        **sort_meetings(agendas(meetings), today=timezone.localdate(at)),
    }
    return render(request, "councils/room.html", context)


def chosen_cases(cases: CaseQuerySet, shown: str, *, actor: Actor) -> CaseQuerySet:
    """The part of the queue one wants to see."""
    if shown == "nobody":
        return cases.without_responsible()
    if shown == "mine":
        return cases.undecided().filter(responsible=actor.signed_in_id)
    if shown == "information":
        return cases.waiting_for_the_giver()
    return cases.undecided()


def queue_tabs(clocks: CouncilClocks) -> list[tuple[str, str, int | None]]:
    """The filters of the queue."""
    return [
        ("", _("All"), clocks.undecided),
        ("nobody", _("Nobody responsible"), clocks.without_responsible),
        ("mine", _("Mine"), None),
        ("information", _("Waiting for the giver"), None),
    ]


def sort_meetings(found: list[Any], *, today: date) -> dict[str, Any]:
    """The next meeting and those after it, those whose minutes wait for approval, and those whose
    day has passed without anybody closing them."""
    left_open = [one.meeting for one in found if one.meeting.is_left_open(today)]
    past = [*left_open, *(one.meeting for one in found if one.meeting.state == "held")]
    ahead = [one for one in found if one.meeting not in past]
    return {
        "left_open": left_open,
        "next": ahead[0] if ahead else None,
        "later": ahead[1:],
        "held": [one for one in found if one.meeting.state == "held"],
    }


def open_activities(actor: Actor, organisation_id: int, *, at: datetime) -> list[Activity]:
    """What runs, with what is late or in trouble first."""
    late = Q(due_date__lt=timezone.localdate(at)) | Q(light="red")
    trouble = models.Case(
        When(late, then=Value(0)),
        When(light="yellow", then=Value(1)),
        default=Value(2),
        output_field=models.IntegerField(),
    )
    return list(
        Activity.objects.visible_to(actor)
        .filter(organisation=organisation_id)
        .open()
        .select_related("owner")
        .order_by(trouble, F("due_date").asc(nulls_last=True), "id")[:MOST_RUNNING]
    )


@login_required
def council_rooms(request: HttpRequest) -> HttpResponse:
    """Every council one sits on; or, with none, what a council is and who sits on one's own."""
    actor, at = actor_of(request), now()
    if not actor.council_room_ids:
        return no_room(request)
    rooms: list[Any] = list(
        with_queue(Organisation.objects.visible_to(actor))
        .filter(pk__in=sorted(actor.council_room_ids))
        .order_by("name", "pk")
    )
    ages = [
        age_of(one.oldest_waiting_since, limit=one.decision_days, at=at, calendar=one.calendar)
        for one in rooms
    ]
    context = {
        "rooms": list(zip(rooms, ages, strict=True)),
        "coordinates": bool(actor.coordinated_federation_ids),
    }
    return render(request, "councils/rooms.html", context)


def no_room(request: HttpRequest) -> HttpResponse:
    """For those who sit on no council: what it does, when it meets, and where to go instead."""
    actor, at = actor_of(request), now()
    home = actor.organisation_id
    council = meeting = None
    if home is not None:
        councils = Body.objects.visible_to(actor).councils().active()
        council = councils.filter(organisation=home).first()
        meeting = (
            Meeting.objects.visible_to(actor)
            .filter(body=council)
            .coming(at)
            .order_by("starts_at")
            .first()
        )
    context = {
        "council": council,
        "meeting": meeting,
        "may_set_up": home is not None and can_establish_body(actor, home),
        "coordinates": bool(actor.coordinated_federation_ids),
    }
    return render(request, "councils/no_room.html", context)
