"""What an organisation tells those it works with, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from loype.kernel.clock import now
from loype.kernel.errors import BadInput, NotAllowed
from loype.organisations.actions import change_sharing
from loype.organisations.models import Organisation, SharingPolicy
from loype.organisations.rules import can_manage_organisation
from loype.organisations.sharing import SHORT_FORM, SharedField, SharedKind
from loype.web.shared.acting import PlainForm, actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.parts.states import sentence
from loype.web.shared.render import render


class SharingForm(PlainForm):
    """Which facts are told of one kind of thing."""

    kind = forms.ChoiceField(choices=SharedKind.choices, widget=forms.HiddenInput)
    tells_internal = forms.BooleanField(
        label=gettext_lazy("Also tell of what stays inside our organisation"),
        help_text=gettext_lazy(
            "Others then see the facts ticked below, and nothing more. What is confidential is "
            "never told."
        ),
        required=False,
    )
    fields_told = forms.MultipleChoiceField(
        label=gettext_lazy("What others see"),
        choices=SharedField.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@dataclass(frozen=True)
class SharedPart:
    """One kind of thing with its form."""

    kind: str
    label: str
    form: SharingForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def federation_sharing(request: HttpRequest) -> HttpResponse:
    """See what one's organisation tells; its administrators change it."""
    actor = actor_of(request)
    organisation = get_object_or_404(
        Organisation.objects.visible_to(actor), pk=actor.acting_organisation_id
    )
    may_change = can_manage_organisation(actor, organisation.pk)
    if request.method == "POST" and not may_change:
        raise NotAllowed(_("Only the organisation's own administrators do this."))
    sent = SharingForm(request.POST, auto_id=f"{request.POST.get('kind', '')}_%s")

    def act(said: dict[str, Any]) -> None:
        try:
            change_sharing(
                organisation, kind=said["kind"], tells_internal=said["tells_internal"],
                fields=said["fields_told"], actor=actor, at=now(),
            )  # fmt: skip
        except BadInput as problem:  # a form cannot have a field of the name `fields`
            raise BadInput({"fields_told": problem.fields["fields"]}) from problem

    if request.method == "POST" and carried_out(sent, act):
        say(request, _("Changed. Others see it this way from now on."))
        return HttpResponseRedirect(reverse("federation_sharing"))
    policies = {
        one.kind: one
        for one in SharingPolicy.objects.visible_to(actor).filter(organisation=organisation)
    }
    parts = [part_of(kind, policies, sent=sent) for kind in SharedKind]
    context = {"organisation": organisation, "parts": parts, "may_change": may_change}
    status = 422 if request.method == "POST" else 200
    return render(request, "federation/sharing.html", context, status=status)


def part_of(
    kind: SharedKind, policies: dict[str, SharingPolicy], *, sent: SharingForm
) -> SharedPart:
    """One kind of thing as it is told now, or as it was sent and came back."""
    policy = policies.get(kind)
    form = SharingForm(
        auto_id=f"{kind}_%s",
        initial={
            "kind": kind.value,
            "tells_internal": policy.tells_internal if policy else False,
            "fields_told": policy.fields if policy else list(SHORT_FORM),
        },
    )
    if sent.is_bound and sent.data.get("kind") == kind:
        form = sent
    return SharedPart(kind=kind.value, label=sentence(str(kind.label)), form=form)
