"""Addresses of the organisations' pages."""

from django.urls import URLPattern, path

from loype.web.organisations.views import (
    closing,
    federations,
    inviting,
    people,
    public,
    settings,
    units,
)

OWN: list[URLPattern] = [
    path("organisation/", settings.organisation_settings, name="organisation_settings"),
    path("organisation/none/", settings.organisation_none, name="organisation_none"),
    path("organisation/look/", settings.organisation_look, name="organisation_look"),
    path(
        "organisation/look/<str:colour>.css",
        settings.organisation_preview,
        name="organisation_preview",
    ),
    path("organisation/logo/", settings.organisation_logo_change, name="organisation_logo_change"),
    path("organisation/leave/", settings.organisation_leave, name="organisation_leave"),
    path("organisation/choose/", settings.choose_organisation, name="choose_organisation"),
]

PEOPLE: list[URLPattern] = [
    path("organisation/people/", people.organisation_people, name="organisation_people"),
    path(
        "organisation/people/<int:person_id>/",
        people.organisation_person,
        name="organisation_person",
    ),
    path(
        "organisation/people/<int:person_id>/place/",
        people.organisation_person_place,
        name="organisation_person_place",
    ),
    path(
        "organisation/people/<int:person_id>/role/",
        people.organisation_role_give,
        name="organisation_role_give",
    ),
    path(
        "organisation/people/<int:person_id>/end/",
        people.organisation_person_end,
        name="organisation_person_end",
    ),
    path(
        "organisation/roles/<int:membership_id>/end/",
        people.organisation_role_end,
        name="organisation_role_end",
    ),
    path(
        "organisation/invitations/",
        inviting.organisation_invitations,
        name="organisation_invitations",
    ),
    path(
        "organisation/invitations/<int:invitation_id>/withdraw/",
        inviting.organisation_invitation_withdraw,
        name="organisation_invitation_withdraw",
    ),
    path(
        "organisation/invitations/<int:invitation_id>/resend/",
        inviting.organisation_invitation_resend,
        name="organisation_invitation_resend",
    ),
    path("join/<str:secret>/", inviting.join, name="join"),
]

UNITS: list[URLPattern] = [
    path("organisation/units/", units.organisation_units, name="organisation_units"),
    path("organisation/units/<int:unit_id>/", units.organisation_unit, name="organisation_unit"),
    path(
        "organisation/closed-days/",
        closing.organisation_closed_days,
        name="organisation_closed_days",
    ),
    path(
        "organisation/closed-days/<int:closed_id>/open/",
        closing.organisation_days_open,
        name="organisation_days_open",
    ),
    path(
        "organisation/units/<int:unit_id>/close/",
        units.organisation_unit_close,
        name="organisation_unit_close",
    ),
    path("organisation/found/", units.organisation_merges, name="organisation_merges"),
    path(
        "organisation/found/<int:proposal_id>/answer/",
        units.organisation_merge_answer,
        name="organisation_merge_answer",
    ),
    path("federations/<int:federation_id>/", federations.federation_page, name="federation_page"),
    path(
        "federations/members/<int:membership_id>/end/",
        federations.federation_member_end,
        name="federation_member_end",
    ),
]

PUBLIC: list[URLPattern] = [
    path("organisations/", public.organisation_list, name="organisation_list"),
    path(
        "organisations/<int:organisation_id>/", public.organisation_page, name="organisation_page"
    ),
    path(
        "organisations/<int:organisation_id>/logo/",
        public.organisation_logo,
        name="organisation_logo",
    ),
]

urlpatterns: list[URLPattern] = [*OWN, *PEOPLE, *UNITS, *PUBLIC]
