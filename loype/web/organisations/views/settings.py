"""The organisation's own page: what it is called, how it works, how it looks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loype.kernel.clock import now
from loype.organisations.actions import (
    change_organisation,
    leave_organisation,
    put_up_logo,
    set_logo,
)
from loype.organisations.labels import Role
from loype.organisations.models import Membership, Organisation, Unit
from loype.organisations.rules import can_manage_organisation
from loype.web.organisations.forms import ColourForm, LogoForm, SettingsForm
from loype.web.organisations.presenters import in_order, tree_of
from loype.web.organisations.views.own import administered_organisation, own_organisation, tabs
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render
from loype.web.shared.theme import accent_css, parse_hex

SETTINGS = (
    "name", "language", "inhabitants", "receipt_days", "responsible_days", "decision_days",
    "email_domain", "join_by_domain", "tells_of_likeness", "sends_text_outside",
)  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_settings(request: HttpRequest) -> HttpResponse:
    """My organisation: its settings for administrators, a short form for the others."""
    actor = actor_of(request)
    if actor.organisation_id is None:
        return HttpResponseRedirect(reverse("organisation_none"))
    organisation = own_organisation(request)
    if not can_manage_organisation(actor, organisation.pk):
        if request.method == "POST":
            administered_organisation(request)
        return _short_form(request, organisation)
    form = _settings_form(request, organisation)
    if request.method == "POST" and carried_out(
        form, lambda facts: change_organisation(organisation, actor=actor, at=now(), **facts)
    ):
        say(request, _("The settings are saved."))
        return HttpResponseRedirect(reverse("organisation_settings"))
    page = {"organisation": organisation, "form": form}
    page["tabs"] = tabs(request, "organisation_settings")
    return render(request, "organisations/settings.html", page, status=422 if form.errors else 200)


def _settings_form(request: HttpRequest, organisation: Organisation) -> SettingsForm:
    if request.method == "POST":
        return SettingsForm(request.POST, language=organisation.language)
    initial = {name: getattr(organisation, name) for name in SETTINGS}
    return SettingsForm(initial=initial, language=organisation.language)


def _short_form(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What everybody may know about their own organisation, and whom to ask."""
    actor = actor_of(request)
    colleagues = Membership.objects.visible_to(actor).filter(organisation=organisation)
    administrators = (
        colleagues.on(now().date()).filter(role=Role.ADMINISTRATOR).select_related("person")
    )
    units = Unit.objects.visible_to(actor).filter(organisation=organisation).open()
    page = {
        "organisation": organisation,
        "administrators": [held.person for held in administrators.order_by("person__name")[:10]],
        "branches": list(in_order(tree_of(units[:500]))),
        "my_roles": [
            Role(held.role).label
            for held in actor.roles_held
            if held.organisation_id == organisation.pk
        ],
    }
    return render(request, "organisations/short_form.html", page)


@login_required
@require_safe
def organisation_none(request: HttpRequest) -> HttpResponse:
    """What somebody can do who does not belong to any organisation yet."""
    if actor_of(request).organisation_id is not None:
        return HttpResponseRedirect(reverse("organisation_settings"))
    return render(request, "organisations/nowhere.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_look(request: HttpRequest) -> HttpResponse:
    """The colour, with a preview of the page in it, and the logo."""
    organisation = administered_organisation(request)
    tried = request.GET.get("colour", organisation.colour)
    form = ColourForm(request.POST if request.method == "POST" else None, initial={"colour": tried})
    if request.method == "POST" and carried_out(
        form,
        lambda facts: change_organisation(
            organisation, colour=facts["colour"], actor=actor_of(request), at=now()
        ),
    ):
        say(request, _("The colour is saved; everybody in the organisation sees it now."))
        return HttpResponseRedirect(reverse("organisation_look"))
    return _look(request, organisation, form=form, logo_form=LogoForm(), tried=tried)


def _look(
    request: HttpRequest,
    organisation: Organisation,
    *,
    form: ColourForm,
    logo_form: LogoForm,
    tried: str = "",
) -> HttpResponse:
    is_preview = bool(tried) and _is_colour(tried) and tried.lower() != organisation.colour.lower()
    page: dict[str, Any] = {
        "organisation": organisation,
        "logo": organisation.logo,
        "form": form,
        "logo_form": logo_form,
        "tabs": tabs(request, "organisation_look"),
        "preview": tried.lstrip("#") if is_preview else "",
        "schemes": [("light", _("In light colours")), ("dark", _("In dark colours"))],
    }
    status = 422 if form.errors or logo_form.errors else 200
    return render(request, "organisations/look.html", page, status=status)


def _is_colour(text: str) -> bool:
    try:
        parse_hex(text)
    except ValueError:
        return False
    return True


@login_required
@require_safe
def organisation_preview(request: HttpRequest, colour: str) -> HttpResponse:
    """The style sheet of a colour that is only tried out."""
    if not _is_colour(colour):
        raise Http404
    return HttpResponse(accent_css(colour), content_type="text/css; charset=utf-8")


@login_required
@require_POST
def organisation_logo_change(request: HttpRequest) -> HttpResponse:
    """Put up another logo, or take it down."""
    organisation = administered_organisation(request)
    actor = actor_of(request)
    if request.POST.get("remove"):
        set_logo(organisation, logo=None, actor=actor, at=now())
        say(request, _("The logo is taken down."))
        return HttpResponseRedirect(reverse("organisation_look"))
    form = LogoForm(request.POST, request.FILES)
    if carried_out(form, lambda facts: _put_up(request, organisation, **facts)):
        say(request, _("The logo is put up."))
        return HttpResponseRedirect(reverse("organisation_look"))
    colour_form = ColourForm(initial={"colour": organisation.colour})
    return _look(request, organisation, form=colour_form, logo_form=form)


def _put_up(request: HttpRequest, organisation: Organisation, *, file: Any, alt_text: str) -> None:
    put_up_logo(
        organisation,
        content=file.read(settings.LARGEST_FILE_BYTES + 1),
        name=file.name or "",
        alt_text=alt_text,
        actor=actor_of(request),
        at=now(),
    )


@login_required
@require_POST
def organisation_leave(request: HttpRequest) -> HttpResponse:
    """Leave the organisation with all one's roles."""
    actor = actor_of(request)
    organisation = own_organisation(request)
    leave_organisation(organisation, person=request.user, actor=actor, at=now())  # type: ignore[arg-type]
    request.session.pop("organisation_id", None)
    say(request, _("You have left %(organisation)s.") % {"organisation": organisation})
    return HttpResponseRedirect(reverse("home"))


@login_required
@require_POST
def choose_organisation(request: HttpRequest) -> HttpResponse:
    """Work for another of one's organisations from now on."""
    wanted = request.POST.get("organisation", "")
    if wanted not in {str(one) for one in actor_of(request).organisation_ids}:
        raise Http404
    organisation = get_object_or_404(
        Organisation.objects.visible_to(actor_of(request)), pk=int(wanted)
    )
    request.session["organisation_id"] = organisation.pk
    say(request, _("You work for %(organisation)s now.") % {"organisation": organisation})
    return HttpResponseRedirect(reverse("home"))
