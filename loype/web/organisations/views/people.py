"""Who works in the organisation, in which roles, and how they leave."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from loype.accounts.models import Person
from loype.kernel.clock import now
from loype.organisations.actions import (
    end_membership,
    give_role,
    leave_organisation,
    place_person,
)
from loype.organisations.labels import Role
from loype.organisations.models import Membership, Organisation, Unit
from loype.web.organisations.forms import PlaceForm, RoleForm
from loype.web.organisations.presenters import colleagues_of, unit_choices
from loype.web.organisations.views.own import administered_organisation, tabs
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render

ROLE_FILTERS = (
    ("", gettext_lazy("Everybody")),
    (Role.ADMINISTRATOR.value, gettext_lazy("Administrators")),
    (Role.DECIDER.value, gettext_lazy("Deciders")),
    (Role.COUNCIL_SECRETARY.value, gettext_lazy("Council secretaries")),
    (Role.COORDINATOR.value, gettext_lazy("Coordinators")),
)


@login_required
@require_safe
def organisation_people(request: HttpRequest) -> HttpResponse:
    """Everybody who belongs to the organisation today, by name."""
    organisation = administered_organisation(request)
    text = request.GET.get("text", "").replace("\x00", "").strip()[:100]
    held = members_today(request, organisation)
    people = people_with(held, text=text, role=request.GET.get("role", ""))
    page = keyset_page(people, request=request, order=("name", "id"))
    roles = held.filter(person__in=[one.pk for one in page.items]).select_related("unit")
    return render(
        request,
        "organisations/people.html",
        {
            "organisation": organisation,
            "page": page,
            "people": colleagues_of(page.items, roles.order_by("pk")),
            "text": text,
            "role": request.GET.get("role", ""),
            "filters": [(value, str(label)) for value, label in ROLE_FILTERS],
            "tabs": tabs(request, "organisation_people"),
        },
        part="list",
    )


def members_today(
    request: HttpRequest, organisation: Organisation, *, day: date | None = None
) -> QuerySet[Membership]:
    """The roles held in the organisation today."""
    mine = Membership.objects.visible_to(actor_of(request)).filter(organisation=organisation)
    return mine.on(day or now().date())


def people_with(held: QuerySet[Membership], *, text: str, role: str) -> QuerySet[Person]:
    """The people behind the roles, narrowed by a role or by words in name or e-mail."""
    if role in Role.values:
        held = held.filter(role=role)
    people = Person.objects.filter(pk__in=held.values("person"))
    if text:
        people = people.filter(Q(name__icontains=text) | Q(email__icontains=text))
    return people


def colleague(request: HttpRequest, organisation: Organisation, person_id: int) -> Person:
    """Somebody who belongs to the organisation today; anybody else does not exist here."""
    held = members_today(request, organisation).filter(person=person_id)
    return get_object_or_404(Person.objects.filter(pk__in=held.values("person")))


@login_required
@require_safe
def organisation_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: unit, job title and roles."""
    organisation = administered_organisation(request)
    person = colleague(request, organisation, person_id)
    return _page(request, organisation, person)


def _page(
    request: HttpRequest,
    organisation: Organisation,
    person: Person,
    *,
    place_form: PlaceForm | None = None,
) -> HttpResponse:
    held = list(
        members_today(request, organisation)
        .filter(person=person)
        .select_related("unit")
        .order_by("pk")
    )
    roles = {one.role for one in held}
    first = colleagues_of([person], held)[0]
    units = units_to_choose(request, organisation)
    initial = {
        "unit": next((str(one.unit_id) for one in held if one.unit_id), ""),
        "job_title": first.job_title,
        "position": next((one.position for one in held if one.position), ""),
    }
    to_give = [(role, label) for role, label in Role.choices if role not in roles]
    page: dict[str, Any] = {
        "organisation": organisation,
        "person": person,
        "is_oneself": person.pk == actor_of(request).person_id,
        "held": held,
        "place_form": place_form or PlaceForm(units=units, initial=initial),
        "role_form": RoleForm(roles=to_give) if to_give else None,
        "tabs": tabs(request, "organisation_people"),
    }
    status = 422 if place_form is not None else 200
    return render(request, "organisations/person.html", page, status=status)


def units_to_choose(request: HttpRequest, organisation: Organisation) -> list[tuple[str, str]]:
    """The open units, parts set in below what they are part of."""
    units = Unit.objects.visible_to(actor_of(request)).filter(organisation=organisation).open()
    return unit_choices(units)


def chosen_unit(request: HttpRequest, organisation: Organisation, text: str) -> Unit | None:
    """The unit a form names; none for an empty choice."""
    if not text:
        return None
    units = Unit.objects.visible_to(actor_of(request)).filter(organisation=organisation)
    return get_object_or_404(units, pk=int(text))


@login_required
@require_POST
def organisation_person_place(request: HttpRequest, person_id: int) -> HttpResponse:
    """Set somebody's unit and job title."""
    organisation = administered_organisation(request)
    person = colleague(request, organisation, person_id)
    form = PlaceForm(request.POST, units=units_to_choose(request, organisation))
    if not carried_out(
        form,
        lambda facts: place_person(
            person,
            organisation=organisation,
            unit=chosen_unit(request, organisation, facts["unit"]),
            job_title=facts["job_title"],
            position=facts["position"],
            actor=actor_of(request),
            at=now(),
        ),
    ):
        return _page(request, organisation, person, place_form=form)
    say(request, _("Saved."))
    return _back(person_id)


@login_required
@require_POST
def organisation_role_give(request: HttpRequest, person_id: int) -> HttpResponse:
    """Give somebody one more role from today."""
    organisation = administered_organisation(request)
    person = colleague(request, organisation, person_id)
    role = request.POST.get("role", "")
    held = members_today(request, organisation).filter(person=person).select_related("unit")
    first = held.order_by("pk").first()
    membership = give_role(
        person,
        organisation=organisation,
        role=role,
        unit=first.unit if first else None,
        job_title=first.job_title if first else "",
        actor=actor_of(request),
        at=now(),
    )
    told = {"name": person.name, "role": Role(membership.role).label}
    say(request, _("%(name)s is %(role)s from today.") % told)
    return _back(person_id)


@login_required
@require_POST
def organisation_role_end(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Take a role from somebody from today."""
    organisation = administered_organisation(request)
    held = members_today(request, organisation).select_related("person")
    membership = get_object_or_404(held, pk=membership_id)
    end_membership(membership, actor=actor_of(request), at=now())
    told = {"name": membership.person.name, "role": Role(membership.role).label}
    say(request, _("%(name)s is no longer %(role)s.") % told)
    still = members_today(request, organisation).filter(person=membership.person_id).exists()
    return _back(membership.person_id) if still else _to_list()


@login_required
@require_POST
def organisation_person_end(request: HttpRequest, person_id: int) -> HttpResponse:
    """Somebody leaves: all their roles end today."""
    organisation = administered_organisation(request)
    person = colleague(request, organisation, person_id)
    if person.pk == actor_of(request).person_id:
        raise Http404  # oneself leaves by one's own button, which says what it means
    leave_organisation(organisation, person=person, actor=actor_of(request), at=now())
    say(request, _("%(name)s no longer belongs to the organisation.") % {"name": person.name})
    return _to_list()


def _back(person_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("organisation_person", args=[person_id]))


def _to_list() -> HttpResponse:
    return HttpResponseRedirect(reverse("organisation_people"))
