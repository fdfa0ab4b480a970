"""How one wants to hear: by kind, when, and when not."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loype.accounts.models import Person
from loype.kernel.clock import now
from loype.notices.wishes import choose_notices, wishes_of
from loype.web.notices.forms import WishesForm
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice_wishes(request: HttpRequest) -> HttpResponse:
    """Choose how much news, when it may come by mail, and what else for single kinds."""
    person = cast("Person", request.user)
    wishes = wishes_of(person)
    form = WishesForm(request.POST if request.method == "POST" else None, wishes=wishes)
    if request.method == "POST" and carried_out(
        form,
        lambda _facts: choose_notices(person, actor=actor_of(request), at=now(), **form.said()),
    ):
        say(request, _("Your choices are saved."))
        return redirect("notice_wishes")
    context = {"form": form, "email": person.email}
    return render(request, "notices/wishes.html", context, status=422 if form.errors else 200)
