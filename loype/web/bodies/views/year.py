"""A body's year: meetings, tasks, introductions, and what is decided under the instruction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Case, F, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loype.bodies.actions import (
    decide_by_instruction,
    finish_on_wheel,
    promise_introduction,
    put_on_wheel,
    settle_introduction,
)
from loype.bodies.models import Body, Introduction, Meeting, Referral, WheelItem
from loype.bodies.rules import can_keep_year, can_promise
from loype.bodies.year_wheel import year_wheel
from loype.councils.actions import answer_referral, put_referral_on_agenda
from loype.councils.querysets_referrals import with_agenda_of
from loype.kernel.clock import now
from loype.web.bodies.forms import (
    AnswerForm,
    DoneForm,
    IntroductionForm,
    OutcomeForm,
    ReferralForm,
    WheelForm,
)
from loype.web.bodies.presenters import load_body, today, year_asked
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.parts.moments import plain_date
from loype.web.shared.render import render

MOST_SHOWN = 30


def _load(request: HttpRequest, body_id: int) -> Body:
    """A body whose year one may see: of one's own organisation, or where one sits."""
    body, actor = load_body(request, body_id), actor_of(request)
    if not (actor.belongs_to(body.organisation_id) or actor.sits_on(body.pk)):
        raise Http404
    return body


@login_required
@require_safe
def body_year(request: HttpRequest, body_id: int) -> HttpResponse:
    """The year wheel with its warnings, and what is promised and referred."""
    return _show(request, _load(request, body_id))


Row = tuple[Any, forms.Form | None]


def _show(
    request: HttpRequest, body: Body, *, sent: forms.Form | None = None, about: int = 0
) -> HttpResponse:
    """The page; a form that came back stands with the thing it is `about`, if any."""
    actor = actor_of(request)
    wheel = year_wheel(body, year=year_asked(request), today=today())
    sent_as: dict[type, forms.Form] = {type(sent): sent} if sent is not None else {}
    may_keep = can_keep_year(actor, body=body)
    meetings = choices_of(one.meeting for one in wheel.days if one.meeting)
    promises = Introduction.objects.visible_to(actor).filter(body=body)
    open_first = F("settled_date").desc(nulls_first=True)
    shown = promises.select_related("promised_by").order_by(open_first, "due_date", "pk")
    waiting_first = Case(When(state="with_the_body", then=0), default=1)
    referred = Referral.objects.visible_to(actor).filter(body=body)
    referred = referred.order_by(waiting_first, "-asked_at", "-pk")

    def each(things: Sequence[Any], make: type[forms.Form], may: Callable[[Any], bool],
             **options: Any) -> list[Row]:  # fmt: skip
        """Things with the form that settles each, where one may; the one that came back as sent."""
        mine = sent_as.get(make)
        return [
            (one, None if not may(one) else mine if mine is not None and one.pk == about
             else make(auto_id=f"{make.__name__.lower()}_{one.pk}_%s", **options))
            for one in things
        ]  # fmt: skip

    items = each(
        [one.item for one in wheel.days if one.item], DoneForm,
        lambda one: may_keep and one.done_date is None,
    )  # fmt: skip
    forms_of = {one.pk: form for one, form in items}
    context: dict[str, Any] = {
        "body": body,
        "wheel": wheel,
        "days": [(one, forms_of.get(one.item.pk) if one.item else None) for one in wheel.days],
        "here": f"?year={wheel.year}",
        "before": wheel.year - 1,
        "after": wheel.year + 1,
        "today": today(),
        "introductions": each(
            list(shown[:MOST_SHOWN]), OutcomeForm,
            lambda one: one.state == "promised"
            and (may_keep or one.promised_by_id == actor.person_id),
        ),
        "referrals": each(
            list(with_agenda_of(referred)[:MOST_SHOWN]), AnswerForm,
            lambda one: bool(meetings) and one.state == "with_the_body"
            and actor.leads_body(body.pk),
            meetings=meetings,
        ),
        "may_keep": may_keep,
        "may_promise": can_promise(actor, body=body),
        "wheel_form": sent_as.get(WheelForm) or WheelForm(),
        "introduction_form": sent_as.get(IntroductionForm) or IntroductionForm(),
        "referral_form": sent_as.get(ReferralForm) or ReferralForm(),
    }  # fmt: skip
    return render(request, "bodies/year.html", context, status=422 if sent else 200)


def choices_of(meetings: Iterable[Meeting]) -> list[tuple[str, str]]:
    """The called ones of these meetings: in one of them the body answers."""
    called = (one for one in meetings if one.state == "called")
    return [(str(one.pk), plain_date(localdate(one.starts_at))) for one in called]


def _back(request: HttpRequest, body_id: int) -> HttpResponseRedirect:
    """The year that one looked at, again."""
    address = reverse("body_year", args=[body_id])
    return HttpResponseRedirect(f"{address}?year={year_asked(request)}")


@login_required
@require_POST
def body_item_add(request: HttpRequest, body_id: int) -> HttpResponse:
    """Put something on the year wheel."""
    body, form, actor = _load(request, body_id), WheelForm(request.POST), actor_of(request)
    if not carried_out(form, lambda said: put_on_wheel(body, actor=actor, at=now(), **said)):
        return _show(request, body, sent=form)
    say(request, _("It stands on the year wheel."))
    return _back(request, body.pk)


@login_required
@require_POST
def body_item_finish(request: HttpRequest, item_id: int) -> HttpResponse:
    """Write down what came of something on the year wheel."""
    actor = actor_of(request)
    item = get_object_or_404(WheelItem.objects.visible_to(actor), pk=item_id)
    form = DoneForm(request.POST)
    if not carried_out(form, lambda said: finish_on_wheel(item, actor=actor, at=now(), **said)):
        return _show(request, _load(request, item.body_id), sent=form, about=item.pk)
    say(request, _("Written down as done."))
    return _back(request, item.body_id)


@login_required
@require_POST
def body_introduction_add(request: HttpRequest, body_id: int) -> HttpResponse:
    """Promise to bring two together."""
    body, actor = _load(request, body_id), actor_of(request)
    form = IntroductionForm(request.POST)
    done = carried_out(form, lambda said: promise_introduction(body, actor=actor, at=now(), **said))
    if not done:
        return _show(request, body, sent=form)
    say(request, _("Promised. It stays here until it is settled."))
    return _back(request, body.pk)


@login_required
@require_POST
def body_introduction_settle(request: HttpRequest, introduction_id: int) -> HttpResponse:
    """Say what came of a promised introduction."""
    actor = actor_of(request)
    promise = get_object_or_404(Introduction.objects.visible_to(actor), pk=introduction_id)
    form = OutcomeForm(request.POST)
    done = carried_out(
        form, lambda said: settle_introduction(promise, actor=actor, at=now(), **said)
    )
    if not done:
        return _show(request, _load(request, promise.body_id), sent=form, about=promise.pk)
    say(request, _("Settled."))
    return _back(request, promise.body_id)


@login_required
@require_POST
def body_referral_add(request: HttpRequest, body_id: int) -> HttpResponse:
    """Decide under the instruction; above a limit it goes to the body."""
    body, form, actor = _load(request, body_id), ReferralForm(request.POST), actor_of(request)
    made: list[Referral] = []

    def act(said: dict[str, Any]) -> None:
        made.append(decide_by_instruction(body, actor=actor, at=now(), **said))

    if not carried_out(form, act):
        return _show(request, body, sent=form)
    say(request, _("Decided.") if made[0].state == "decided" else made[0].why_here)
    return _back(request, body.pk)


@login_required
@require_POST
def body_referral_agenda(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Put what was referred to the body on its next agenda: one press."""
    referral = get_object_or_404(
        Referral.objects.visible_to(actor_of(request)).select_related("body"), pk=referral_id
    )
    item = put_referral_on_agenda(referral, actor=actor_of(request), at=now())
    say(request, _("It is on the agenda."))
    return HttpResponseRedirect(f"{reverse('meeting_page', args=[item.meeting_id])}#agenda")


@login_required
@require_POST
def body_referral_settle(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Write down what the body answered to what was referred to it."""
    actor = actor_of(request)
    referral = get_object_or_404(
        Referral.objects.visible_to(actor).select_related("body"), pk=referral_id
    )
    called = Meeting.objects.visible_to(actor).filter(body=referral.body_id, state="called")
    form = AnswerForm(request.POST, meetings=choices_of(called))

    def act(said: dict[str, Any]) -> None:
        meetings = Meeting.objects.visible_to(actor)
        meeting = get_object_or_404(meetings, pk=said.pop("meeting"))
        answer_referral(referral, meeting=meeting, actor=actor, at=now(), **said)

    if not carried_out(form, act):
        return _show(request, _load(request, referral.body_id), sent=form, about=referral.pk)
    say(request, _("The answer is written down."))
    return _back(request, referral.body_id)
