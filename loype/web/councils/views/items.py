"""One item of an agenda: its paper, and matters that are no cases."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from loype.bodies.models import Meeting
from loype.bodies.rules import can_prepare_meeting
from loype.councils.actions import add_agenda_item, change_agenda_item, papers_due, write_paper
from loype.councils.actions.papers import PARTS
from loype.councils.models import AgendaItem, DecisionPaper
from loype.kernel.clock import now
from loype.kernel.errors import NotAllowed, Stale
from loype.trail.follow_ups import put_follow_ups_on_agenda
from loype.web.councils.meeting_forms import MatterForm, PaperForm
from loype.web.councils.meeting_parts import item_work, title_of
from loype.web.councils.work import matters_of, work_forms
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render


def room_meeting(request: HttpRequest, meeting_id: int) -> Meeting:
    """A meeting of a room one may enter, or of a body one sits on."""
    actor = actor_of(request)
    rooms = Meeting.objects.visible_to(actor).entered_by(actor)
    rows = rooms.with_matters(now().date()).select_related("body", "organisation")
    return get_object_or_404(rows, pk=meeting_id)


def room_item(request: HttpRequest, meeting_id: int, **wanted: int) -> AgendaItem:
    """An item of such a meeting that was not taken off, with its meeting; one statement."""
    actor = actor_of(request)
    rooms = Meeting.objects.visible_to(actor).entered_by(actor).filter(pk=meeting_id)
    items = AgendaItem.objects.visible_to(actor).filter(meeting__in=rooms).on_agenda()
    item: Any = get_object_or_404(
        items.with_matters(now().date())
        .select_related("meeting__body", "meeting__organisation")
        .select_related("case__idea", "paper", "referral")
        .defer("case__idea__words"),
        **wanted,
    )
    item.meeting.matters = item.matters
    if item.case is not None:  # a meeting's cases are its own organisation's
        item.case.organisation = item.meeting.organisation
    found: AgendaItem = item
    return found


def back_to_agenda(meeting_id: int) -> HttpResponseRedirect:
    """The agenda again, after an act."""
    return HttpResponseRedirect(f"{reverse('meeting_page', args=[meeting_id])}#agenda")


def back_to_item(request: HttpRequest, item: AgendaItem) -> HttpResponseRedirect:
    """The live meeting again where the act was done there, else the item's page."""
    if request.POST.get("back") == "live":
        address = reverse("meeting_live", args=[item.meeting_id])
        return HttpResponseRedirect(f"{address}?item={item.pk}#work")
    address = reverse("meeting_item", args=[item.meeting_id, item.pk])
    return HttpResponseRedirect(f"{address}#work")


@login_required
@require_POST
def meeting_item_add(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Put a matter that is no case on the agenda."""
    meeting, form = room_meeting(request, meeting_id), MatterForm(request.POST)

    def act(said: dict[str, Any]) -> None:
        said = {key: said[key] for key in ("kind", "title", "notes")}
        add_agenda_item(meeting, actor=actor_of(request), at=now(), **said)

    if not carried_out(form, act):
        context = {"meeting": meeting, "form": form, "item": None}
        return render(request, "councils/matter.html", context, status=422)
    say(request, _("It is on the agenda."))
    return back_to_agenda(meeting.pk)


@login_required
@require_POST
def meeting_follow_ups(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Put the standing follow-up list on the agenda."""
    meeting = room_meeting(request, meeting_id)
    added = put_follow_ups_on_agenda(meeting, actor=actor_of(request), at=now())
    count = len(added)
    say(
        request,
        ngettext(
            "%(count)s thing to follow up is on the agenda.",
            "%(count)s things to follow up are on the agenda.",
            count,
        )
        % {"count": count}
        if count
        else _("Nothing is late: there is nothing to follow up."),
    )
    return back_to_agenda(meeting.pk)


@login_required
def meeting_item(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """The paper of an item, and what is done about it."""
    item = room_item(request, meeting_id, pk=item_id)
    actor, meeting = actor_of(request), item.meeting
    work = item_work(meeting, item, actor=actor)
    may_prepare = can_prepare_meeting(actor, body=meeting.body)
    context = {
        "meeting": meeting,
        "item": item,
        "title": title_of(item),
        "paper": getattr(item, "paper", None),
        "work": work,
        "may_prepare": may_prepare,
        "may_write": may_prepare and meeting.state in ("planned", "called"),
        "back": "item",
        **work_forms(work, may_prepare=may_prepare, matters=matters_of(meeting)),
    }
    return render(request, "councils/item.html", context)


@login_required
def meeting_item_change(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Change what a matter is called."""
    item = room_item(request, meeting_id, pk=item_id)
    if item.case_id is not None:
        raise Http404
    first = {"kind": item.kind, "title": item.title, "notes": item.notes, "version": item.version}
    form = MatterForm(request.POST or None, initial=first)
    if request.method == "POST" and carried_out(
        form, lambda said: change_agenda_item(item, actor=actor_of(request), at=now(), **said)
    ):
        say(request, _("Changed."))
        return back_to_agenda(meeting_id)
    context = {"meeting": item.meeting, "item": item, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "councils/matter.html", context, status=status)


@login_required
def meeting_paper(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Write the decision paper; who comes second sees both texts and loses neither."""
    item = room_item(request, meeting_id, pk=item_id)
    if not can_prepare_meeting(actor_of(request), body=item.meeting.body):
        raise NotAllowed(_("Only the council's leader and secretary prepare its meetings."))
    paper = getattr(item, "paper", None)
    form = PaperForm(request.POST or None, initial=_kept(paper))
    theirs: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            done = carried_out(form, lambda said: _write(request, item, said))
        except Stale:
            theirs = _beside(form, paper)
            done = False
        if done:
            say(request, _("The paper is kept."))
            return HttpResponseRedirect(reverse("meeting_item", args=[meeting_id, item.pk]))
    due = papers_due(item.meeting) if paper is None else None
    context = {
        "meeting": item.meeting, "item": item, "title": title_of(item), "form": form,
        "theirs": theirs, "paper": paper,
        "was_due": due if due is not None and due < now().date() else None,
    }  # fmt: skip
    status = 409 if theirs else 422 if form.is_bound else 200
    return render(request, "councils/paper.html", context, status=status)


def _kept(paper: DecisionPaper | None) -> dict[str, Any]:
    if paper is None:
        return {"version": 0}
    return {"version": paper.version, **{part: getattr(paper, part) for part in PARTS}}


def _write(request: HttpRequest, item: AgendaItem, said: dict[str, Any]) -> None:
    words = {part: said[part] for part in PARTS}
    version = said["version"] or 0
    write_paper(item, words=words, version=version, actor=actor_of(request), at=now())


def _beside(form: PaperForm, paper: DecisionPaper | None) -> list[tuple[str, str]]:
    """What the other wrote where it differs; the form keeps what was typed, for the new version."""
    kept = _kept(paper)
    form.data = {**form.data.dict(), "version": str(kept["version"])}  # type: ignore[attr-defined]
    return [
        (str(form.fields[part].label), kept.get(part, ""))
        for part in PARTS
        if kept.get(part, "") != form.cleaned_data.get(part, "")
    ] or [("", "")]
