"""Pages about Løype itself: what it is, who may what, how it is doing."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loype.kernel.clock import now
from loype.kernel.errors import NotAllowed
from loype.mail.actions import send_again
from loype.mail.models import MailState, OutgoingMail
from loype.notices.readings import take_readings
from loype.web.about.permissions import WHO, rooms
from loype.web.about.status import lines_of
from loype.web.shared.acting import actor_of
from loype.web.shared.middleware import say
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Løype is, and who is behind it."""
    return render(request, "about/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far everybody can use it, what is known not to work, and how to complain."""
    return render(request, "about/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, how long, and who sees it."""
    return render(request, "about/privacy.html")


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Who may do what, as the tests check it."""
    shown = []
    for room in rooms():
        used = [
            place
            for place, _who in enumerate(WHO)
            if any(right.answers[place] != "unsaid" for right in room.rights)
        ]
        shown.append(
            {
                "room": room,
                "people": [WHO[place][1] for place in used],
                "rows": [
                    {"words": right.words, "answers": [right.answers[place] for place in used]}
                    for right in room.rights
                ],
            }
        )
    return render(request, "about/roles.html", {"rooms": shown})


@login_required
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """How the installation is doing, for those who look after it."""
    is_operator = may_operate(request)
    if not is_operator and not actor_of(request).administered_ids:
        raise NotAllowed(_("This page is for administrators and operators."))
    lines = lines_of(take_readings(), at=now())
    page: dict[str, Any] = {
        "lines": lines,
        "problems": [line for line in lines if not line.is_fine],
        "is_operator": is_operator,
    }
    if is_operator:
        undelivered = OutgoingMail.objects.filter(state__in=(MailState.UNCERTAIN, MailState.FAILED))
        page["mails"] = keyset_page(undelivered, request=request)
    return render(request, "about/status.html", page, part="lines")


def may_operate(request: HttpRequest) -> bool:
    """Whether the reader operates the installation (a mark set on the command line)."""
    return bool(getattr(request.user, "is_staff", False))


@login_required
@require_POST
def status_mail_again(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Send a mail again that did not, or perhaps did not, arrive."""
    if not may_operate(request):
        raise NotAllowed(_("Only an operator may send mails again."))
    mail = get_object_or_404(OutgoingMail.objects.all(), pk=mail_id)
    send_again(mail, at=now())
    say(request, _("The mail to %(to)s is on its way again.") % {"to": mail.to})
    return HttpResponseRedirect(reverse("status"))
