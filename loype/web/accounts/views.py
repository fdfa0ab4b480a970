"""One's own profile, one's own data, and tokens for programs."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loype.accounts.actions import change_settings, create_token, revoke_token
from loype.accounts.models import ApiToken, Person, TokenScope
from loype.kernel.clock import now
from loype.organisations.labels import Role
from loype.web.accounts.forms import ProfileForm, TokenForm
from loype.web.accounts.own_data import own_data
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render

SETTINGS = ("name", "language", "colour_scheme")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name, language, colours; and the ways to everything else about oneself."""
    person = cast("Person", request.user)
    initial = {name: getattr(person, name) for name in SETTINGS}
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and carried_out(
        form,
        lambda facts: change_settings(person, actor=actor_of(request), at=now(), **facts),
    ):
        with translation.override(form.cleaned_data["language"] or translation.get_language()):
            say(request, _("Your profile is saved."))
        return HttpResponseRedirect(reverse("profile"))
    page: dict[str, Any] = {"form": form, "person": person, "places": _places(request)}
    return render(request, "accounts/profile.html", page, status=422 if form.errors else 200)


def _places(request: HttpRequest) -> list[dict[str, Any]]:
    """The organisations one belongs to, with one's roles there."""
    places: dict[int, dict[str, Any]] = {}
    for held in actor_of(request).roles_held:
        place = places.setdefault(
            held.organisation_id,
            {"id": held.organisation_id, "name": held.organisation_name, "roles": []},
        )
        place["roles"].append(str(Role(held.role).label))
    return list(places.values())


@login_required
@require_safe
@never_cache
def profile_export(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about oneself, as a file."""
    told = own_data(cast("Person", request.user), actor=actor_of(request))
    return JsonResponse(
        told,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": 'attachment; filename="loype-my-data.json"'},
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: HttpRequest) -> HttpResponse:
    """One's tokens; a new one shows its secret once, on the page that answers."""
    person = cast("Person", request.user)
    form = TokenForm(request.POST if request.method == "POST" else None)
    made: list[tuple[ApiToken, str]] = []
    if request.method == "POST" and carried_out(
        form,
        lambda facts: made.append(create_token(person, actor=actor_of(request), at=now(), **facts)),
    ):
        form = TokenForm()
    page = keyset_page(ApiToken.objects.filter(person=person), request=request)
    told = {
        "form": form,
        "page": page,
        "rows": [_row(token) for token in page.items],
        "secret": made[0][1] if made else "",
    }
    return render(request, "accounts/tokens.html", told, status=422 if form.errors else 200)


def _row(token: ApiToken) -> dict[str, Any]:
    state = "works"
    if token.revoked_at:
        state = "revoked"
    elif token.expires_at <= now():
        state = "ended"
    scopes = [str(TokenScope(scope).label) for scope in token.scopes]
    return {"token": token, "scopes": scopes, "state": state}


@login_required
@require_POST
def token_revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """Let a token stop working now."""
    token = get_object_or_404(ApiToken.objects.filter(person=request.user.pk), pk=token_id)
    revoke_token(token, actor=actor_of(request), at=now())
    say(request, _("The token “%(name)s” no longer works.") % {"name": token.name})
    return HttpResponseRedirect(reverse("token_list"))
